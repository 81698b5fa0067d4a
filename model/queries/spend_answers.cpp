// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/spend_answers.h"

#include <algorithm>

#include "model/queries/reconciliation.h"
#include "model/queries/snapshot.h"
#include "model/queries/spend_anomalies.h"
#include "model/queries/spend_closing.h"
#include "model/queries/spend_earlier.h"
#include "model/spend/saved_spend_plan.h"

namespace plumbline {

namespace {

using queries::CentreOfCall;
using queries::CentreSums;
using queries::DailySums;
using queries::DimensionCodes;
using queries::RowSet;
using queries::Selector;
using queries::SpendDays;

constexpr std::int32_t monthsShown = 13;
constexpr std::size_t mostAnomaliesExplained = 20;

std::int32_t dayOf(const ReportingCalendar& calendar, Timestamp time)
{
    return calendar.dayOf(time);
}

SpendDays daysOf(const ReportingCalendar& calendar, std::int32_t month, std::int32_t year,
                 const std::optional<Period>& extent, Timestamp now)
{
    SpendDays days{.first = calendar.firstDayOfMonth(month),
                   .end = calendar.firstDayOfMonth(month + 1),
                   .yearFirst = calendar.firstDayOfMonth(year),
                   .yearEnd = calendar.firstDayOfMonth(year + 12)};
    const std::int32_t today = dayOf(calendar, now);
    // A day is known whole when it is over; behind the last call nothing is known.
    days.known = extent ? std::min(today, dayOf(calendar, extent->end) + 1) : days.first;
    days.isOver = today >= days.end || days.known >= days.end;
    return days;
}

/// Answers one question about a month, part by part.
class SpendReader
{
public:
    SpendReader(const store::Workspace& workspace, const CallTable& table, const ReportingCalendar& calendar,
                Selector& selector, SpendDays days, const StopToken& stop)
        : m_workspace(workspace), m_table(table), m_calendar(calendar), m_selector(selector), m_days(days), m_stop(stop)
    {
        m_firstDay = std::min(
            {m_days.yearFirst, m_calendar.firstDayOfMonth(m_calendar.monthOfDay(days.first) - monthsShown + 1)});
        m_endDay = std::max({m_days.end, m_days.known + 1});
        m_history = {calendar.startOfDay(m_firstDay), calendar.startOfDay(m_endDay)};
    }

    const Period& history() const { return m_history; }
    DailySums noDays() const { return {m_firstDay, static_cast<std::size_t>(m_endDay - m_firstDay)}; }
    std::int32_t dayOfRow(std::size_t row) const
    {
        return floorDivide(std::int64_t{m_table.firstHour()} + m_table.hours()[row], 24);
    }

    Result<DailySums> dailyOf(const std::vector<Condition>& conditions)
    {
        DailySums daily = noDays();
        TRY(m_selector.rowsOf({.period = m_history, .conditions = conditions}, m_stop)).forEach([&](std::size_t row) {
            daily.add(dayOfRow(row), m_table.cost()[row]);
        });
        return daily;
    }

    Result<std::vector<CentreSums>> centreSums(const SpendPlan& plan)
    {
        std::vector<CentreSums> sums(plan.centres.size() + 1, {.daily = noDays()});
        const CentreOfCall centres = TRY(CentreOfCall::open(m_selector, m_table, plan, m_history, m_stop));
        TRY(m_selector.rowsOf({.period = m_history}, m_stop)).forEach([&](std::size_t row) {
            const std::uint16_t centre = centres.of(row);
            CentreSums& of = centre == CentreOfCall::unallocated ? sums.back() : sums[centre];
            const std::int32_t day = dayOfRow(row);
            of.daily.add(day, m_table.cost()[row]);
            if (day >= m_days.first && day < m_days.end) {
                ++of.calls;
                of.tokens += m_table.input(row) + m_table.output(row);
            }
        });
        return sums;
    }

    /// Days of every feature and model that cost something.
    Result<std::vector<queries::CellDays>> cellDays()
    {
        DimensionCodes features, models;
        TRY(m_selector.layOut({.dimension = Dimension::Feature}, features, m_stop));
        TRY(m_selector.layOut({.dimension = Dimension::Model}, models, m_stop));
        std::vector<std::optional<DailySums>> cells(std::size_t{features.count} * models.count);
        TRY(m_selector.rowsOf({.period = m_history}, m_stop)).forEach([&](std::size_t row) {
            auto& cell = cells[std::size_t{features.codeOf(row)} * models.count + models.codeOf(row)];
            if (!cell)
                cell = noDays();
            cell->add(dayOfRow(row), m_table.cost()[row]);
        });
        std::vector<queries::CellDays> named;
        for (std::uint32_t feature = 0; feature < features.count; ++feature)
            for (std::uint32_t model = 0; model < models.count; ++model)
                if (auto& cell = cells[std::size_t{feature} * models.count + model]) {
                    std::string nameOfFeature = TRY(m_selector.labelOf(features, feature));
                    std::string nameOfModel = TRY(m_selector.labelOf(models, model));
                    named.push_back({.feature = std::move(nameOfFeature),
                                     .model = std::move(nameOfModel),
                                     .daily = *std::move(cell)});
                }
        return named;
    }

    Result<spend::VarianceSide> sideOf(const Filter& filter)
    {
        const RowSet rows = TRY(m_selector.rowsOf(filter, m_stop));
        return queries::varianceSideOf(m_workspace, m_selector, m_table, rows, m_stop);
    }

    /// Traces, sessions and users of a period.
    Result<SpendUnits> unitsOf(const Period& period)
    {
        const auto &traces = m_table.column(CallTable::Trace), &sessions = m_table.column(CallTable::Session),
                   &users = m_table.column(CallTable::User);
        const auto flags = [](const CodedColumn& column) { return std::vector<bool>(column.codeCount()); };
        std::vector<bool> isTrace = flags(traces), isSession = flags(sessions), isUser = flags(users);
        SpendUnits units;
        TRY(m_selector.rowsOf({.period = period}, m_stop)).forEach([&](std::size_t row) {
            isTrace[traces.codes()[row]] = true;
            const Money cost(m_table.cost()[row]);
            if (const std::uint32_t session = sessions.codes()[row]) {
                isSession[session] = true;
                units.ofSessions += cost;
            }
            if (const std::uint32_t user = users.codes()[row]) {
                isUser[user] = true;
                units.ofUsers += cost;
            }
        });
        units.traces = std::count(isTrace.begin(), isTrace.end(), true);
        units.sessions = std::count(isSession.begin(), isSession.end(), true);
        units.users = std::count(isUser.begin(), isUser.end(), true);
        return units;
    }

    /// What of the formula moved most against the same weekday a week before.
    Result<std::optional<spend::Factor>> driverOf(const AnomalyRow& anomaly)
    {
        std::vector<Condition> conditions;
        if (!anomaly.feature.empty())
            conditions = {{.of = {.dimension = Dimension::Feature}, .values = {anomaly.feature}}};
        const auto periodOf = [&](std::int32_t day) {
            return Period{m_calendar.startOfDay(day), m_calendar.startOfDay(day + 1)};
        };
        const spend::VarianceSide before = TRY(sideOf({periodOf(anomaly.day - 7), conditions}));
        const spend::VarianceSide after = TRY(sideOf({periodOf(anomaly.day), conditions}));
        const spend::Variance variance = spend::varianceOf(before, after, spend::VarianceMethod::Shapley);
        std::optional<spend::Factor> driver;
        std::int64_t most = 0;
        const bool isMore = anomaly.spent > anomaly.expected;
        for (std::size_t factor = 0; factor < spend::factorCount; ++factor) {
            const std::int64_t effect = isMore ? variance.factors[factor] : -variance.factors[factor];
            if (effect > most) {
                most = effect;
                driver = static_cast<spend::Factor>(factor);
            }
        }
        return driver;
    }

    /// By provider and model, in the reporting month and in the same month of UTC.
    Result<queries::TracedByModel> traced(const Period& reporting, const Period& utc)
    {
        DimensionCodes providers, models;
        TRY(m_selector.layOut({.dimension = Dimension::Provider}, providers, m_stop));
        TRY(m_selector.layOut({.dimension = Dimension::Model}, models, m_stop));
        std::vector<queries::TracedModel> sums(std::size_t{providers.count} * models.count);
        std::vector<bool> isThere(sums.size());
        const Period both{std::min(reporting.first, utc.first), std::max(reporting.end, utc.end)};
        TRY(m_selector.rowsOf({.period = both}, m_stop)).forEach([&](std::size_t row) {
            const std::size_t place = std::size_t{providers.codeOf(row)} * models.count + models.codeOf(row);
            queries::TracedModel& of = sums[place];
            isThere[place] = true;
            const Timestamp started(m_table.started()[row]);
            if (reporting.contains(started))
                of.cost += Money(m_table.cost()[row]);
            if (utc.contains(started)) {
                of.inUtc += Money(m_table.cost()[row]);
                of.tokens += m_table.input(row) + m_table.output(row);
                ++of.calls;
            }
        });
        queries::TracedByModel traced;
        for (std::uint32_t provider = 0; provider < providers.count; ++provider)
            for (std::uint32_t model = 0; model < models.count; ++model)
                if (const std::size_t place = std::size_t{provider} * models.count + model; isThere[place]) {
                    std::string ofProvider = TRY(m_selector.labelOf(providers, provider));
                    std::string ofModel = TRY(m_selector.labelOf(models, model));
                    traced[{std::move(ofProvider), std::move(ofModel)}] = sums[place];
                }
        return traced;
    }

private:
    const store::Workspace& m_workspace;
    const CallTable& m_table;
    const ReportingCalendar& m_calendar;
    Selector& m_selector;
    SpendDays m_days;
    const StopToken& m_stop;
    std::int32_t m_firstDay = 0, m_endDay = 0;
    Period m_history;
};

/// By which providers bill.
Period utcPeriod(const SpendDays& days)
{
    return {Timestamp(days.first * microsecondsPerDay), Timestamp(days.end * microsecondsPerDay)};
}

/// The bills of a month: by UTC, as providers have it, but one that begins where a reporting month does is of that one,
/// as a total that was typed in.
Result<BillsAnswer> billsOf(const Queries& queries, const Period& reporting, const Period& utc, const StopToken& stop)
{
    BillsAnswer bills =
        TRY(queries.bills(Period{std::min(reporting.first, utc.first), std::max(reporting.end, utc.end)}, stop));
    std::erase_if(bills.rows, [&](const BillRow& row) {
        return row.start != reporting.first && (row.start == reporting.end || !utc.contains(row.start));
    });
    return bills;
}

/// The same method, as it would have answered on the eleventh day.
std::vector<PastForecast> pastForecastsOf(const SpendAnswer& answer, const ReportingCalendar& calendar,
                                          const std::optional<Period>& extent, const DailySums& total)
{
    constexpr std::int32_t monthsTold = 3, daysKnown = 10;
    std::vector<PastForecast> past;
    for (std::int32_t month = answer.month - monthsTold + answer.isOver; month < answer.month + answer.isOver;
         ++month) {
        const Timestamp then = calendar.startOfDay(calendar.firstDayOfMonth(month) + daysKnown);
        const SpendDays days = daysOf(calendar, month, firstMonthOfYear(answer.plan, month), extent, then);
        const auto forecast = days.forecastOf(total);
        const MoneySum actual = days.spentIn(total);
        if (forecast && actual > MoneySum())
            past.push_back({.month = month, .expected = forecast->total, .actual = actual});
    }
    return past;
}

std::vector<SpendMonth> monthsOf(const SpendAnswer& answer, const ReportingCalendar& calendar, const DailySums& total,
                                 const std::vector<spend::ClosedMonth>& closed)
{
    std::vector<SpendMonth> months;
    for (std::int32_t month = answer.month - monthsShown + 1; month <= answer.month; ++month) {
        const std::int32_t first = calendar.firstDayOfMonth(month), end = calendar.firstDayOfMonth(month + 1);
        SpendMonth of{.month = month, .spent = total.between(first, end)};
        if (const spend::ClosedMonth* pinned = queries::closedMonth(closed, month))
            of.spent = pinned->figures.all.spent;
        if (months.empty() && of.spent == MoneySum() && month < answer.month)
            continue; // before there was anything
        if (const spend::ClosedMonth* pinned = queries::closedMonth(closed, month))
            of.budget = pinned->figures.all.budget;
        else if (const auto budget = budgetOf(answer.plan, {}, month))
            of.budget = MoneySum::ofCents(budget->cents);
        months.push_back(of);
    }
    months.back().forecast = answer.forecast;
    months.back().calls = answer.total.calls;
    return months;
}

} // namespace

Result<SpendAnswer> Queries::spend(const SpendQuestion& question, const StopToken& stop) const
{
    const ReportingCalendar& calendar = m_snapshot->calendar;
    SpendAnswer answer{.month = question.month, .against = question.against.value_or(question.month - 1)};
    answer.period = calendar.month(answer.month);
    answer.baseline = calendar.month(answer.against);
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    answer.plan = TRY(savedSpendPlan(workspace));
    const SpendDays days = daysOf(calendar, answer.month, firstMonthOfYear(answer.plan, answer.month), extent(),
                                  question.now.value_or(currentTime()));
    answer.isOver = days.isOver;
    answer.days = days.end - days.first;
    answer.knownDays = std::clamp(days.known - days.first, 0, answer.days);

    const Breakdown sums = TRY(breakdown({.filter = {.period = answer.period},
                                          .figures = Figures::TokensAndCost,
                                          .baseline = Filter{.period = answer.baseline}},
                                         stop));
    answer.total = sums.total;
    answer.totalBaseline = sums.totalBaseline.value_or(Measures());

    std::vector<spend::ClosedMonth> closed;
    if (!question.wantsTodaysRows)
        closed = TRY(spend::closedMonths(workspace));
    const spend::ClosedMonth *pinned = queries::closedMonth(closed, answer.month),
                             *pinnedBefore = queries::closedMonth(closed, answer.against);
    Selector selector = TRY(m_snapshot->selector(workspace));
    SpendReader reader(workspace, m_snapshot->table, calendar, selector, days, stop);

    const DailySums total = TRY(reader.dailyOf({}));
    answer.forecast = days.forecastOf(total);
    answer.year = days.yearOf(total);
    answer.pastForecasts = pastForecastsOf(answer, calendar, extent(), total);
    answer.budget = {.spent = days.spentIn(total), .forecast = answer.forecast};
    queries::judge(answer.budget, answer.plan, answer.month);
    TRY(stop.check());

    if (!answer.plan.centres.empty())
        answer.centres = queries::centresOf(answer.plan, TRY(reader.centreSums(answer.plan)), days, answer.month);
    for (const Budget& budget : answer.plan.budgets) {
        const bool isKnown = std::any_of(answer.budgets.begin(), answer.budgets.end(),
                                         [&](const BudgetStanding& of) { return of.scope == budget.scope; });
        if (budget.scope.of == "all" || budget.scope.of == "cost-centre" || isKnown)
            continue;
        const DimensionChoice of = TRY(dimensionFromId(budget.scope.of));
        const DailySums daily = TRY(reader.dailyOf({{.of = of, .values = {budget.scope.value}}}));
        BudgetStanding standing{
            .scope = budget.scope, .spent = days.spentIn(daily), .forecast = days.forecastOf(daily)};
        queries::judge(standing, answer.plan, answer.month);
        if (standing.budget)
            answer.budgets.push_back(std::move(standing));
    }

    answer.before = pinnedBefore ? pinnedBefore->figures.side : TRY(reader.sideOf({.period = answer.baseline}));
    answer.after = pinned ? pinned->figures.side : TRY(reader.sideOf({.period = answer.period}));
    answer.changed = question.change ? question.change->first : Filter{.period = answer.period};
    answer.changedFrom = question.change ? question.change->second : Filter{.period = answer.baseline};
    answer.variance = question.change ? spend::varianceOf(TRY(reader.sideOf(answer.changedFrom)),
                                                          TRY(reader.sideOf(answer.changed)), question.method)
                                      : spend::varianceOf(answer.before, answer.after, question.method);
    answer.units = TRY(reader.unitsOf(answer.period));
    if (pinned)
        queries::showClosed(answer, *pinned, calendar);
    if (pinnedBefore)
        answer.totalBaseline = queries::measuresOf(pinnedBefore->figures);
    answer.months = monthsOf(answer, calendar, total, closed);
    TRY(stop.check());

    answer.anomalies = queries::anomaliesOf(total, TRY(reader.cellDays()), days);
    for (std::size_t i = 0; i < std::min(answer.anomalies.size(), mostAnomaliesExplained); ++i)
        answer.anomalies[i].driver = TRY(reader.driverOf(answer.anomalies[i]));

    const Period utc = utcPeriod(days);
    const BillsAnswer billed = TRY(billsOf(*this, answer.period, utc, stop));
    const queries::TracedByModel traced =
        pinned ? queries::tracedOf(pinned->figures) : TRY(reader.traced(answer.period, utc));
    answer.traced = queries::listed(traced);
    answer.reconciliation = queries::reconciled(billed, traced, answer.plan.rates, answer.month, answer.period);
    if (!closed.empty())
        answer.adjusted = TRY(adjustments(stop));
    if (question.before) {
        const std::int32_t month = calendar.monthOf(question.before->first);
        const spend::ClosedMonth* then =
            *question.before == calendar.month(month) ? queries::closedMonth(closed, month) : nullptr;
        answer.earlier =
            then ? queries::earlierSpend(*question.before, then->figures)
                 : TRY(queries::earlierSpend(*question.before, answer, m_snapshot->table, calendar, selector, stop));
    }
    return answer;
}

} // namespace plumbline
