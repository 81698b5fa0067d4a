// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/format.h"
#include "model/items/spend_tables.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

QString methodName(spend::ForecastMethod method)
{
    return method == spend::ForecastMethod::HoltWinters
               ? ReportTexts::tr("damped Holt–Winters on the logarithm of daily spend, with a weekly season")
               : ReportTexts::tr("the mean by weekday: fewer than four weeks are known");
}

ReportTable aheadTable(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = ReportTexts::tr("Prices that are known to change"),
                      .columns = {{.title = ReportTexts::tr("Model"), .isFigure = false, .width = 2},
                                  {.title = ReportTexts::tr("From"), .isFigure = false},
                                  {.title = ReportTexts::tr("A million input")},
                                  {.title = ReportTexts::tr("A million output")}},
                      .whenEmpty = ReportTexts::tr("None is in the price book for the models of the month.")};
    constexpr std::int64_t million = 1'000'000;
    const auto ofMillion = [&](const std::optional<Money>& rate) {
        return rate ? ReportValue(UnitCost{money.currency().of(
                          MoneySum::ofPicodollars(MoneySum::Integer{rate->picodollars()} * million))})
                    : ReportValue();
    };
    for (const BookPrice& price : data.pricesAhead)
        table.rows.push_back({.cells = {{.value = toQt(price.provider + " · " + price.model)},
                                        {.value = format::day(data.calendar.dayOf(*price.validFrom))},
                                        {.value = ofMillion(price.paid.input)},
                                        {.value = ofMillion(price.paid.output)}}});
    return table;
}

ReportTable pastTable(const SpendAnswer& spend, const ReportMoney& money)
{
    ReportTable table{.title = ReportTexts::tr("How good it was"),
                      .columns = {{.title = ReportTexts::tr("Month"), .isFigure = false},
                                  {.title = ReportTexts::tr("Expected on day 11")},
                                  {.title = ReportTexts::tr("Came")},
                                  {.title = ReportTexts::tr("Off by")},
                                  {.title = ReportTexts::tr("in\u00a0%")}},
                      .whenEmpty = ReportTexts::tr("No earlier month has days enough.")};
    for (const PastForecast& of : spend.pastForecasts)
        table.rows.push_back({.cells = {{.value = format::month(of.month)},
                                        {.value = money.of(of.expected)},
                                        {.value = money.of(of.actual)},
                                        {.value = ReportMoney::difference(money.of(of.expected), money.of(of.actual))},
                                        {.value = relative(of.expected, of.actual)}}});
    return table;
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    const SpendAnswer& spend = data.spend;
    ReportTable table{.title = ReportTexts::tr("What is expected"),
                      .columns = {{.title = ReportTexts::tr("Until"), .isFigure = false},
                                  {.title = ReportTexts::tr("Expected")},
                                  {.title = ReportTexts::tr("Low")},
                                  {.title = ReportTexts::tr("High")},
                                  {.title = ReportTexts::tr("Method"), .isFigure = false, .width = 2.4}},
                      .whenEmpty = ReportTexts::tr("Nothing is to come, or too little is known to say.")};
    const auto add = [&](const QString& until, const std::optional<SpendForecast>& forecast) {
        if (!forecast)
            return;
        table.rows.push_back({.cells = {{.value = until},
                                        {.value = money.of(forecast->total)},
                                        {.value = money.of(forecast->low)},
                                        {.value = money.of(forecast->high)},
                                        {.value = methodName(forecast->method)}}});
    };
    add(format::month(spend.month), spend.forecast);
    add(toQt(yearName(spend.plan, spend.month)), spend.year);
    ReportTable centres{.title = ReportTexts::tr("By cost centre, until the end of the month"),
                        .columns = {{.title = ReportTexts::tr("Cost centre"), .isFigure = false, .width = 2},
                                    {.title = ReportTexts::tr("To date")},
                                    {.title = ReportTexts::tr("Expected")},
                                    {.title = ReportTexts::tr("Budget")},
                                    {.title = ReportTexts::tr("Status"), .isFigure = false}}};
    for (const CostCentreSpend& centre : spend.centres)
        if (centre.standing.forecast)
            centres.rows.push_back({.cells = {{.value = budgetTitle(centre.standing.scope)},
                                              {.value = money.of(centre.standing.spent)},
                                              {.value = money.of(centre.standing.forecast->total)},
                                              {.value = money.of(centre.standing.budget)},
                                              {.value = statusText(centre.standing, money),
                                               .pill = standingTone(centre.standing.state)}}});
    std::vector<ReportBlock> all = {std::move(table)};
    if (!centres.rows.empty())
        all.push_back(std::move(centres));
    all.push_back(pastTable(spend, money));
    all.push_back(aheadTable(data, money));
    all.push_back(ReportText{
        .text = ReportTexts::tr(
                    "%1 of %2 days of the month are known whole. Low and high hold four of five outcomes: by how "
                    "far the same method was off on earlier days, when it did not know what came. The FinOps "
                    "yardstick for the error of a forecast is 20, 15 and 12 % for teams that crawl, walk and run.")
                    .arg(spend.knownDays)
                    .arg(spend.days),
        .isQuiet = true});
    return all;
}

} // namespace

ReportSection forecast()
{
    return {.id = "forecast",
            .title = QT_TRANSLATE_NOOP("ReportTexts", "Forecast"),
            .isInShortForm = false,
            .blocks = blocks};
}

} // namespace plumbline::sections
