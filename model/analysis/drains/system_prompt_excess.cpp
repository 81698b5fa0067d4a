// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"

namespace plumbline::analysis {

namespace {

struct Prompt
{
    std::int64_t calls = 0, tokens = 0, repeated = 0, beyond = 0;
};

void label(const Scope& scope, Claims& claims)
{
    const double budget = claims.threshold("budget"), fewest = claims.threshold("tokens");
    std::map<std::uint32_t, Prompt> prompts; // by block
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        const ScopeCall& call = scope.calls[i];
        if (claims.isTaken(i))
            continue;
        for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part) {
            const Part& of = scope.parts[part];
            if (of.segment != Segment::System)
                continue;
            Prompt& prompt = prompts[of.block];
            ++prompt.calls;
            prompt.tokens += of.tokens;
            if (const TextFacts* facts = scope.factsOf(of.block); facts && !facts->repeated.isEmpty()) {
                const double repeated = of.tokens * shareOf(scope, call, of, facts->repeated);
                if (repeated >= fewest)
                    prompt.repeated +=
                        claims.takePart(i, part, static_cast<std::uint32_t>(std::lround(repeated)), Confidence::High);
            }
            if (const std::uint32_t left = claims.left(part); left > budget)
                prompt.beyond +=
                    claims.takePart(i, part, left - static_cast<std::uint32_t>(budget), Confidence::Opportunity);
        }
    }
    std::vector<std::pair<std::uint32_t, Prompt>> order(prompts.begin(), prompts.end());
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.second.repeated > b.second.repeated; });
    Evidence evidence{.title = "System prompts",
                      .columns = {"Prompt", "Calls", "Tokens a call", "Repeated lines", "Tokens of repeated lines",
                                  "Tokens beyond the budget"}};
    constexpr std::size_t mostRows = 50;
    for (const auto& [block, prompt] : order) {
        if ((prompt.repeated == 0 && prompt.beyond == 0) || evidence.rows.size() == mostRows)
            continue;
        const TextFacts* facts = scope.factsOf(block);
        evidence.rows.push_back({"block " + decimal(scope.blocks[block].id), decimal(prompt.calls),
                                 decimal(prompt.tokens / prompt.calls), decimal(facts ? facts->repeatedLines : 0),
                                 decimal(prompt.repeated), decimal(prompt.beyond)});
    }
    if (!evidence.rows.empty())
        claims.show(std::move(evidence));
}

} // namespace

Drain system_prompt_excess()
{
    return {.id = "system-prompt-excess",
            .title = "Bloated system prompt",
            .shortTitle = "System prompt",
            .kind = DrainKind::Quantity,
            .best = Confidence::High,
            .explanation = "The system prompt says the same lines more than once, or is longer than its budget. Every "
                           "call pays for all of it.",
            .advice =
                "Strike what stands there already; move what only some requests need into those requests. Try the "
                "shorter prompt on known questions.",
            .fixCost = "an evaluation run",
            .needs = "the texts of system prompts; where they are not kept they are read at import",
            .lever = "trim-system-prompt",
            .thresholds = {{"budget", "A system prompt may have", "tokens", 4000, 100, 200000},
                           {"tokens", "Repeated lines are worth a claim from", "tokens", 20, 1, 10000}},
            .label = label};
}

} // namespace plumbline::analysis
