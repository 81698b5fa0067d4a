// SPDX-License-Identifier: GPL-3.0-or-later
#include <vector>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const auto within = static_cast<std::int64_t>(setting.number("hours") * 3600e6);
    std::vector<std::int64_t> answered(world.calls.size()); // when the answer at hand was given
    for (std::uint32_t i = 0; i < world.calls.size(); ++i) {
        const WorldCall& call = world.calls[i];
        answered[i] = call.started;
        if (call.answers == none || !setting.holds(i) || state.isRemoved(i))
            continue;
        const std::int64_t since = answered[call.answers];
        if (call.started - since > within)
            continue;
        answered[i] = since;
        state.remove(i);
    }
}

} // namespace

Lever reuse_answers()
{
    return {.id = "reuse-answers",
            .title = "Reuse identical answers",
            .shortTitle = "Reuse",
            .explanation = "A request that was asked before, word for word, is answered from a store.",
            .risk = RiskClass::None,
            .needs = LeverNeed::Prompts,
            .cost = "a store of answers by digest of the request; hours of development",
            .parameters = {{.id = "hours",
                            .title = "Reuse within",
                            .unit = "hours",
                            .most = 720,
                            .value = 24,
                            .source = "a day: what repeats of jobs and pages usually span"}},
            .apply = apply};
}

} // namespace plumbline::simulation
