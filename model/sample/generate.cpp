// SPDX-License-Identifier: GPL-3.0-or-later
#include <vector>

#include "model/sample/sample.h"
#include "model/sample/scenario.h"
#include "model/sample/waiting_traces.h"

namespace plumbline {

namespace sample {
namespace {

constexpr std::int64_t microsecondsPerHour = 3'600'000'000;

/// Spreads the units of one feature over the hours of a period: exactly so many in all, each hour its share.
class UnitSchedule
{
public:
    UnitSchedule(const FeatureFacts& feature, const Company& company)
        : m_feature(&feature)
        , m_stream(mix(company.seed(), feature.name))
        , m_firstHour(company.period().first.microseconds() / microsecondsPerHour)
    {
        const std::int64_t hours = company.period().end.microseconds() / microsecondsPerHour - m_firstHour;
        m_weights.push_back(0);
        for (std::int64_t hour = 0; hour < hours; ++hour)
            m_weights.push_back(m_weights.back() + weightOf(hour, hours));
        const std::int64_t calls = company.options().calls * feature.sharePerMille / 10;
        m_units = std::max<std::int64_t>(1, (calls + feature.callsPerUnitTimes100 / 2) / feature.callsPerUnitTimes100);
    }

    std::int64_t hours() const { return static_cast<std::int64_t>(m_weights.size()) - 1; }

    void play(std::int64_t hour, const Company& company, const TraceTaker& take) const
    {
        const std::int64_t first = unitsBefore(hour);
        const std::int64_t count = unitsBefore(hour + 1) - first;
        for (std::int64_t i = 0; i < count; ++i) {
            Unit unit{.feature = m_feature->name,
                      .team = m_feature->team,
                      .number = static_cast<std::uint64_t>(first + i),
                      .stream = mix(m_stream, static_cast<std::uint64_t>(first + i)),
                      .start = {}};
            // Each in its own part of the hour, so that the units of a feature begin in their order.
            const std::int64_t part = microsecondsPerHour / count;
            const std::int64_t offset = part * i + part / 1'000 * unit.random("start").below(1'000);
            unit.start = Timestamp((m_firstHour + hour) * microsecondsPerHour + offset);
            m_feature->play(company, unit, take);
        }
    }

private:
    std::int64_t weightOf(std::int64_t hour, std::int64_t hours) const
    {
        const std::int64_t absolute = m_firstHour + hour;
        const std::int64_t weekday = (absolute / 24 + 3) % 7; // 1970-01-01 was a Thursday; Monday is 0
        const std::int64_t growth = 1'000 + 400 * hour / hours;
        const std::int64_t daily = weekday >= 5 ? m_feature->rhythm->weekendPercent : 100;
        return m_feature->rhythm->hours[static_cast<std::size_t>(absolute % 24)] * growth * daily;
    }

    std::int64_t unitsBefore(std::int64_t hour) const
    {
        // Half a unit ahead: the only unit of a rare feature falls into the middle, not to the end.
        const __int128 share =
            static_cast<__int128>(m_weights[static_cast<std::size_t>(hour)]) * m_units + m_weights.back() / 2;
        return static_cast<std::int64_t>(share / m_weights.back());
    }

    const FeatureFacts* m_feature;
    std::uint64_t m_stream;
    std::int64_t m_firstHour;
    std::vector<std::int64_t> m_weights; ///< sums of the hours before
    std::int64_t m_units = 0;
};

} // namespace
} // namespace sample

Result<> generate(const SampleOptions& options, const SampleSink& sink, const StopToken& stop)
{
    using namespace sample;
    const SampleOptions valid = TRY(options.validated());
    const Company company(valid);
    WaitingTraces waiting;
    // What would begin in the last minutes is left out, so that nothing reaches beyond the period.
    const Timestamp lastStart(company.period().end.microseconds() - 20 * 60'000'000LL);
    const TraceTaker take = [&](SampleTrace trace) {
        if (trace.spans.front().start < lastStart)
            waiting.add(std::move(trace));
    };

    std::vector<UnitSchedule> schedules;
    for (const FeatureFacts& feature : features())
        schedules.emplace_back(feature, company);
    const std::int64_t firstHour = company.period().first.microseconds() / microsecondsPerHour;
    for (std::int64_t hour = 0; hour < schedules.front().hours(); ++hour) {
        TRY(stop.check());
        for (const UnitSchedule& schedule : schedules)
            schedule.play(hour, company, take);
        TRY(waiting.advance(Timestamp((firstHour + hour + 1) * microsecondsPerHour), sink));
    }
    return waiting.advance(Timestamp(company.period().end.microseconds() + microsecondsPerHour), sink);
}

} // namespace plumbline
