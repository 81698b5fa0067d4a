// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>
#include <vector>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const double rarer = setting.number("rarer_than"), fewest = setting.number("offers");
    std::vector<bool> isDropped(world.tools.size());
    std::vector<const WorldTool*> needed;
    for (std::size_t i = 0; i < world.tools.size(); ++i) {
        const WorldTool& tool = world.tools[i];
        const auto offers = static_cast<double>(tool.offers), calls = static_cast<double>(tool.calls);
        // At 1 ‰ and below those alone that nobody called.
        const bool isRare = tool.calls == 0 ? rarer > 0 : rarer > 1 && calls * 1000 < rarer * offers;
        isDropped[i] = offers >= fewest && isRare;
        if (isDropped[i] && tool.calls > 0)
            needed.push_back(&tool);
    }
    if (!needed.empty()) {
        std::int64_t calls = 0;
        for (const WorldTool* tool : needed)
            calls += tool->calls;
        state.warn("Of the tools that are dropped %1 (%2 the first) were called, %3 times in all: that has to be done "
                   "another way.",
                   {std::to_string(needed.size()), needed.front()->name, std::to_string(calls)});
    }
    forParts(world, setting, state, Segment::Tools, [&](const PlacedPart& part, const WorldPart& of) {
        if (of.flags & IsDefinition && isDropped[of.order])
            state.setPart(part, 0);
    });
}

} // namespace

Lever drop_tools()
{
    return {.id = "drop-tools",
            .title = "Drop tools that are not called",
            .shortTitle = "Tools",
            .explanation = "Definitions of tools that a feature hardly ever calls are left out of its prompts.",
            .risk = RiskClass::Low,
            .needs = LeverNeed::Prompts,
            .cost = "hours of development; a call for the search where tools are loaded on demand",
            .parameters = {{.id = "rarer_than",
                            .title = "Called in fewer than",
                            .unit = "‰",
                            .most = 50,
                            .value = 1,
                            .source = "those that nobody called, and no other"},
                           {.id = "offers",
                            .title = "Offered at least",
                            .unit = "times",
                            .least = 20,
                            .most = 100000,
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 300,
                            .source = "rule of three: below, one call in a hundred may still come"}},
            .apply = apply};
}

} // namespace plumbline::simulation
