// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace plumbline {

/// Where a text holds JSON that is written with line breaks: from a bracket to the one that closes it.
struct JsonRegion
{
    std::size_t begin = 0;
    std::size_t end = 0;
    explicit operator bool() const { return begin != end; }
};

/// The first such region from `from` on of at least three lines; an empty one if there is none.
JsonRegion findLooseJson(std::string_view text, std::size_t from);
/// The region without blanks and line breaks outside of strings.
std::string compactJson(std::string_view region);

} // namespace plumbline
