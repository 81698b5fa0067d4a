// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parquet/file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace plumbline::parquet {

Result<File> File::open(const std::filesystem::path& path)
{
    File file;
    file.m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status = {};
    if (file.m_descriptor < 0 || fstat(file.m_descriptor, &status) != 0)
        return tl::unexpected(Error{errno == ENOENT ? ErrorKind::NotFound : ErrorKind::Unreadable,
                                    errno == ENOENT ? std::string("no such file")
                                                    : std::string("cannot be opened: ") + std::strerror(errno),
                                    path.string()});
    if (!S_ISREG(status.st_mode))
        return tl::unexpected(
            Error{ErrorKind::Unreadable, "Parquet is read from files only, not folders or pipes", path.string()});
    file.m_size = static_cast<std::uint64_t>(status.st_size);
    return file;
}

File::File(File&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_size(other.m_size)
    , m_bytesRead(other.m_bytesRead)
    , m_memoryLeft(other.m_memoryLeft)
{
}

File::~File()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

Result<> File::read(std::uint64_t offset, char* into, std::size_t count)
{
    while (count > 0) {
        const ssize_t got = ::pread(m_descriptor, into, count, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(ErrorKind::Unreadable, std::string("cannot be read: ") + std::strerror(errno));
        if (got == 0)
            return fail(ErrorKind::Unreadable, "became shorter while it was read");
        offset += static_cast<std::uint64_t>(got);
        into += got;
        count -= static_cast<std::size_t>(got);
        m_bytesRead += static_cast<std::uint64_t>(got);
    }
    return {};
}

Result<> File::takeMemory(std::size_t count)
{
    if (count > m_memoryLeft)
        return fail(ErrorKind::TooLarge, "columns that together need more than 2 GB of memory");
    m_memoryLeft -= count;
    return {};
}

} // namespace plumbline::parquet
