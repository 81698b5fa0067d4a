// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "model/queries/spend_answers.h"
#include "model/queries/spend_sums.h"

namespace plumbline::queries {

/// The days a question about a month knows of, and those to come.
struct SpendDays
{
    std::int32_t first = 0, end = 0;         ///< of the month
    std::int32_t known = 0;                  ///< days before it are known whole
    std::int32_t yearFirst = 0, yearEnd = 0; ///< of the plan's year
    bool isOver = false;

    /// Of the whole month. None: it is over, or nothing is known.
    std::optional<SpendForecast> forecastOf(const DailySums& daily) const;
    /// Of the plan's year the month belongs to.
    std::optional<SpendForecast> yearOf(const DailySums& daily) const;
    MoneySum spentIn(const DailySums& daily) const { return daily.between(first, end); }

private:
    std::optional<SpendForecast> until(const DailySums& daily, std::int32_t from, std::int32_t to) const;
};

/// What an estimate of dollars is worth: to a millionth, no estimate is better.
MoneySum estimated(double dollars);

/// Money divided by weights, to the last picodollar. All 0: evenly.
std::vector<MoneySum> divided(MoneySum whole, const std::vector<std::int64_t>& weights);

/// How money that is expected stands against the budget.
BudgetState stateOf(const BudgetStanding& standing);

/// Fills in what is expected and how it stands against the plan's budget.
void judge(BudgetStanding& standing, const SpendPlan& plan, std::int32_t month);

/// Sums of a cost centre; the last of a list is what nobody has.
struct CentreSums
{
    DailySums daily;
    std::int64_t calls = 0, tokens = 0; ///< in the month
};
/// Cost centres with what shared ones put on them, unallocated last.
std::vector<CostCentreSpend> centresOf(const SpendPlan& plan, const std::vector<CentreSums>& sums,
                                       const SpendDays& days, std::int32_t month);

} // namespace plumbline::queries
