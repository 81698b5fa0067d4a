// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"

namespace plumbline::analysis {

namespace {

bool isAnswer(const Scope& scope, const ScopeCall& call)
{
    if (call.isEmbedding || call.tokens[Visible] == 0)
        return false;
    for (std::size_t output = call.outputs; output < call.outputsEnd; ++output)
        if (scope.blocks[scope.outputs[output]].kind == BlockKind::ToolCall)
            return false;
    return true;
}

void label(const Scope& scope, Claims& claims)
{
    constexpr std::size_t fewestCalls = 30;
    constexpr double toDeviation = 1.4826; // of a normal distribution: its median absolute deviation times this
    const double deviations = claims.threshold("deviations"), factor = claims.threshold("factor");
    Evidence evidence{
        .title = "Length of answers",
        .columns = {"Model", "Answers", "Median tokens", "Long from", "Long answers", "Tokens beyond the median"}};
    for (const auto& [group, calls] : byStepAndModel(scope)) {
        std::vector<double> lengths;
        for (const std::size_t i : calls)
            if (isAnswer(scope, scope.calls[i]))
                lengths.push_back(scope.calls[i].tokens[Visible]);
        if (lengths.size() < fewestCalls)
            continue;
        const double median = medianOf(lengths);
        std::vector<double> distances;
        for (const double length : lengths)
            distances.push_back(std::abs(length - median));
        const double longFrom = std::max(median + deviations * toDeviation * medianOf(distances), factor * median);
        Proposal proposal;
        std::int64_t longOnes = 0, tokens = 0;
        for (const std::size_t i : calls) {
            const double length = scope.calls[i].tokens[Visible];
            if (claims.isTaken(i) || !isAnswer(scope, scope.calls[i]) || length <= longFrom)
                continue;
            proposal.add(i, Proposal::Of::Visible, 0, static_cast<std::uint32_t>(std::lround(length - median)));
            ++longOnes;
            tokens += std::lround(length - median);
        }
        proposal.claim(scope, claims, Confidence::Medium);
        if (longOnes > 0)
            evidence.rows.push_back({scope.models.at(group.second).name,
                                     decimal(static_cast<std::int64_t>(lengths.size())), decimal(std::lround(median)),
                                     decimal(std::lround(longFrom)), decimal(longOnes), decimal(tokens)});
    }
    if (!evidence.rows.empty())
        claims.show(std::move(evidence));
}

} // namespace

Drain verbose_output()
{
    return {.id = "verbose-output",
            .title = "Longer answers than usual",
            .shortTitle = "Long answers",
            .kind = DrainKind::Quantity,
            .best = Confidence::Medium,
            .explanation =
                "Answers that are far longer than this step's usual one. Output is the dearest kind of token.",
            .advice = "Say how long an answer should be, ask for structured output, set a limit a little above what is "
                      "usual.",
            .fixCost = "an evaluation run",
            .needs = "output tokens",
            .lever = "cap-output",
            .thresholds = {{"deviations", "Long is beyond the median by", "deviations", 3.5, 1, 20},
                           {"factor", "And at least", "× the median", 1.5, 1, 20}},
            .label = label};
}

} // namespace plumbline::analysis
