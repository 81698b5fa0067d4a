// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const double share = setting.number("share");
    forFlagged(world, setting, state, Failed, [&](std::uint32_t i, const WorldCall& call) {
        if (isAmong(call, share))
            state.remove(i);
    });
}

} // namespace

Lever remove_failures()
{
    return {.id = "remove-failures",
            .title = "Remove failed and retried calls",
            .shortTitle = "Failures",
            .explanation = "Calls that were billed and whose answer was of no use are not made.",
            .risk = RiskClass::Low,
            .needs = LeverNeed::Usage,
            .cost = "hours of development: structured output, timeouts, pauses between attempts",
            .parameters = {{.id = "share",
                            .title = "Failures that go away",
                            .unit = "%",
                            .most = 100,
                            .value = 100,
                            .source = "all that were found; how many can be avoided is yours to judge"}},
            .apply = apply};
}

} // namespace plumbline::simulation
