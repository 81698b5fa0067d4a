// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/world.h"

#include <algorithm>

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
    hasFixed.clear();
    conversations.clear();
    for (auto& flagged : byFlag)
        flagged.clear();
    for (std::uint32_t i = 0; i < calls.size(); ++i) {
        WorldCall& call = calls[i];
        call.oldest = 0;
        for (std::uint32_t part = call.parts; part < call.partsEnd; ++part)
            call.oldest = std::max(call.oldest, parts[part].turn);
        cells.push_back(call.feature * static_cast<std::uint32_t>(days) +
                        static_cast<std::uint32_t>(call.day - firstDay));
        hasFixed.push_back(call.fixed != 0);
        if (call.oldest > 0)
            conversations.push_back(i);
        for (std::size_t flag = 0; flag < callFlagCount; ++flag)
            if (call.flags >> flag & 1)
                byFlag[flag].push_back(i);
    }
}

} // namespace plumbline::simulation
