// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"
#include "model/analysis/scope_failures.h"

namespace plumbline::analysis {

namespace {

bool failed(const ScopeCall& call)
{
    if (!call.hasUsage || call.finish == Finish::Cancelled)
        return false;
    return call.status == SpanStatus::Error || call.finish == Finish::Error || call.finish == Finish::ContentFilter;
}

/// A step of the same trace failed between the answer and the next request: it could not be read.
bool failedBetween(const Scope& scope, const ScopeCall& call, const ScopeCall& next)
{
    const auto from = std::lower_bound(
        scope.failures.begin(), scope.failures.end(), call, [](const Failure& failure, const ScopeCall& of) {
            return failure.trace != of.trace ? failure.trace < of.trace : failure.time < of.started;
        });
    return from != scope.failures.end() && from->trace == call.trace && from->time <= next.started;
}

void label(const Scope& scope, Claims& claims)
{
    const auto retryWithin = static_cast<std::int64_t>(claims.threshold("minutes") * 60e6);
    std::unordered_map<std::uint64_t, std::size_t> lastOf; // by signature and trace
    std::int64_t errors = 0, errorMoney = 0, retried = 0, retriedMoney = 0;
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        const ScopeCall& call = scope.calls[i];
        if (failed(call)) {
            claims.takeCall(i, Confidence::High);
            ++errors;
            errorMoney += call.cost;
            continue;
        }
        const std::uint64_t signature = signatureOf(scope, call);
        if (signature == 0 || call.isEmbedding)
            continue;
        const auto [known, isNew] = lastOf.emplace(signature ^ static_cast<std::uint64_t>(call.trace), i);
        if (isNew)
            continue;
        const ScopeCall& before = scope.calls[known->second];
        const bool isRetry = before.hasUsage && before.finish != Finish::Cancelled &&
                             call.started - before.started <= retryWithin && call.started >= before.ended;
        if (isRetry && (before.finish == Finish::Length || failedBetween(scope, before, call))) {
            claims.takeCall(known->second, Confidence::High);
            ++retried;
            retriedMoney += before.cost;
        }
        known->second = i;
    }
    if (errors + retried > 0)
        claims.show({.title = "What failed",
                     .columns = {"Kind", "Calls", "Cost"},
                     .rows = {{"ended in an error and was billed", decimal(errors), dollars(errorMoney)},
                              {"answer could not be used, asked again", decimal(retried), dollars(retriedMoney)}}});
}

} // namespace

Drain failed_calls()
{
    return {.id = "failed-calls",
            .title = "Failed and retried calls",
            .shortTitle = "Failed",
            .kind = DrainKind::WholeCall,
            .best = Confidence::High,
            .explanation =
                "Calls that were billed and whose answer was of no use: they ended in an error, were cut by a "
                "filter, or had to be asked again because the answer could not be read.",
            .advice = "Ask for structured output, so that answers can be parsed; wait longer between retries; raise "
                      "timeouts above what long answers take.",
            .fixCost = "hours of development",
            .needs = "status and usage; retries are recognised by their prompts",
            .lever = "remove-failures",
            .thresholds = {{"minutes", "A retry comes within", "minutes", 10, 1, 120}},
            .label = label};
}

} // namespace plumbline::analysis
