// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/waiting_traces.h"

#include <algorithm>
#include <utility>

namespace plumbline::sample {

void WaitingTraces::add(SampleTrace trace)
{
    std::size_t slot = m_slots.size();
    if (m_freeSlots.empty()) {
        m_slots.emplace_back();
    } else {
        slot = m_freeSlots.back();
        m_freeSlots.pop_back();
    }
    Timestamp lastCall = trace.spans.front().start;
    for (std::size_t i = 0; i < trace.spans.size(); ++i) {
        if (!trace.spans[i].isCall())
            continue;
        m_calls.push({trace.spans[i].start, m_arrived++, slot, i});
        lastCall = std::max(lastCall, trace.spans[i].start);
    }
    m_order.push({trace.spans.front().start, m_arrived++, slot, lastCall});
    m_slots[slot] = std::move(trace);
}

Result<> WaitingTraces::advance(Timestamp time, const SampleSink& sink)
{
    for (; !m_calls.empty() && m_calls.top().start < time; m_calls.pop()) {
        SampleTrace& trace = m_slots[m_calls.top().slot];
        SampleSpan& call = trace.spans[m_calls.top().span];
        // What the provider refused never reached its cache.
        settle(call, call.isBilled ? m_caches.bill(call, trace.environment) : CacheOutcome());
    }
    while (!m_order.empty() && m_order.top().start < time && m_order.top().lastCall < time) {
        const std::size_t slot = m_order.top().slot;
        m_order.pop();
        const SampleTrace trace = std::exchange(m_slots[slot], {});
        m_freeSlots.push_back(slot);
        TRY(sink(trace));
    }
    return {};
}

} // namespace plumbline::sample
