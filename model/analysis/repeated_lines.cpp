// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/repeated_lines.h"

#include <algorithm>

#include "model/prompts/text_lines.h"

namespace plumbline {

Evidence repeatedLinesOf(std::string_view text)
{
    constexpr std::size_t most = 100;
    const auto lines = repeatedLines(text);
    if (lines.empty())
        return {};
    Evidence evidence{.title = "Lines that are said again", .columns = {"Line", "Times"}};
    for (std::size_t i = 0; i < std::min(most, lines.size()); ++i)
        evidence.rows.push_back({std::string(lines[i].first), std::to_string(lines[i].second)});
    return evidence;
}

} // namespace plumbline
