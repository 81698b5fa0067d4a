// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <thread>

namespace plumbline {

/// Both at once, the other on a thread of its own: a `Beside` (model/core/beside.h) for machines of two cores and more.
inline void atTheSameTime(const std::function<void()>& one, const std::function<void()>& other)
{
    std::thread second(other);
    one();
    second.join();
}

} // namespace plumbline
