// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"

namespace plumbline::analysis {

namespace {

/// A call that nobody waits for and that needs no other's answer.
bool standsAlone(const Scope& scope, const ScopeCall& call)
{
    if (call.session || call.user || !call.hasUsage)
        return false;
    for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part)
        if (scope.parts[part].segment == Segment::History || scope.parts[part].segment == Segment::ToolResult)
            return false;
    return true;
}

void claimDiscount(const Scope& scope, Claims& claims, std::size_t index)
{
    const ScopeCall& call = scope.calls[index];
    const ModelFacts& model = scope.models.at(call.model);
    if (!model.priced || call.rates == none)
        return;
    const auto batch = scope.book->price(
        *model.priced, {.start = Timestamp(call.started), .tier = ServiceTier::Batch, .totalInput = call.input()});
    if (!batch || !batch->isTierPriced)
        return;
    const BucketRates other = byBucket(batch->rates);
    const Claims::Rest rest = claims.rest(index);
    for (std::size_t bucket = 0; bucket < BucketCount; ++bucket) {
        const std::int64_t rate = scope.rateOf(call, static_cast<Bucket>(bucket));
        if (rate <= other[bucket])
            continue;
        // The same share of what the price still is, whatever drains of price took before.
        const auto discount =
            static_cast<std::int64_t>(static_cast<__int128>(rest.money[bucket]) * (rate - other[bucket]) / rate);
        claims.takePrice(index, static_cast<Bucket>(bucket), discount, rest.tokens[bucket], Confidence::Medium);
    }
}

void label(const Scope& scope, Claims& claims)
{
    const auto fewest = static_cast<std::size_t>(claims.threshold("calls"));
    const auto mostGap = static_cast<std::int64_t>(claims.threshold("seconds") * 1e6);
    std::int64_t runs = 0, calls = 0;
    std::size_t longest = 0;
    std::vector<std::size_t> found;
    for (const auto& [group, members] : byStepAndModel(scope)) {
        for (std::size_t first = 0; first < members.size();) {
            std::size_t end = first + 1;
            const auto follows = [&](std::size_t before, std::size_t after) {
                const std::int64_t gap = scope.calls[after].started - scope.calls[before].ended;
                return gap >= 0 && gap < mostGap && standsAlone(scope, scope.calls[after]);
            };
            while (end < members.size() && follows(members[end - 1], members[end]))
                ++end;
            if (end - first >= fewest && standsAlone(scope, scope.calls[members[first]])) {
                ++runs;
                calls += static_cast<std::int64_t>(end - first);
                longest = std::max(longest, end - first);
                found.insert(found.end(), members.begin() + static_cast<std::ptrdiff_t>(first),
                             members.begin() + static_cast<std::ptrdiff_t>(end));
            }
            first = end;
        }
    }
    for (const std::size_t i : found)
        claimDiscount(scope, claims, i);
    if (runs > 0)
        claims.show({.title = "Runs of calls, one after another",
                     .columns = {"", "Figure"},
                     .rows = {{"runs", decimal(runs)},
                              {"calls in them", decimal(calls)},
                              {"calls of the longest", decimal(static_cast<std::int64_t>(longest))}},
                     .note = "No user and no session stand behind these calls, and none needs the answer of another."});
}

} // namespace

Drain batchable_calls()
{
    return {.id = "batchable-calls",
            .title = "Calls that could wait",
            .shortTitle = "Could wait",
            .kind = DrainKind::Price,
            .best = Confidence::Medium,
            .explanation =
                "Long runs of independent calls, one after another, with nobody waiting: the batch tier does "
                "the same for less.",
            .advice = "Hand them in as a batch, or ask for the flex tier.",
            .fixCost = "answers come within a day instead of at once",
            .needs = "times, and which user or session a call belongs to",
            .lever = "batch",
            .thresholds = {{"calls", "A run has at least", "calls", 20, 5, 10000},
                           {"seconds", "Pauses are shorter than", "seconds", 2, 0.1, 600}},
            .label = label};
}

} // namespace plumbline::analysis
