// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/rates.h"

#include <algorithm>

namespace plumbline {

namespace {

/// Calls `take(bucket, quantity, rate)` for what is billed, in the order in which it is explained.
template <class Take>
void forEachBilled(const Usage& usage, const Rates& rates, Take take)
{
    const TokenCount uncached = usage.uncachedInput.value_or(0);
    // A source that counts more audio than input would make the text negative.
    const TokenCount audio =
        usage.uncachedInput ? std::min(usage.audioInput.value_or(0), uncached) : usage.audioInput.value_or(0);
    take(CostBucket::UncachedInput, usage.uncachedInput ? uncached - audio : 0, rates.input);
    take(CostBucket::AudioInput, audio, rates.audioInput);
    take(CostBucket::CacheRead, usage.cacheRead.value_or(0), rates.cacheRead);
    take(CostBucket::CacheWrite5m, usage.cacheWrite5m.value_or(0), rates.cacheWrite5m);
    take(CostBucket::CacheWrite1h, usage.cacheWrite1h.value_or(0), rates.cacheWrite1h);
    take(CostBucket::VisibleOutput, usage.visibleOutput.value_or(0), rates.output);
    take(CostBucket::Reasoning, usage.reasoning.value_or(0), rates.output);
    if (rates.webSearch)
        take(CostBucket::WebSearch, usage.webSearches.value_or(0), *rates.webSearch);
}

} // namespace

std::string_view describe(CostBucket bucket)
{
    switch (bucket) {
    case CostBucket::UncachedInput:
        return "uncached input";
    case CostBucket::AudioInput:
        return "audio input";
    case CostBucket::CacheRead:
        return "cache read";
    case CostBucket::CacheWrite5m:
        return "cache write";
    case CostBucket::CacheWrite1h:
        return "cache write, 1 h";
    case CostBucket::VisibleOutput:
        return "output";
    case CostBucket::Reasoning:
        return "reasoning";
    case CostBucket::WebSearch:
        return "web search";
    }
    return {};
}

std::optional<Money> costOf(const Usage& usage, const Rates& rates)
{
    if (!usage.input())
        return {}; // no call is without: what it cost beside its output is not known
    std::int64_t total = 0;
    bool overflows = false;
    forEachBilled(usage, rates, [&](CostBucket, TokenCount quantity, Money rate) {
        std::int64_t cost = 0;
        overflows |= __builtin_mul_overflow(quantity, rate.picodollars(), &cost);
        overflows |= __builtin_add_overflow(total, cost, &total);
    });
    if (overflows)
        return {};
    return Money(total);
}

std::optional<std::vector<CostLine>> costLines(const Usage& usage, const Rates& rates)
{
    if (!costOf(usage, rates))
        return {};
    std::vector<CostLine> lines;
    forEachBilled(usage, rates, [&](CostBucket bucket, TokenCount quantity, Money rate) {
        if (quantity != 0)
            lines.push_back({bucket, quantity, rate, Money(quantity * rate.picodollars())});
    });
    return lines;
}

} // namespace plumbline
