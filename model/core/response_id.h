// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace plumbline {

/// Whether an id of a provider's answer is counted, as local servers' and stand-ins' `chatcmpl-1`: every restart gives
/// it again. The vendors' own are random, and longer.
constexpr bool isCountedId(std::string_view id)
{
    constexpr std::size_t shortestRandomId = 16;
    return !id.empty() && id.size() < shortestRandomId;
}

} // namespace plumbline
