// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "model/core/stop_token.h"

namespace plumbline {

/// Does the same work again and again on a thread of its own, for one part of so many of the time. The destructor asks
/// it to stop and waits.
class AgainAndAgain
{
public:
    AgainAndAgain(std::function<void(const StopToken& stop)> work, int share)
        : m_thread([this, work = std::move(work), share] { run(work, share); })
    {
    }
    AgainAndAgain(const AgainAndAgain&) = delete;
    AgainAndAgain& operator=(const AgainAndAgain&) = delete;
    ~AgainAndAgain()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stop.requestStop();
        }
        m_stopped.notify_all();
        m_thread.join();
    }

private:
    void run(const std::function<void(const StopToken&)>& work, int share)
    {
        using Clock = std::chrono::steady_clock;
        constexpr Clock::duration leastRest = std::chrono::seconds(2);
        std::unique_lock lock(m_mutex);
        while (!m_stop.isStopRequested()) {
            lock.unlock();
            const auto began = Clock::now();
            work(m_stop);
            const Clock::duration rest = std::max(leastRest, (Clock::now() - began) * share);
            lock.lock();
            m_stopped.wait_for(lock, rest, [this] { return m_stop.isStopRequested(); });
        }
    }

    StopToken m_stop;
    std::mutex m_mutex;
    std::condition_variable m_stopped;
    std::thread m_thread; ///< last: it uses the others
};

} // namespace plumbline
