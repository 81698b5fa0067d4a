// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const double share = setting.number("share");
    forFlagged(world, setting, state, Repeats, [&](std::uint32_t i, const WorldCall& call) {
        if (!isAmong(call, share))
            return;
        state.remove(i);
        // What it said is in no later prompt, and neither is what its tools answered: the step itself is.
        for (std::uint32_t at = call.resent; at < call.resentEnd; ++at) {
            const std::uint32_t said = world.resent[at];
            const WorldCall& later = world.calls[world.partCalls[said]];
            bool isSaidBefore = false;
            for (std::uint32_t part = said; !isSaidBefore && part-- > later.parts;)
                isSaidBefore = world.parts[part].block == world.parts[said].block && state.partTokens(part) > 0;
            if (!isSaidBefore)
                continue;
            state.setPart(said, 0);
            for (std::uint32_t part = said + 1; part < later.partsEnd && world.parts[part].of() == Segment::ToolResult;
                 ++part)
                state.setPart(part, 0);
        }
    });
}

} // namespace

Lever stop_loops()
{
    return {.id = "stop-loops",
            .title = "Stop agents that loop",
            .shortTitle = "Loops",
            .explanation = "A step that repeats with the same arguments and the same result is not taken again; later "
                           "prompts hold it once.",
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
