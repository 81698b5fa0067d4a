// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const double percent = setting.number("percent"), longer = setting.number("expansion");
    const auto length = static_cast<std::uint32_t>(setting.number("to_tokens"));
    const Shortening shortening(percent);
    const bool isShortened = length > 0 || percent > 0;
    std::uint32_t last = none, left = 0;
    forParts(world, setting, state, Segment::System, [&](const PlacedPart& part, const WorldPart&) {
        const std::uint32_t now = state.partTokens(part.part), call = part.call;
        if (length == 0) {
            state.setPart(part, shortening.of(now));
        } else {
            // The edited text stands in place of the old one, from its beginning on.
            if (std::exchange(last, call) != call)
                left = length;
            const std::uint32_t taken = std::min(now, left);
            left -= taken;
            state.setPart(part, taken);
        }
    });
    if (longer > 0 && isShortened)
        forCalls(world, setting, state, [&](std::uint32_t i, const WorldCall&) {
            const double visible = state.tokensIn(analysis::Visible, i);
            state.setVisible(i, static_cast<std::uint32_t>(std::lround(visible * (1 + longer / 100))));
        });
}

} // namespace

Lever trim_system_prompt()
{
    return {.id = "trim-system-prompt",
            .title = "Trim the system prompt",
            .shortTitle = "Prompt",
            .explanation = "Instructions are shortened, by so much or to the length of a text you edited.",
            .risk = RiskClass::Medium,
            .needs = LeverNeed::Prompts,
            .cost = "hours of writing and an evaluation",
            .caution = "A rule that goes is no longer kept: run an evaluation with the shorter prompt.",
            .parameters = {{.id = "percent",
                            .title = "Shorter by",
                            .unit = "%",
                            .most = 90,
                            .value = 20,
                            .source = "no published figure holds for every prompt: read yours"},
                           {.id = "to_tokens",
                            .title = "Length of the edited text, in place of a share (0: none)",
                            .unit = "tokens",
                            .most = 200000,
                            .value = 0,
                            .source = "counted from the text you paste"},
                           {.id = "expansion",
                            .title = "Answers become longer by",
                            .unit = "%",
                            .most = 50,
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 0,
                            .source = "compressed prompts made answers up to 15 % longer (CAVEWOMAN, 2026)",
                            .low = 0,
                            .high = 15}},
            .apply = apply};
}

} // namespace plumbline::simulation
