// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const double longer = setting.number("percent");
    forFlagged(world, setting, state, CutOff, [&](std::uint32_t i, const WorldCall&) {
        const double visible = state.tokensIn(analysis::Visible, i);
        state.setVisible(i, static_cast<std::uint32_t>(std::lround(visible * (1 + longer / 100))));
    });
}

} // namespace

Lever raise_output_limit()
{
    return {.id = "raise-output-limit",
            .title = "Let cut-off answers end",
            .shortTitle = "Limit",
            .explanation = "Answers that end at a limit are written to their end: that costs more, and they are whole.",
            .risk = RiskClass::None,
            .needs = LeverNeed::Usage,
            .cost = "the tokens of what is written more",
            .parameters = {{.id = "percent",
                            .title = "Longer by",
                            .unit = "%",
                            .most = 300,
                            .value = 25,
                            .source = "an assumption: nobody knows what was not written",
                            .low = 10,
                            .high = 100}},
            .apply = apply};
}

} // namespace plumbline::simulation
