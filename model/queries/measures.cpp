// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/measures.h"

namespace plumbline {

namespace {

template <class Sum>
void add(std::optional<Sum>& mine, const std::optional<Sum>& other)
{
    if (other)
        mine = mine ? *mine + *other : *other;
}

} // namespace

Measures& Measures::operator+=(const Measures& other)
{
    calls += other.calls;
    callsWithoutUsage += other.callsWithoutUsage;
    unpricedCalls += other.unpricedCalls;
    errors += other.errors;
    add(input, other.input);
    add(uncachedInput, other.uncachedInput);
    add(cacheRead, other.cacheRead);
    add(cacheWrite, other.cacheWrite);
    add(output, other.output);
    add(reasoning, other.reasoning);
    add(cost, other.cost);
    add(reportedCost, other.reportedCost);
    callsWithLatency += other.callsWithLatency;
    latencySum += other.latencySum;
    callsWithWindow += other.callsWithWindow;
    windowShareSum += other.windowShareSum;
    scoredCalls += other.scoredCalls;
    scoreSum += other.scoreSum;
    return *this;
}

} // namespace plumbline
