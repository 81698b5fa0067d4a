// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/core/time.h"

namespace plumbline::input {

/// A piece of a file that is read by itself: a line, an element of a top-level array or of a known array inside a
/// top-level object, a row of a table. Always JSON; `json::padding` bytes behind `text` are readable.
struct Record
{
    /// Where in the file's structure it stood: the name of its array, `trace` for that member, `envelope` for what is
    /// left of an object whose arrays were taken out of it. Empty for lines, rows and plain arrays.
    std::string_view container = {};
    std::string_view text = {};
    std::uint64_t number = 0; ///< from 1
    /// The day (midnight UTC) on which its file was last written: when records that name no time are taken to be from.
    std::optional<Timestamp> written = {};
    /// The last row of a table without a line break behind it: whole as many programs write tables, or cut in its last
    /// cell. Nothing tells.
    bool mayBeCut = false;
};

/// A record larger than this is an error that names it.
constexpr std::size_t largestRecord = std::size_t{256} << 20;

} // namespace plumbline::input
