// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

#include "model/core/collector_control.h"

namespace plumbline::collector {

/// What the collector did, counted by its threads and read by anybody.
class Tally
{
public:
    void recorded(std::uint64_t posts, std::uint64_t spans, std::uint64_t duplicates);
    void rejected(std::uint64_t number, std::string_view reason) { add(&CollectorStatus::rejected, number, reason); }
    void turnedAway(std::uint64_t number, std::string_view reason)
    {
        add(&CollectorStatus::turnedAway, number, reason);
    }
    void refused(std::string_view reason) { add(&CollectorStatus::refused, 1, reason); }
    void forwarded();
    void notForwarded(std::string_view reason) { add(&CollectorStatus::notForwarded, 1, reason); }

    /// Without address and whether it runs, which are not counted.
    CollectorStatus status() const;

private:
    using Counter = std::uint64_t CollectorStatus::*;
    void add(Counter counter, std::uint64_t number, std::string_view reason);

    static constexpr int seconds = 10; ///< over which the rate is told
    mutable std::mutex m_mutex;
    CollectorStatus m_status;
    /// Spans of the last seconds, each in the place of its second.
    std::array<std::uint64_t, seconds> m_spans = {};
    std::array<std::int64_t, seconds> m_secondOf = {};
};

} // namespace plumbline::collector
