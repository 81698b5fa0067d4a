// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace plumbline::analysis {

/// A digest of a sequence: what stood before, and the next number.
constexpr std::uint64_t mixed(std::uint64_t before, std::uint64_t next)
{
    before = (before ^ next) * 0x9E3779B97F4A7C15ULL;
    return before ^ (before >> 29);
}

} // namespace plumbline::analysis
