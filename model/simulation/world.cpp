// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/world.h"

#include <algorithm>

#include "model/core/large_pages.h"

namespace plumbline::simulation {

std::array<std::uint32_t, analysis::inputBucketCount> World::boundaries(const WorldCall& call)
{
    std::array<std::uint32_t, analysis::inputBucketCount> ends{};
    std::uint32_t end = 0;
    for (std::size_t bucket = 0; bucket < analysis::inputBucketCount; ++bucket)
        ends[bucket] = end += call.tokens[bucket];
    return ends;
}

void World::layOut()
{
    if (calls.empty())
        return;
    const auto [first, last] = std::minmax_element(
        calls.begin(), calls.end(), [](const WorldCall& a, const WorldCall& b) { return a.day < b.day; });
    firstDay = first->day;
    days = last->day - first->day + 1;
    periodDays = std::max(periodDays, days);
    cells.clear();
    firstMixed.clear();
    conversations.clear();
    partCalls.resize(parts.size());
    for (std::vector<PlacedPart>& segment : bySegment)
        segment.clear();
    for (auto& flagged : byFlag)
        flagged.clear();
    for (std::uint32_t i = 0; i < calls.size(); ++i) {
        const WorldCall& call = calls[i];
        std::uint32_t oldest = 0;
        for (std::uint32_t part = call.parts; part < call.partsEnd; ++part) {
            partCalls[part] = i;
            bySegment[parts[part].segment].push_back({part, i});
            oldest = std::max<std::uint32_t>(oldest, parts[part].turn);
        }
        cells.push_back(call.feature * static_cast<std::uint32_t>(days) +
                        static_cast<std::uint32_t>(call.day - firstDay));
        firstMixed.push_back(call.mixed);
        if (oldest > 0)
            conversations.push_back({i, oldest, call.parts, call.partsEnd});
        for (std::size_t flag = 0; flag < callFlagCount; ++flag)
            if (call.flags >> flag & 1)
                byFlag[flag].push_back(i);
    }
    moveIntoLargePages(calls);
    moveIntoLargePages(cells);
    moveIntoLargePages(firstMixed);
    moveIntoLargePages(parts);
    moveIntoLargePages(partTokens);
    moveIntoLargePages(partCalls);
    moveIntoLargePages(resent);
    moveIntoLargePages(mixed);
    moveIntoLargePages(conversations);
    for (std::vector<PlacedPart>& segment : bySegment)
        moveIntoLargePages(segment);
}

} // namespace plumbline::simulation
