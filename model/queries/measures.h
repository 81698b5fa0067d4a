// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "model/core/money.h"
#include "model/core/usage.h"

namespace plumbline {

/// Sums over calls, additive: the measures of two disjoint sets add up field by field. A sum is empty if no call of the
/// set knows the figure; `costUsd` covers the priced calls, with `unpricedCalls` beside it.
struct Measures
{
    std::int64_t calls = 0;
    std::int64_t callsWithoutUsage = 0;
    std::int64_t unpricedCalls = 0; ///< with usage, but without a price
    std::int64_t errors = 0;
    std::optional<TokenCount> input = {}; ///< all of it, cached included
    std::optional<TokenCount> uncachedInput = {};
    std::optional<TokenCount> cacheRead = {};
    std::optional<TokenCount> cacheWrite = {};
    std::optional<TokenCount> output = {}; ///< all of it, reasoning included
    std::optional<TokenCount> reasoning = {};
    std::optional<MoneySum> cost = {};
    std::optional<MoneySum> reportedCost = {};
    std::int64_t callsWithLatency = 0;
    std::int64_t latencySum = 0;      ///< microseconds
    std::int64_t callsWithWindow = 0; ///< calls whose model's context window and input are known
    double windowShareSum = 0;        ///< input ÷ context window, summed over those
    std::int64_t scoredCalls = 0;     ///< calls with at least one numeric score, their own or their trace's
    double scoreSum = 0;              ///< the mean of a call's numeric scores, summed over those

    bool operator==(const Measures&) const = default;
    Measures& operator+=(const Measures& other);

    std::optional<TokenCount> tokens() const
    {
        if (!input && !output)
            return {};
        return input.value_or(0) + output.value_or(0);
    }
};

/// Which sums a question wants: what it does not need is not read, and stays unknown or 0 in its answer.
enum class Figures
{
    All,
    TokensAndCost, ///< not the reported cost, the latency and the scores
};

/// Exact percentiles (nearest rank) over the calls of a group that know the figure.
struct Percentiles
{
    std::optional<TokenCount> tokensP50 = {}, tokensP95 = {};     ///< tokens of a call, input and output
    std::optional<Money> costP50 = {}, costP95 = {};              ///< cost of a call
    std::optional<std::int64_t> latencyP50 = {}, latencyP95 = {}; ///< microseconds of a call
    bool operator==(const Percentiles&) const = default;
};

/// What stands beside every total: how much of the truth it covers.
struct Completeness
{
    std::int64_t calls = 0;
    std::int64_t callsWithoutUsage = 0;
    std::int64_t unpricedCalls = 0;
    std::int64_t ambiguousUsage = 0;    ///< nothing decided whether input includes cache
    std::int64_t correctedUsage = 0;    ///< the source had counted tokens twice
    std::int64_t estimatedUsage = 0;    ///< perhaps made up by the vendor's tokenizer
    std::int64_t wrapperSpans = 0;      ///< spans with usage of their own that repeat their children's: not billed
    std::int64_t duplicatesDropped = 0; ///< records, in all visible imports
    std::int64_t otherWitnesses = 0;    ///< spans of a second source for a call already counted
    std::int64_t recordsSkipped = 0;    ///< in all visible imports
    std::int64_t truncatedPrompts = 0;
    std::int64_t hoursWithoutData = 0; ///< between the first and last call of the filter
    bool operator==(const Completeness&) const = default;
};

} // namespace plumbline
