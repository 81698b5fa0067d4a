// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/core/span.h"
#include "model/queries/call_table.h"
#include "model/queries/measures.h"

namespace plumbline::queries {

/// Sums over calls of one origin: what is the same for all of them is not looked at.
struct OriginSums
{
    AmountSums amounts = {};
    MoneySum::Integer reportedCost = 0;
    std::int64_t latency = 0;
    std::int64_t scored = 0;
    double score = 0;

    template <Figures figures>
    void add(const CallTable& table, std::size_t row)
    {
        amounts += table.amounts()[row];
        if constexpr (figures == Figures::All) {
            reportedCost += table.reportedCost()[row];
            latency += table.latency()[row];
            if (!table.score().empty())
                addScore(table.score()[row]);
        }
    }

private:
    void addScore(float value)
    {
        if (value == value) { // not a NaN
            ++scored;
            score += static_cast<double>(value);
        }
    }
};

/// Sums of a group, and one set of bits for what is known.
struct Accumulator
{
    std::int64_t calls = 0, withoutUsage = 0, unpriced = 0, errors = 0;
    std::int64_t uncached = 0, cacheRead = 0, cacheWrite = 0, visible = 0, reasoning = 0;
    MoneySum::Integer cost = 0, reportedCost = 0;
    std::int64_t withLatency = 0, latency = 0;
    std::int64_t withWindow = 0;
    double windowShare = 0;
    std::int64_t scored = 0;
    double score = 0;
    std::uint8_t known = 0;

    /// The sums over some calls of an origin.
    void add(const CallTable::Origin& origin, const OriginSums& added)
    {
        const AmountSums& amounts = added.amounts;
        const std::int64_t addedCalls = amounts.calls();
        const std::int64_t addedInput =
            amounts[Amounts::Uncached] + amounts[Amounts::CacheRead] + amounts[Amounts::CacheWrite];
        const bool isPriced = origin.known & CallTable::Cost;
        calls += addedCalls;
        withoutUsage += origin.hasUsage() ? 0 : addedCalls;
        unpriced += origin.hasUsage() && !isPriced ? addedCalls : 0;
        errors += origin.status == static_cast<std::uint8_t>(SpanStatus::Error) ? addedCalls : 0;
        uncached += amounts[Amounts::Uncached];
        cacheRead += amounts[Amounts::CacheRead];
        cacheWrite += amounts[Amounts::CacheWrite];
        visible += amounts[Amounts::Visible];
        reasoning += amounts[Amounts::Reasoning];
        cost += amounts.cost();
        reportedCost += added.reportedCost;
        withLatency += origin.known & CallTable::Latency ? addedCalls : 0;
        latency += added.latency;
        if (origin.window > 0 && (origin.known & CallTable::Input)) {
            withWindow += addedCalls;
            windowShare += static_cast<double>(addedInput) / static_cast<double>(origin.window);
        }
        scored += added.scored;
        score += added.score;
        known = static_cast<std::uint8_t>(known | origin.known);
    }
    void add(const CallTable& table, std::size_t row)
    {
        OriginSums one;
        one.add<Figures::All>(table, row);
        add(table.originOf(row), one);
    }

    /// Another group's sums: of the same calls in no case.
    Accumulator& operator+=(const Accumulator& other)
    {
        calls += other.calls;
        withoutUsage += other.withoutUsage;
        unpriced += other.unpriced;
        errors += other.errors;
        uncached += other.uncached;
        cacheRead += other.cacheRead;
        cacheWrite += other.cacheWrite;
        visible += other.visible;
        reasoning += other.reasoning;
        cost += other.cost;
        reportedCost += other.reportedCost;
        withLatency += other.withLatency;
        latency += other.latency;
        withWindow += other.withWindow;
        windowShare += other.windowShare;
        scored += other.scored;
        score += other.score;
        known = static_cast<std::uint8_t>(known | other.known);
        return *this;
    }

    Measures measures() const
    {
        const auto ifKnown = [&](unsigned bit, std::int64_t sum) {
            return known & bit ? std::optional<std::int64_t>(sum) : std::nullopt;
        };
        Measures result{.calls = calls,
                        .callsWithoutUsage = withoutUsage,
                        .unpricedCalls = unpriced,
                        .errors = errors,
                        .input = ifKnown(CallTable::Input, uncached + cacheRead + cacheWrite),
                        .uncachedInput = ifKnown(CallTable::Input, uncached),
                        .cacheRead = ifKnown(CallTable::CacheRead, cacheRead),
                        .cacheWrite = ifKnown(CallTable::CacheWrite, cacheWrite),
                        .output = ifKnown(CallTable::Output, visible + reasoning),
                        .reasoning = ifKnown(CallTable::Reasoning, reasoning),
                        .callsWithLatency = withLatency,
                        .latencySum = latency,
                        .callsWithWindow = withWindow,
                        .windowShareSum = windowShare,
                        .scoredCalls = scored,
                        .scoreSum = score};
        if (known & CallTable::Cost)
            result.cost = MoneySum::ofPicodollars(cost);
        if (known & CallTable::ReportedCost)
            result.reportedCost = MoneySum::ofPicodollars(reportedCost);
        return result;
    }
};

} // namespace plumbline::queries
