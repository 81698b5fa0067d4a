// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "model/core/error.h"

namespace plumbline::store {

/// The right to record into a workspace: one process at a time. Held as a lock of the operating system on a file beside
/// the workspace, so that it ends with its process however that ends; the file's text names the owner.
class RecorderLock
{
public:
    /// Locked, naming the owner, if another process (or another lock of this one) records.
    static Result<RecorderLock> acquire(const std::filesystem::path& workspace, const std::string& purpose);
    /// Who records now: `plumbline import (process 4711)`; empty if nobody.
    static std::string owner(const std::filesystem::path& workspace);

    RecorderLock(RecorderLock&& other) noexcept;
    RecorderLock& operator=(RecorderLock&& other) noexcept;
    ~RecorderLock();

private:
    explicit RecorderLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

} // namespace plumbline::store
