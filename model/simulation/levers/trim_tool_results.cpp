// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const double most = setting.number("tokens"), after = setting.number("after");
    if (most >= 50'000)
        return;
    forParts(world, setting, state, Segment::ToolResult, [&](std::uint32_t part, const WorldPart& of) {
        if (of.order >= after && state.partTokens(part) > most)
            state.setPart(part, static_cast<std::uint32_t>(most));
    });
}

} // namespace

Lever trim_tool_results()
{
    return {.id = "trim-tool-results",
            .title = "Trim results of tools",
            .shortTitle = "Results",
            .explanation = "A result of a tool is cut once it has been in some requests, or at once.",
            .risk = RiskClass::Medium,
            .needs = LeverNeed::Prompts,
            .cost = "days of development: summaries, or a way to fetch the whole again",
            .parameters = {{.id = "tokens",
                            .title = "Keep at most",
                            .unit = "tokens",
                            .most = 50000,
                            .neutral = 50000,
                            .value = 200,
                            .source = "enough to say what was found; masking old results halves the cost of agents "
                                      "(arXiv 2508.21433)"},
                           {.id = "after",
                            .title = "Once it was in",
                            .unit = "requests",
                            .most = 20,
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 2,
                            .source = "the answer that asked for it, and one more, read it whole"}},
            .apply = apply};
}

} // namespace plumbline::simulation
