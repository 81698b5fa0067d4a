// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/core/spend_plan.h"
#include "model/queries/selection.h"
#include "model/spend/forecast.h"
#include "model/spend/variance.h"

namespace plumbline::queries {

/// Which cost centre each call has: a place in the plan, or `unallocated`.
class CentreOfCall
{
public:
    static constexpr std::uint16_t unallocated = 0xFFFF;

    static Result<CentreOfCall> open(Selector& selector, const CallTable& table, const SpendPlan& plan,
                                     const std::optional<Period>& period, const StopToken& stop);
    std::uint16_t of(std::size_t row) const { return m_centres.empty() ? unallocated : m_centres[row - m_first]; }

private:
    std::size_t m_first = 0;
    std::vector<std::uint16_t> m_centres; ///< from row m_first on; empty: nobody has any
};

/// Days of calls, a column of money each: from a first day on, as many as there are.
class DailySums
{
public:
    DailySums(std::int32_t firstDay, std::size_t days) : m_firstDay(firstDay), m_days(days) {}
    void add(std::int32_t day, std::int64_t picodollars)
    {
        m_days[static_cast<std::size_t>(day - m_firstDay)] += picodollars;
    }
    MoneySum between(std::int32_t first, std::int32_t end) const;
    /// Whole days before `end`, from the first that cost anything; at most `most` of them.
    spend::DailySpend before(std::int32_t end, std::size_t most) const;

private:
    std::int32_t m_firstDay;
    std::vector<MoneySum::Integer> m_days;
};

/// What the variance needs of some rows, cell by cell.
Result<spend::VarianceSide> varianceSideOf(const store::Workspace& workspace, Selector& selector,
                                           const CallTable& table, const RowSet& rows, const StopToken& stop);

} // namespace plumbline::queries
