// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const double share = setting.number("share");
    forFlagged(world, setting, state, Repeats, [&](std::uint32_t i, const WorldCall& call) {
        if (isAmong(call, share))
            state.remove(i);
    });
}

} // namespace

Lever stop_loops()
{
    return {.id = "stop-loops",
            .title = "Stop agents that loop",
            .shortTitle = "Loops",
            .explanation = "A step that repeats with the same arguments and the same result is not taken again.",
            .risk = RiskClass::Low,
            .needs = LeverNeed::Prompts,
            .cost = "hours of development in the agent's loop",
            .parameters = {{.id = "share",
                            .title = "Repetitions that are stopped",
                            .unit = "%",
                            .most = 100,
                            .value = 100,
                            .source = "all that were found"}},
            .apply = apply};
}

} // namespace plumbline::simulation
