// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const auto most = static_cast<std::uint32_t>(setting.number("tokens"));
    if (most >= 64'000)
        return;
    forCalls(world, setting, state, [&](std::uint32_t i, const WorldCall&) {
        state.setThinking(i, std::min(state.tokensIn(analysis::Thinking, i), most));
    });
}

} // namespace

Lever reasoning_budget()
{
    return {.id = "reasoning-budget",
            .title = "Thinking budget",
            .shortTitle = "Thinking",
            .explanation = "A call thinks no longer than this.",
            .risk = RiskClass::High,
            .needs = LeverNeed::Usage,
            .cost = "an evaluation by task",
            .caution = "Hard tasks fail more often with less thinking: run an evaluation by task.",
            .parameters = {{.id = "tokens",
                            .title = "Longest thinking",
                            .unit = "tokens",
                            .most = 64000,
                            .neutral = 64000,
                            .value = 2000,
                            .source = "budgets cut 67 % of output at equal accuracy on their benchmarks (arXiv "
                                      "2412.18547); yours may need more"}},
            .apply = apply};
}

} // namespace plumbline::simulation
