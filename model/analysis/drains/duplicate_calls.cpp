// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"
#include "model/analysis/repeats.h"
#include "model/analysis/scope_failures.h"

namespace plumbline::analysis {

namespace {

void label(const Scope& scope, Claims& claims)
{
    const auto within = static_cast<std::int64_t>(claims.threshold("hours") * 3600e6);
    std::unordered_map<std::uint64_t, std::size_t> lastOf;
    struct Bin
    {
        const char* title;
        std::int64_t within;
        std::int64_t calls = 0, money = 0;
    };
    Bin bins[] = {{"a minute", 60'000'000},
                  {"an hour", 3'600'000'000},
                  {"six hours", 21'600'000'000},
                  {"a day", microsecondsPerDay},
                  {"longer", INT64_MAX}};
    Evidence evidence{.title = "How soon they came again", .columns = {"Within", "Calls", "Cost"}};
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        const ScopeCall& call = scope.calls[i];
        if (call.isEmbedding || claims.isTaken(i) || call.finish == Finish::Cancelled || !call.hasUsage)
            continue;
        const std::uint64_t signature = signatureOf(scope, call);
        if (signature == 0)
            continue;
        const auto [known, isNew] = lastOf.emplace(signature, i);
        if (isNew)
            continue;
        const ScopeCall& before = scope.calls[known->second];
        const std::int64_t gap = call.started - before.started;
        if (gap <= within)
            if (const auto confidence = repeatConfidence(scope, before, call)) {
                claims.takeCall(i, *confidence);
                Bin& bin =
                    *std::find_if(std::begin(bins), std::end(bins), [&](const Bin& of) { return gap <= of.within; });
                ++bin.calls;
                bin.money += call.cost;
                if (!evidence.pair)
                    evidence.pair = {before.id, call.id};
            }
        known->second = i;
    }
    if (!evidence.pair)
        return;
    for (const Bin& bin : bins)
        evidence.rows.push_back({bin.title, decimal(bin.calls), dollars(bin.money)});
    evidence.pairSays = "Two of them: the same request, and the answer that was there already";
    claims.show(std::move(evidence));
}

} // namespace

Drain duplicate_calls()
{
    return {.id = "duplicate-calls",
            .title = "Identical calls",
            .shortTitle = "Identical",
            .kind = DrainKind::WholeCall,
            .best = Confidence::High,
            .explanation = "The same prompt went to the same model a while before: its answer could have come from a "
                           "cache. The first of a run is never waste.",
            .advice = "Keep answers by a key of model, settings and prompt, for as long as they stay true.",
            .fixCost = "a key-value store and a rule for when answers expire",
            .needs = "prompts, or their digests",
            .lever = "reuse-answers",
            .thresholds = {{"hours", "An answer may be reused for", "hours", 24, 0.1, 720}},
            .label = label};
}

} // namespace plumbline::analysis
