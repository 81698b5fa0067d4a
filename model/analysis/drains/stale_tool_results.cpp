// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>
#include <unordered_map>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"

namespace plumbline::analysis {

namespace {

/// Whether the same tool was called with the same arguments behind the result at `part`: a newer result stands there.
bool isSuperseded(const Scope& scope, const ScopeCall& call, std::size_t part)
{
    const std::uint32_t tool = scope.blocks[scope.parts[part].block].tool;
    std::uint32_t asked = none;
    for (std::size_t before = part; before-- > call.parts && asked == none;) {
        const ScopeBlock& block = scope.blocks[scope.parts[before].block];
        if (block.kind == BlockKind::ToolCall && (block.tool == tool || tool == 0))
            asked = scope.parts[before].block;
    }
    for (std::size_t later = part + 1; asked != none && later + 1 < call.partsEnd; ++later)
        if (scope.parts[later].block == asked)
            return true;
    return false;
}

void label(const Scope& scope, Claims& claims)
{
    const double largest = claims.threshold("tokens"), kept = claims.threshold("kept");
    const auto stale = static_cast<std::uint32_t>(claims.threshold("calls"));
    struct Sums
    {
        std::int64_t resent = 0, tokens = 0, superseded = 0;
    };
    std::map<std::uint32_t, Sums> byTool;
    for (const auto& [trace, calls] : byTrace(scope)) {
        std::unordered_map<std::uint32_t, std::uint32_t> sent; // how often, by block
        for (const std::size_t i : calls) {
            const ScopeCall& call = scope.calls[i];
            if (claims.isTaken(i) || call.isEmbedding)
                continue;
            for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part) {
                const Part& of = scope.parts[part];
                if (of.segment != Segment::ToolResult || of.tokens <= largest)
                    continue;
                if (sent[of.block]++ < stale)
                    continue;
                const bool hasNewer = isSuperseded(scope, call, part);
                const auto wanted = static_cast<std::uint32_t>(of.tokens - kept);
                const std::uint32_t spare = of.tokens - claims.left(part); // taken by others: from the same end
                const std::uint32_t taken = claims.takePart(i, part, wanted > spare ? wanted - spare : 0,
                                                            hasNewer ? Confidence::High : Confidence::Medium);
                Sums& sums = byTool[scope.blocks[of.block].tool];
                ++sums.resent;
                sums.tokens += taken;
                sums.superseded += hasNewer;
            }
        }
    }
    Evidence evidence{.title = "Results that are sent again and again",
                      .columns = {"Tool", "Times sent again", "Tokens", "With a newer result behind"}};
    for (const auto& [tool, sums] : byTool) {
        const auto name = scope.tools.find(tool);
        evidence.rows.push_back({name == scope.tools.end() ? "" : name->second, decimal(sums.resent),
                                 decimal(sums.tokens), decimal(sums.superseded)});
    }
    if (!evidence.rows.empty())
        claims.show(std::move(evidence));
}

} // namespace

Drain stale_tool_results()
{
    return {.id = "stale-tool-results",
            .title = "Old or oversized tool results",
            .shortTitle = "Tool results",
            .kind = DrainKind::Quantity,
            .best = Confidence::High,
            .explanation = "A long result of a tool stays in the conversation in full, calls after it was used.",
            .advice = "Cut long results to what the question needs, on the server where that is possible; replace old "
                      "ones by their first lines. Do it in batches: every change behind the cache's mark writes anew.",
            .fixCost = "hours of development, and cache writes when results are replaced",
            .needs = "prompts with tool results, or their digests",
            .lever = "trim-tool-results",
            .thresholds = {{"tokens", "A result is long from", "tokens", 2000, 100, 200000},
                           {"calls", "It is old after", "calls", 2, 1, 50},
                           {"kept", "Of it is kept", "tokens", 200, 0, 10000}},
            .label = label};
}

} // namespace plumbline::analysis
