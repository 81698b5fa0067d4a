// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/claims.h"
#include "model/analysis/groups.h"

namespace plumbline::analysis {

namespace {

void label(const Scope& scope, Claims& claims)
{
    std::int64_t calls = 0, tokens = 0;
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        if (scope.calls[i].finish != Finish::Cancelled || claims.isTaken(i))
            continue;
        const std::uint32_t taken = claims.takeVisible(i, claims.visibleLeft(i), Confidence::Medium) +
                                    claims.takeReasoning(i, claims.reasoningLeft(i), Confidence::Medium);
        calls += taken > 0;
        tokens += taken;
    }
    if (calls > 0)
        claims.show({.title = "Cancelled calls",
                     .columns = {"", "Figure"},
                     .rows = {{"calls whose client was gone", decimal(calls)}, {"tokens written", decimal(tokens)}}});
}

} // namespace

Drain abandoned_output()
{
    return {.id = "abandoned-output",
            .title = "Answers nobody used",
            .shortTitle = "Abandoned",
            .kind = DrainKind::Quantity,
            .best = Confidence::Medium,
            .explanation = "The client was gone before the answer was, and the model wrote on.",
            .advice = "Cancel the request to the provider when the client disconnects; do not start answers ahead of "
                      "the question.",
            .fixCost = "hours of development",
            .needs = "a status or finish reason that says cancelled",
            .lever = "cancel-early",
            .label = label};
}

} // namespace plumbline::analysis
