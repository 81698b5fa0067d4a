// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/store/recorder_lock.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace plumbline::store {

namespace {

std::filesystem::path lockPath(const std::filesystem::path& workspace)
{
    std::filesystem::path path = workspace;
    path += "-recorder";
    return path;
}

std::string textOf(int descriptor)
{
    char text[256];
    const ssize_t size = pread(descriptor, text, sizeof text, 0);
    return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string("another process");
}

} // namespace

Result<RecorderLock> RecorderLock::acquire(const std::filesystem::path& workspace, const std::string& purpose)
{
    const std::filesystem::path path = lockPath(workspace);
    const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0)
        return tl::unexpected(Error{ErrorKind::Unreadable,
                                    std::string("cannot be locked for recording: ") + std::strerror(errno),
                                    workspace.filename().string()});
    RecorderLock lock(descriptor);
    // Somebody who asks for the owner holds the lock for an instant: that is not yet recording.
    int triesLeft = 20;
    while (flock(descriptor, LOCK_EX | LOCK_NB) != 0 && --triesLeft > 0)
        usleep(2000);
    if (triesLeft == 0)
        return tl::unexpected(Error{ErrorKind::Locked,
                                    "recorded into by " + textOf(descriptor) + "; try again when it is done",
                                    workspace.filename().string()});
    const std::string text = purpose + " (process " + std::to_string(getpid()) + ")";
    if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, text.data(), text.size(), 0) < 0) {
        // The owner's name is a courtesy: the lock holds without it.
    }
    return lock;
}

std::string RecorderLock::owner(const std::filesystem::path& workspace)
{
    const int descriptor = open(lockPath(workspace).c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return {};
    std::string owner;
    if (flock(descriptor, LOCK_SH | LOCK_NB) != 0)
        owner = textOf(descriptor);
    close(descriptor);
    return owner;
}

RecorderLock::RecorderLock(RecorderLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

RecorderLock& RecorderLock::operator=(RecorderLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

RecorderLock::~RecorderLock()
{
    if (m_descriptor >= 0)
        close(m_descriptor); // lets go of the lock
}

} // namespace plumbline::store
