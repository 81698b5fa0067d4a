// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const double most = setting.number("tokens"), after = setting.number("after");
    const std::string tool = setting.text("tool");
    if (most >= 50'000)
        return;
    if (!tool.empty() &&
        std::none_of(world.tools.begin(), world.tools.end(), [&](const WorldTool& of) { return of.name == tool; }))
        state.warn("No call has a result of a tool named %1.", {tool});
    const auto isMeant = [&](const WorldPart& of) {
        if (tool.empty())
            return true;
        const std::uint32_t place = of.block == none ? none : world.blockTools[of.block];
        return place != none && world.tools[place].name == tool;
    };
    forParts(world, setting, state, Segment::ToolResult, [&](const PlacedPart& part, const WorldPart& of) {
        if (of.order < after || state.partTokens(part.part) <= most || !isMeant(of))
            return;
        state.setPart(part, static_cast<std::uint32_t>(most));
        // The request before had it whole: what stands behind it is no longer what that one began with.
        if (after > 0 && of.order == after)
            state.uncacheFrom(part.call, part.part);
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
            .caution = "What is cut may be asked for again: calls that would fetch it are not counted.",
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
                            .source = "the answer that asked for it, and one more, read it whole"},
                           {.id = "tool",
                            .title = "Of the tool (empty: of all)",
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .source = "a tool that computes on the server sends the answer alone",
                            .isText = true}},
            .apply = apply};
}

} // namespace plumbline::simulation
