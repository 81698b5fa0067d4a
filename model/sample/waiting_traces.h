// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <queue>
#include <vector>

#include "model/sample/sample.h"
#include "model/sample/settlement.h"

namespace plumbline::sample {

/// Traces on their way out. Units overlap in time, while caches and readers need order: calls are settled in the order
/// of their start across all traces, and traces leave in the order of theirs.
class WaitingTraces
{
public:
    void add(SampleTrace trace);
    /// Settles and hands out everything that nothing which begins at `time` or later can change.
    Result<> advance(Timestamp time, const SampleSink& sink);

private:
    struct WaitingCall
    {
        Timestamp start;
        std::uint64_t number = 0; ///< of arrival: decides between equal times
        std::size_t slot = 0;
        std::size_t span = 0;
    };
    struct WaitingTrace
    {
        Timestamp start;
        std::uint64_t number = 0;
        std::size_t slot = 0;
        Timestamp lastCall;
    };
    struct Later
    {
        template <class Waiting>
        bool operator()(const Waiting& a, const Waiting& b) const
        {
            return a.start != b.start ? a.start > b.start : a.number > b.number;
        }
    };

    std::priority_queue<WaitingCall, std::vector<WaitingCall>, Later> m_calls;
    std::priority_queue<WaitingTrace, std::vector<WaitingTrace>, Later> m_order;
    std::vector<SampleTrace> m_slots;
    std::vector<std::size_t> m_freeSlots;
    std::uint64_t m_arrived = 0;
    PromptCaches m_caches;
};

} // namespace plumbline::sample
