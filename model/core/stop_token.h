// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "model/core/error.h"

namespace plumbline {

/// A copy of somebody's wish to stop. Safe to ask and to set from any thread.
class StopToken
{
public:
    void requestStop() const { m_stopped->store(true, std::memory_order_relaxed); }
    bool isStopRequested() const { return m_stopped->load(std::memory_order_relaxed); }

    Result<> check() const
    {
        if (isStopRequested())
            return fail(ErrorKind::Cancelled, "cancelled");
        return {};
    }

private:
    std::shared_ptr<std::atomic<bool>> m_stopped = std::make_shared<std::atomic<bool>>(false);
};

/// How far a job is. `total` is 0 while it is unknown.
struct Progress
{
    std::string what = {};  ///< the step or file at hand
    std::uint64_t done = 0; ///< bytes, or rows once the bytes are read
    std::uint64_t total = 0;
    std::uint64_t records = 0; ///< records read up to now

    bool operator==(const Progress&) const = default;
};

/// Called on the job's thread, at most some twenty times a second.
using ProgressSink = std::function<void(const Progress&)>;

} // namespace plumbline
