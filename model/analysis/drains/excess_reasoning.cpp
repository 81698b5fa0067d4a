// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <set>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"

namespace plumbline::analysis {

namespace {

void label(const Scope& scope, Claims& claims)
{
    constexpr std::size_t fewestCalls = 30;
    const double factor = claims.threshold("factor");
    Evidence evidence{.title = "Thinking",
                      .columns = {"Model", "Calls", "Median tokens", "Calls beyond", "Tokens beyond"}};
    for (const auto& [group, calls] : byStepAndModel(scope)) {
        std::vector<double> thinking;
        for (const std::size_t i : calls)
            if (scope.calls[i].tokens[Thinking] > 0)
                thinking.push_back(scope.calls[i].tokens[Thinking]);
        if (thinking.size() < fewestCalls)
            continue;
        const double median = medianOf(thinking);
        Proposal proposal;
        std::int64_t beyond = 0, tokens = 0;
        for (const std::size_t i : calls) {
            const double of = scope.calls[i].tokens[Thinking];
            if (claims.isTaken(i) || of <= factor * median)
                continue;
            proposal.add(i, Proposal::Of::Reasoning, 0, static_cast<std::uint32_t>(std::lround(of - median)));
            ++beyond;
            tokens += std::lround(of - median);
        }
        proposal.claim(scope, claims, Confidence::Opportunity);
        if (beyond > 0)
            evidence.rows.push_back({scope.models.at(group.second).name,
                                     decimal(static_cast<std::int64_t>(calls.size())), decimal(std::lround(median)),
                                     decimal(beyond), decimal(tokens)});
    }
    if (!evidence.rows.empty())
        claims.show(std::move(evidence));
}

} // namespace

Drain excess_reasoning()
{
    return {.id = "excess-reasoning",
            .title = "More thinking than the task needs",
            .shortTitle = "Thinking",
            .kind = DrainKind::Quantity,
            .best = Confidence::Opportunity,
            .explanation = "Some calls think far longer than this task usually takes.",
            .advice = "Set the effort or a budget of thinking by task; keep the high one for what is hard.",
            .fixCost = "an evaluation run",
            .needs = "reasoning tokens in the usage",
            .lever = "reasoning-budget",
            .thresholds = {{"factor", "Long is more than", "× the median", 2, 1.1, 20}},
            .label = label};
}

} // namespace plumbline::analysis
