// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"

namespace plumbline::analysis {

namespace {

struct ToolUse
{
    std::int64_t offers = 0, calls = 0, tokens = 0, money = 0;
};

std::map<std::uint32_t, ToolUse> useOf(const Scope& scope)
{
    std::map<std::uint32_t, ToolUse> tools; // by name.id
    for (const ScopeCall& call : scope.calls) {
        for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part) {
            const ScopeBlock& block = scope.blocks[scope.parts[part].block];
            if (block.kind == BlockKind::ToolDefinition && block.tool)
                ++tools[block.tool].offers;
            else if (block.kind == BlockKind::ToolCall && block.tool)
                ++tools[block.tool].calls; // one that nobody saw being made
        }
        for (std::size_t output = call.outputs; output < call.outputsEnd; ++output)
            if (const ScopeBlock& block = scope.blocks[scope.outputs[output]];
                block.kind == BlockKind::ToolCall && block.tool)
                ++tools[block.tool].calls;
    }
    return tools;
}

void label(const Scope& scope, Claims& claims)
{
    // Rule of three: of a tool that n calls offered in vain, at most 3/n of the next will use it (95 %).
    const double medium = claims.threshold("offers"), high = claims.threshold("certain-offers");
    std::map<std::uint32_t, ToolUse> tools = useOf(scope);
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        const ScopeCall& call = scope.calls[i];
        for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part) {
            const ScopeBlock& block = scope.blocks[scope.parts[part].block];
            if (block.kind != BlockKind::ToolDefinition || !block.tool)
                continue;
            ToolUse& use = tools[block.tool];
            use.tokens += scope.parts[part].tokens;
            use.money += claims.priceOfPart(i, part, scope.parts[part].tokens);
            const auto offers = static_cast<double>(use.offers);
            if (use.calls == 0 && offers >= medium)
                claims.takePart(i, part, claims.left(part), offers >= high ? Confidence::High : Confidence::Medium);
        }
    }
    Evidence evidence{.title = "Tools that are offered",
                      .columns = {"Tool", "Offers", "Calls", "Tokens", "Cost", "Used at most"}};
    std::vector<std::pair<std::uint32_t, ToolUse>> order(tools.begin(), tools.end());
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return (a.second.calls == 0) != (b.second.calls == 0) ? a.second.calls == 0 : a.second.tokens > b.second.tokens;
    });
    bool isAnyUnused = false;
    for (const auto& [tool, use] : order) {
        if (use.offers == 0)
            continue;
        isAnyUnused |= use.calls == 0 && static_cast<double>(use.offers) >= medium;
        const auto name = scope.tools.find(tool);
        evidence.rows.push_back({name == scope.tools.end() ? "" : name->second, decimal(use.offers), decimal(use.calls),
                                 decimal(use.tokens), dollars(use.money),
                                 use.calls == 0 ? percent(std::min(1.0, 3.0 / static_cast<double>(use.offers))) : ""});
    }
    if (isAnyUnused)
        claims.show(std::move(evidence));
}

} // namespace

Drain unused_tools()
{
    return {.id = "unused-tools",
            .title = "Tools never called",
            .shortTitle = "Tools",
            .kind = DrainKind::Quantity,
            .best = Confidence::High,
            .explanation = "Definitions of tools that are sent with every call and that no answer ever called.",
            .advice = "Leave them out of this feature, or load them on demand through a search tool. Change the list "
                      "seldom: it stands at the front of the prompt, and every change empties the cache once.",
            .fixCost = "hours of development; a call for the search where tools are loaded on demand",
            .needs = "prompts with their tools, or their digests",
            .lever = "drop-tools",
            .thresholds = {{"offers", "Likely unused from", "offers", 100, 20, 100000},
                           {"certain-offers", "Certainly unused from", "offers", 300, 20, 100000}},
            .label = label};
}

} // namespace plumbline::analysis
