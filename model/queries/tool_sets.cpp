// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/tool_sets.h"

#include <algorithm>
#include <limits>
#include <map>

namespace plumbline::queries {

namespace {

constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

/// What the second has other than the first.
Result<> compare(const PromptIndex::ToolSet& before, const PromptIndex::ToolSet& now, store::NameReader& names,
                 ToolSetVersion& into)
{
    const auto definitionsOf = [](const PromptIndex::ToolSet& set) {
        std::multimap<std::uint32_t, std::int64_t> of;
        for (std::size_t i = 0; i < set.blocks.size(); ++i)
            of.emplace(set.tools[i], set.blocks[i]);
        return of;
    };
    const auto old = definitionsOf(before), current = definitionsOf(now);
    for (const auto& [tool, block] : current)
        if (const auto known = old.find(tool); known == old.end())
            into.added.push_back(TRY(names.textOf(tool)));
        else if (known->second != block && old.count(tool) == 1)
            into.redefined.push_back(TRY(names.textOf(tool)));
    for (const auto& [tool, block] : old)
        if (!current.contains(tool))
            into.removed.push_back(TRY(names.textOf(tool)));
    into.isReordered = old == current && before.blocks != now.blocks;
    return {};
}

} // namespace

RowsOfToolSets rowsOfToolSets(const PromptIndex& index, std::size_t rows)
{
    RowsOfToolSets of(index.toolSets().size(), {nowhere, 0});
    for (std::size_t row = 0; row < rows; ++row) { // calls lie in the order of time
        auto& [first, last] = of[index.toolSetOf(row)];
        first = std::min(first, row);
        last = row;
    }
    return of;
}

Result<std::vector<ToolSetVersion>> toolSetVersions(const std::unordered_map<std::uint32_t, ToolSetSums>& sums,
                                                    const PromptIndex& index, const RowsOfToolSets& rows,
                                                    const std::vector<std::int64_t>& started, store::NameReader& names)
{
    std::vector<std::uint32_t> sets;
    for (const auto& [number, of] : sums)
        sets.push_back(number);
    std::sort(sets.begin(), sets.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::pair(rows[a].first, a) < std::pair(rows[b].first, b);
    });
    constexpr std::size_t most = 200; // of tools that are others for every call the newest
    const std::size_t left = sets.size() - std::min(sets.size(), most);
    std::vector<ToolSetVersion> versions;
    for (std::size_t i = left; i < sets.size(); ++i) {
        const ToolSetSums& of = sums.at(sets[i]);
        const PromptIndex::ToolSet& set = index.toolSets()[sets[i]];
        const auto timeOf = [&](std::size_t row) {
            return row < started.size() ? std::optional(Timestamp(started[row])) : std::nullopt;
        };
        ToolSetVersion version{.number = static_cast<std::int32_t>(i + 1),
                               .digest = digestValue(set.digest),
                               .calls = of.calls,
                               .callsSplit = of.callsSplit,
                               .tokens = of.tokens,
                               .cost = of.cost,
                               .firstSeen = timeOf(rows[sets[i]].first),
                               .lastSeen = timeOf(rows[sets[i]].second),
                               .tools = set.blocks.size()};
        if (i > 0)
            TRY(compare(index.toolSets()[sets[i - 1]], set, names, version));
        versions.push_back(std::move(version));
    }
    return versions;
}

} // namespace plumbline::queries
