// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/spend_closing.h"

#include <algorithm>

#include "model/queries/snapshot.h"
#include "model/queries/spend_budgets.h"
#include "model/spend/saved_reports.h"
#include "model/spend/saved_spend_plan.h"

namespace plumbline {

namespace {

spend::ClosedStanding closed(const BudgetStanding& standing)
{
    return {.scope = standing.scope, .spent = standing.spent, .budget = standing.budget, .warnAt = standing.warnAt};
}

BudgetStanding standingOf(const spend::ClosedStanding& closed)
{
    BudgetStanding standing{
        .scope = closed.scope, .budget = closed.budget, .warnAt = closed.warnAt, .spent = closed.spent};
    standing.state = queries::stateOf(standing);
    return standing;
}

} // namespace

spend::ClosedFigures closedFiguresOf(const SpendAnswer& answer, const ReportingCalendar& calendar)
{
    spend::ClosedFigures figures{.calls = answer.total.calls,
                                 .callsWithoutUsage = answer.total.callsWithoutUsage,
                                 .unpricedCalls = answer.total.unpricedCalls,
                                 .errors = answer.total.errors,
                                 .input = answer.total.input.value_or(0),
                                 .output = answer.total.output.value_or(0),
                                 .cacheRead = answer.total.cacheRead.value_or(0),
                                 .traces = answer.units.traces,
                                 .sessions = answer.units.sessions,
                                 .users = answer.units.users,
                                 .ofSessions = answer.units.ofSessions,
                                 .ofUsers = answer.units.ofUsers,
                                 .all = closed(answer.budget),
                                 .side = answer.after,
                                 .traced = answer.traced,
                                 .zone = calendar.zone(),
                                 .monthStartDay = calendar.monthStartDay()};
    for (const ExchangeRate& rate : answer.plan.rates)
        if (rate.month == answer.month)
            figures.rates.push_back(rate);
    for (const CostCentreSpend& centre : answer.centres)
        figures.centres.push_back({.standing = closed(centre.standing),
                                   .calls = centre.calls,
                                   .own = centre.own,
                                   .shared = centre.shared,
                                   .split = centre.split});
    for (const BudgetStanding& standing : answer.budgets)
        figures.budgets.push_back(closed(standing));
    return figures;
}

Result<SpendPlan> Queries::spendPlan(const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    return savedSpendPlan(connection.workspace());
}

Result<std::vector<ReportDefinition>> Queries::reports(const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    return savedReports(connection.workspace());
}

Result<std::vector<SpendAdjustment>> Queries::adjustments(const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    std::vector<SpendAdjustment> adjusted;
    for (const spend::ClosedMonth& month : TRY(spend::closedMonths(connection.workspace()))) {
        const Breakdown today = TRY(breakdown(
            {.filter = {.period = m_snapshot->calendar.month(month.month)}, .figures = Figures::TokensAndCost}, stop));
        SpendAdjustment adjustment{.month = month.month,
                                   .closed = month.closed,
                                   .note = month.note,
                                   .calls = today.total.calls - month.figures.calls,
                                   .amount = today.total.cost.value_or(MoneySum()) - month.figures.all.spent,
                                   .calendar = queries::otherCalendarOf(month.figures, m_snapshot->calendar)};
        if (adjustment.calls != 0 || adjustment.amount != MoneySum())
            adjusted.push_back(std::move(adjustment));
    }
    return adjusted;
}

} // namespace plumbline

namespace plumbline::queries {

const spend::ClosedMonth* closedMonth(const std::vector<spend::ClosedMonth>& all, std::int32_t month)
{
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const spend::ClosedMonth& of) { return of.month == month; });
    return found == all.end() ? nullptr : &*found;
}

Measures measuresOf(const spend::ClosedFigures& figures)
{
    return {.calls = figures.calls,
            .callsWithoutUsage = figures.callsWithoutUsage,
            .unpricedCalls = figures.unpricedCalls,
            .errors = figures.errors,
            .input = figures.input,
            .cacheRead = figures.cacheRead,
            .output = figures.output,
            .cost = figures.all.spent};
}

TracedByModel tracedOf(const spend::ClosedFigures& figures)
{
    TracedByModel traced;
    for (const spend::ClosedTraces& of : figures.traced)
        traced[{of.provider, of.model}] = {.calls = of.calls, .tokens = of.tokens, .cost = of.cost, .inUtc = of.inUtc};
    return traced;
}

std::vector<spend::ClosedTraces> listed(const TracedByModel& traced)
{
    std::vector<spend::ClosedTraces> rows;
    for (const auto& [name, of] : traced)
        rows.push_back({.provider = name.first,
                        .model = name.second,
                        .calls = of.calls,
                        .tokens = of.tokens,
                        .cost = of.cost,
                        .inUtc = of.inUtc});
    return rows;
}

std::string otherCalendarOf(const spend::ClosedFigures& figures, const ReportingCalendar& calendar)
{
    if (figures.zone == calendar.zone() && figures.monthStartDay == calendar.monthStartDay())
        return {};
    return figures.zone + ", months from day " + std::to_string(figures.monthStartDay);
}

void showClosed(SpendAnswer& answer, const spend::ClosedMonth& closed, const ReportingCalendar& calendar)
{
    const spend::ClosedFigures& figures = closed.figures;
    answer.adjustment = {.month = closed.month,
                         .closed = closed.closed,
                         .note = closed.note,
                         .calls = answer.total.calls - figures.calls,
                         .amount = answer.budget.spent - figures.all.spent,
                         .calendar = otherCalendarOf(figures, calendar)};
    // A rate that was set later is none of its figures.
    std::erase_if(answer.plan.rates, [&](const ExchangeRate& rate) { return rate.month == answer.month; });
    answer.plan.rates.insert(answer.plan.rates.end(), figures.rates.begin(), figures.rates.end());
    answer.total = measuresOf(figures);
    answer.budget = standingOf(figures.all);
    answer.units = {.traces = figures.traces,
                    .sessions = figures.sessions,
                    .users = figures.users,
                    .ofSessions = figures.ofSessions,
                    .ofUsers = figures.ofUsers};
    answer.centres.clear();
    for (const spend::ClosedCentre& centre : figures.centres)
        answer.centres.push_back({.name = centre.standing.scope.value,
                                  .calls = centre.calls,
                                  .own = centre.own,
                                  .shared = centre.shared,
                                  .standing = standingOf(centre.standing),
                                  .split = centre.split});
    answer.budgets.clear();
    for (const spend::ClosedStanding& standing : figures.budgets)
        answer.budgets.push_back(standingOf(standing));
}

} // namespace plumbline::queries
