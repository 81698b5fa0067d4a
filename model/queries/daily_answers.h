// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "model/core/stop_token.h"
#include "model/core/time.h"
#include "model/queries/breakdown.h"

namespace plumbline {

namespace store {
class Workspace;
}

/// What the daily roll-up of a workspace tells before its calls are read: within milliseconds, whatever its size, the
/// same figures that Queries will answer for whole days. What it does not sum – latency, scores, reported cost – is
/// unknown, and so are buckets that it sums to 0. One thread at a time.
class DailyAnswers
{
public:
    static Result<DailyAnswers> open(const std::filesystem::path& workspace, const StopToken& stop);
    DailyAnswers(DailyAnswers&&) noexcept;
    ~DailyAnswers();

    const ReportingCalendar& calendar() const { return m_calendar; }
    /// From the first to the last day with calls, ending just before the next; empty without calls.
    const std::optional<Period>& extent() const { return m_extent; }

    /// By feature, model, provider or environment. Of the periods whole days count.
    Result<Breakdown> breakdown(Dimension by, const Period& period, const std::optional<Period>& baseline) const;
    Result<SeriesAnswer> series(Dimension by, const Period& period, std::size_t top) const;

private:
    struct Row;
    DailyAnswers(std::unique_ptr<store::Workspace> workspace, ReportingCalendar calendar);
    Result<std::vector<Row>> rowsOf(Dimension by, const Period& period) const;
    std::int32_t dayOf(Timestamp time) const;

    std::unique_ptr<store::Workspace> m_workspace;
    ReportingCalendar m_calendar;
    std::optional<Period> m_extent;
};

} // namespace plumbline
