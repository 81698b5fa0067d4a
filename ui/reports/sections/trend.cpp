// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/items/format.h"
#include "model/items/spend_tables.h"
#include "ui/charts/pins.h"
#include "ui/pages/spend_charts.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

PlotUnit unitOf(const ReportMoney& money)
{
    return money.code() == "USD"_L1 ? PlotUnit::Dollars : PlotUnit::Amount;
}

double amount(MoneySum dollars, const ReportMoney& money)
{
    return money.currency().of(dollars).dollars();
}

ReportChart dailyChart(const ReportData& data, const ReportMoney& money)
{
    StackedBars bars{.title = ReportTexts::tr("Spend by day"),
                     .unit = unitOf(money),
                     .series = {{.name = ReportTexts::tr("Spent"), .hue = {Hue::Kind::Accent}}},
                     .hasLegend = false};
    for (std::size_t day = 0; day < data.days.steps.size(); ++day) {
        bars.categories += format::day(data.days.steps[day]);
        MoneySum sum;
        for (const Series& series : data.days.series)
            sum += series.points[day].cost.value_or(MoneySum());
        bars.series[0].values.push_back(amount(sum, money));
    }
    bars.pins = pinsOf(data.annotations, data.days.steps, Dimension::Day, data.calendar);
    return {.title = bars.title, .plot = std::move(bars), .height = 190};
}

/// What happened in the month.
ReportTable annotationTable(const ReportData& data)
{
    ReportTable table{.title = ReportTexts::tr("What happened"),
                      .columns = {{.title = ReportTexts::tr("Day"), .isFigure = false},
                                  {.title = ReportTexts::tr("Kind"), .isFigure = false},
                                  {.title = ReportTexts::tr("What"), .isFigure = false}}};
    for (const Annotation& annotation : data.annotations)
        table.rows.push_back({.cells = {{.value = format::day(data.calendar.dayOf(annotation.time))},
                                        {.value = annotationKindTitle(annotation.kind)},
                                        {.value = toQt(annotation.text)}}});
    return table;
}

/// Spend up to each day beside what an even use of the budget would be.
ReportChart cumulativeChart(const ReportData& data, const ReportMoney& money)
{
    Lines lines{.title = ReportTexts::tr("Spend up to each day, against the budget"),
                .unit = unitOf(money),
                .series = {{.name = ReportTexts::tr("Spent"), .hue = {Hue::Kind::Accent}}}};
    const auto& budget = data.spend.budget.budget;
    if (budget)
        lines.series.push_back({.name = ReportTexts::tr("Budget, evenly"), .hue = {Hue::Kind::Cost}});
    MoneySum sum;
    for (std::size_t day = 0; day < data.days.steps.size(); ++day) {
        lines.categories += format::day(data.days.steps[day]);
        for (const Series& series : data.days.series)
            sum += series.points[day].cost.value_or(MoneySum());
        lines.series[0].values.push_back(amount(sum, money));
        if (budget)
            lines.series[1].values.push_back(amount(*budget, money) * (data.days.steps[day] - data.days.steps[0] + 1) /
                                             data.spend.days);
    }
    return {.title = lines.title, .plot = std::move(lines), .height = 200};
}

ReportChart monthChart(const ReportData& data, const ReportMoney& money)
{
    PlotSpec plot = monthsChart(data.spend, data.annotations, data.calendar);
    auto& bars = std::get<StackedBars>(plot);
    bars.unit = unitOf(money);
    const double rate = money.currency().rate ? static_cast<double>(money.currency().rate->nanos) / 1e9 : 1;
    for (PlotSeries& series : bars.series)
        for (double& value : series.values)
            value *= rate;
    for (auto& mark : bars.marks)
        if (mark)
            *mark *= rate;
    return {.title = ReportTexts::tr("Spend and budget by month"), .plot = std::move(plot), .height = 190};
}

ReportTable monthTable(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = ReportTexts::tr("Budget, actual and forecast"),
                      .columns = {{.title = ReportTexts::tr("Month"), .isFigure = false},
                                  {.title = ReportTexts::tr("Budget")},
                                  {.title = ReportTexts::tr("Actual")},
                                  {.title = ReportTexts::tr("Variance")},
                                  {.title = ReportTexts::tr("Forecast")},
                                  {.title = ReportTexts::tr("Reads as"), .isFigure = false}}};
    for (const SpendMonth& month : data.spend.months) {
        const MoneySum expected = month.forecast ? month.forecast->total : month.spent;
        table.rows.push_back(
            {.cells = {{.value = format::month(month.month)},
                       {.value = money.of(month.budget)},
                       {.value = money.of(month.spent)},
                       {.value = month.budget ? money.change(month.spent - *month.budget) : ReportValue()},
                       {.value = month.forecast ? money.of(month.forecast->total) : ReportValue()},
                       {.value = !month.budget               ? QString()
                                 : month.spent == MoneySum() ? ReportTexts::tr("nothing traced")
                                 : expected > *month.budget  ? ReportTexts::tr("unfavourable")
                                                             : ReportTexts::tr("favourable")}}});
    }
    return table;
}

/// On which days the budget's threshold and the budget were passed.
std::vector<ReportBlock> budgetEvents(const ReportData& data, const ReportMoney& money)
{
    const BudgetStanding& all = data.spend.budget;
    if (!all.budget || *all.budget <= MoneySum() || data.spend.adjustment)
        return {};
    ReportBullets events;
    MoneySum sum;
    double reached = 0;
    for (std::size_t day = 0; day < data.days.steps.size(); ++day) {
        for (const Series& series : data.days.series)
            sum += series.points[day].cost.value_or(MoneySum());
        const double used = sum.dollars() / all.budget->dollars() * 100;
        for (const double mark : {all.warnAt, 100.0})
            if (reached <= mark && used > mark)
                events.points +=
                    ReportTexts::tr("%1: spend passed %2 of the budget of %3.")
                        .arg(format::day(data.days.steps[day]), format::percent(mark / 100), money.text(*all.budget));
        reached = used;
    }
    if (events.points.isEmpty())
        return {};
    return {ReportText{.lead = ReportTexts::tr("Alerts."), .text = QString()}, std::move(events)};
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    std::vector<ReportBlock> all;
    if (!data.days.steps.empty())
        all = {dailyChart(data, money), cumulativeChart(data, money)};
    for (ReportBlock& event : budgetEvents(data, money))
        all.push_back(std::move(event));
    if (!data.annotations.empty())
        all.push_back(annotationTable(data));
    all.push_back(monthChart(data, money));
    all.push_back(monthTable(data, money));
    return all;
}

} // namespace

ReportSection trend()
{
    return {.id = "trend",
            .title = QT_TRANSLATE_NOOP("ReportTexts", "Trend and budget"),
            .isInShortForm = false,
            .blocks = blocks};
}

} // namespace plumbline::sections
