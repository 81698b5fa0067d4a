// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plumbline {

/// What in a text changes from request to request although it means the same: times of day, UUIDs, numbers of ten and
/// more digits.
struct VolatileText
{
    std::uint64_t stable = 0;  ///< digest of everything else
    std::size_t first = 0;     ///< byte at which the first of them begins
    std::string changing = {}; ///< what changes, a blank behind each
};

/// Nothing if a text has none.
std::optional<VolatileText> findVolatileText(std::string_view text);

} // namespace plumbline
