// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/truth.h"

#include "model/core/time.h"

namespace plumbline {

SampleSpend& SampleSpend::operator+=(const SampleSpend& other)
{
    calls += other.calls;
    callsWithoutUsage += other.callsWithoutUsage;
    tokens += other.tokens;
    cost += other.cost;
    return *this;
}

void SampleTruth::add(const SampleTrace& trace)
{
    ++m_traces;
    m_spans += static_cast<std::int64_t>(trace.spans.size());
    for (const SampleSpan& span : trace.spans) {
        if (!span.isCall())
            continue;
        const SampleTokens tokens = tokensOf(span.usage);
        m_spend[{trace.feature, span.model, floorDivide(span.start.microseconds(), microsecondsPerDay)}] +=
            {.calls = 1,
             .callsWithoutUsage = !span.usage.isKnown(),
             .tokens = tokens,
             .cost = span.cost.value_or(Money())};
        for (const PlantedWaste& planted : span.planted) {
            DrainTruth& drain = m_drains[idOf(planted.drain)];
            ++drain.calls;
            drain.tokens += planted.tokens;
            if (m_detail == TruthDetail::Calls)
                drain.perCall.push_back({trace.traceId, span.spanId, planted.tokens, planted.why});
        }
        if (!span.hardNegative.empty() && m_detail == TruthDetail::Calls)
            m_hardNegatives[span.hardNegative].push_back({trace.traceId, span.spanId, tokens, span.hardNegative});
    }
}

SampleSpend SampleTruth::total() const
{
    SampleSpend sum;
    for (const auto& [cell, spend] : m_spend)
        sum += spend;
    return sum;
}

} // namespace plumbline
