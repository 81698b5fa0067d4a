// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/queries/call_table.h"
#include "model/queries/measures.h"

namespace plumbline::queries {

/// Sums of a group while rows stream by: plain numbers and one set of bits for what is known, so that adding a row
/// takes no branch for any figure.
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

    void add(const CallTable& table, std::size_t row)
    {
        const unsigned knownOfRow = table.known()[row];
        const bool hasUsage = knownOfRow & (CallTable::Input | CallTable::Output);
        ++calls;
        withoutUsage += !hasUsage;
        unpriced += hasUsage && !(knownOfRow & CallTable::Cost);
        errors += table.status()[row] == 3;
        uncached += table.uncached()[row];
        cacheRead += table.cacheRead()[row];
        cacheWrite += table.cacheWrite()[row];
        visible += table.visible()[row];
        reasoning += table.reasoning()[row];
        cost += table.cost()[row];
        reportedCost += table.reportedCost()[row];
        withLatency += (knownOfRow & CallTable::Latency) != 0;
        latency += table.latency()[row];
        const std::int64_t window = table.windowOfPrice()[table.column(CallTable::Price).codes()[row]];
        if (window > 0 && (knownOfRow & CallTable::Input)) {
            ++withWindow;
            windowShare += static_cast<double>(table.input(row)) / static_cast<double>(window);
        }
        if (!table.score().empty()) {
            const float value = table.score()[row];
            if (value == value) { // not a NaN
                ++scored;
                score += static_cast<double>(value);
            }
        }
        known = static_cast<std::uint8_t>(known | knownOfRow);
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
