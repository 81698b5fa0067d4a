// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include "model/simulation/rate_finder.h"
#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const double share = setting.number("share");
    const double hits = setting.number("hits");
    const bool isForAll = setting.number("which") == 1;
    const ServiceTier tier = setting.number("tier") == 1 ? ServiceTier::Flex : ServiceTier::Batch;
    RateFinder finder(world, state);
    std::int64_t batched = 0;
    forCalls(world, setting, state, [&](std::uint32_t i, const WorldCall& call) {
        if ((!isForAll && !call.is(Waits)) || state.ratesOf(i) == none || !isAmong(call, share))
            return;
        const std::uint32_t place = finder.find(state.modelOf(i), call.started, tier, state.inputOf(i));
        if (place == none)
            return;
        const BucketRates &now = state.ratesAt(state.ratesOf(i)), &then = state.ratesAt(place);
        if (then[analysis::Uncached] >= now[analysis::Uncached] && then[analysis::Visible] >= now[analysis::Visible])
            return; // it is one already
        // By another digest than the share's: which are found in a cache has nothing to do with which are sent.
        WorldCall other = call;
        other.started = call.started * 31 + 11;
        if (Tokens tokens = state.tokens(i); tokens[analysis::CacheRead] > 0 && !isAmong(other, hits)) {
            tokens[analysis::Uncached] += std::exchange(tokens[analysis::CacheRead], 0);
            state.setBuckets(i, tokens);
        }
        state.setRates(i, place);
        state.forgetLatency(i);
        ++batched;
    });
    if (batched > 0)
        state.warn("%1 calls are answered within a day, not at once; cache hits among them are best effort.",
                   {std::to_string(batched)});
}

} // namespace

Lever batch()
{
    return {.id = "batch",
            .title = "Batch API",
            .shortTitle = "Batch",
            .explanation = "Calls that nobody waits for are sent as a batch, at its price.",
            .risk = RiskClass::None,
            .needs = LeverNeed::Usage,
            .cost = "days of development: answers come within a day",
            .parameters = {{.id = "share",
                            .title = "Share of those calls",
                            .unit = "%",
                            .most = 100,
                            .value = 100,
                            .source = "all that were found to wait for nothing"},
                           {.id = "which",
                            .title = "Which calls",
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 0,
                            .source = "runs of calls without a user or a session behind them",
                            .words = {"offline only", "all"}},
                           {.id = "tier",
                            .title = "Sent as",
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 0,
                            .source = "half of the price within a day; flex costs as much where it is offered, and "
                                      "comes sooner",
                            .words = {"batch", "flex"}},
                           {.id = "hits",
                            .title = "Cache reads that remain",
                            .unit = "%",
                            .most = 100,
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 70,
                            .source = "best effort in batches: 30 to 98 % (Anthropic)",
                            .low = 30,
                            .high = 98}},
            .apply = apply};
}

} // namespace plumbline::simulation
