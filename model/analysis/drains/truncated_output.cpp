// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/claims.h"
#include "model/analysis/groups.h"

namespace plumbline::analysis {

namespace {

void label(const Scope& scope, Claims& claims)
{
    std::int64_t calls = 0, answers = 0;
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        const ScopeCall& call = scope.calls[i];
        answers += call.finish != Finish::Unknown;
        if (call.finish != Finish::Length || claims.isTaken(i))
            continue;
        claims.note(i, 0, 0);
        ++calls;
    }
    if (calls > 0)
        claims.show({.title = "Answers that end at their limit",
                     .columns = {"", "Calls"},
                     .rows = {{"cut off", decimal(calls)}, {"with a known end", decimal(answers)}}});
}

} // namespace

Drain truncated_output()
{
    return {.id = "truncated-output",
            .title = "Cut-off answers",
            .shortTitle = "Cut off",
            .kind = DrainKind::Beside,
            .best = Confidence::Beside,
            .explanation = "Answers that ended at the limit of output tokens. No waste by itself: a mark of quality.",
            .advice = "Raise the limit, or ask for less.",
            .fixCost = "more output tokens",
            .needs = "finish reasons",
            .lever = "raise-output-limit",
            .label = label};
}

} // namespace plumbline::analysis
