// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace plumbline {

/// Runs two pieces of work to their end and returns: one after the other, or at the same time where whoever passes it
/// has a thread to spare (model/jobs). The pieces share nothing that either writes.
using Beside = std::function<void(const std::function<void()>& one, const std::function<void()>& other)>;

inline void oneAfterTheOther(const std::function<void()>& one, const std::function<void()>& other)
{
    one();
    other();
}

} // namespace plumbline
