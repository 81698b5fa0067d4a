// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const Shortening shorter(setting.number("shorter"));
    const auto most = static_cast<std::uint32_t>(setting.number("tokens"));
    forCalls(world, setting, state, [&](std::uint32_t i, const WorldCall&) {
        const std::uint32_t now = shorter.of(state.tokensIn(analysis::Visible, i));
        state.setVisible(i, most >= 32'000 ? now : std::min(now, most));
    });
}

} // namespace

Lever cap_output()
{
    return {
        .id = "cap-output",
        .title = "Cap output",
        .shortTitle = "Output",
        .explanation = "Answers end at a limit, or are asked for shorter; where later prompts send them again, "
                       "those shrink too.",
        .risk = RiskClass::Medium,
        .needs = LeverNeed::Usage,
        .cost = "an evaluation: an answer that ends at a limit is cut off",
        .caution =
            "An answer that is longer than the cap ends in mid-sentence, or in mid-JSON: look at those that reach it.",
        .parameters = {{.id = "tokens",
                        .title = "Longest answer",
                        .unit = "tokens",
                        .least = 1,
                        .most = 32000,
                        .neutral = 32000,
                        .value = 800,
                        .source = "a little above what is usual: see the lengths of your answers"},
                       {.id = "shorter",
                        .title = "Answers shorter by",
                        .unit = "%",
                        .most = 80,
                        .value = 0,
                        .source = "none: ask for brevity and measure"}},
        .apply = apply};
}

} // namespace plumbline::simulation
