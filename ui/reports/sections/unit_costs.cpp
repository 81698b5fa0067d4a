// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/items/format.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostFeatures = 25;

ReportTable unitTable(const ReportData& data, const ReportMoney& money)
{
    const SpendUnits& units = data.spend.units;
    const MoneySum cost = data.spend.budget.spent;
    ReportTable table{.title = translated("What a unit of work costs"),
                      .columns = {{.title = translated("Unit"), .isFigure = false, .width = 2},
                                  {.title = translated("How many")},
                                  {.title = translated("Cost of one")}}};
    const auto add = [&](const QString& name, std::int64_t count, MoneySum of) {
        table.rows.push_back({.cells = {{.value = name},
                                        {.value = count > 0 ? ReportValue(count) : ReportValue()},
                                        {.value = money.perUnit(of, count)}}});
    };
    add(translated("Call"), data.spend.total.calls, cost);
    add(translated("Trace (a piece of work)"), units.traces, cost);
    add(translated("Session, of calls that belong to one"), units.sessions, units.ofSessions);
    add(translated("User, of calls that name one"), units.users, units.ofUsers);
    return table;
}

ReportTable featureTable(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = translated("A call of each feature"),
                      .columns = {{.title = translated("Feature"), .isFigure = false, .width = 1.6},
                                  {.title = translated("Calls")},
                                  {.title = translated("Mean")},
                                  {.title = translated("On the month before")},
                                  {.title = translated("p50")},
                                  {.title = translated("p95")},
                                  {.title = translated("Tokens p50")},
                                  {.title = translated("Tokens p95")}},
                      .whenEmpty = translated("No calls.")};
    const auto unit = [&](const std::optional<Money>& cost) {
        return cost ? ReportValue(UnitCost{money.currency().of(*cost)}) : ReportValue();
    };
    const auto tokens = [](const std::optional<TokenCount>& count) {
        return count ? ReportValue(*count) : ReportValue();
    };
    for (const BreakdownRow& row : data.perFeature.rows) {
        if (table.rows.size() == mostFeatures)
            break;
        const Measures& now = row.measures;
        ReportValue change;
        if (row.baseline && row.baseline->calls > 0 && row.baseline->cost && *row.baseline->cost > MoneySum() &&
            now.calls > 0)
            change = ShareChange{now.cost.value_or(MoneySum()).dollars() / static_cast<double>(now.calls) /
                                     (row.baseline->cost->dollars() / static_cast<double>(row.baseline->calls)) -
                                 1};
        table.rows.push_back({.cells = {{.value = nameOf(row.keys[0])},
                                        {.value = now.calls},
                                        {.value = now.cost ? money.perUnit(*now.cost, now.calls) : ReportValue()},
                                        {.value = change},
                                        {.value = unit(row.percentiles.costP50)},
                                        {.value = unit(row.percentiles.costP95)},
                                        {.value = tokens(row.percentiles.tokensP50)},
                                        {.value = tokens(row.percentiles.tokensP95)}}});
    }
    return table;
}

/// How the cost of a call developed.
ReportTable monthTable(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = translated("A call, month by month"),
                      .columns = {{.title = translated("Month"), .isFigure = false, .width = 2},
                                  {.title = translated("Calls")},
                                  {.title = translated("Tokens a call")},
                                  {.title = translated("Cost of one")}}};
    std::vector<const BreakdownRow*> rows;
    for (const BreakdownRow& row : data.months.rows)
        rows.push_back(&row);
    std::sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->keys < b->keys; });
    for (const BreakdownRow* row : rows) {
        const Measures& of = row->measures;
        const auto month = ReportingCalendar::parseMonth(row->keys[0]);
        table.rows.push_back(
            {.cells = {{.value = month ? format::month(*month) : toQt(row->keys[0])},
                       {.value = of.calls},
                       {.value = of.tokens() && of.calls > 0 ? ReportValue(*of.tokens() / of.calls) : ReportValue()},
                       {.value = of.cost ? money.perUnit(*of.cost, of.calls) : ReportValue()}}});
    }
    return table;
}

ReportTable mixTable(const ReportData& data)
{
    const Measures& total = data.perFeature.total;
    ReportTable table{.title = translated("What the tokens were"),
                      .columns = {{.title = translated("Tokens"), .isFigure = false, .width = 2},
                                  {.title = translated("How many"), .isSummed = true},
                                  {.title = translated("Share")}}};
    const std::int64_t all = total.tokens().value_or(0);
    const auto add = [&](const QString& name, const std::optional<TokenCount>& count) {
        table.rows.push_back({.cells = {{.value = name},
                                        {.value = count ? ReportValue(*count) : ReportValue()},
                                        {.value = count && all > 0 ? ReportValue(Share{static_cast<double>(*count) /
                                                                                       static_cast<double>(all)})
                                                                   : ReportValue()}}});
    };
    add(translated("Input, not from a cache"), total.uncachedInput);
    add(translated("Input read from a cache"), total.cacheRead);
    add(translated("Input written to a cache"), total.cacheWrite);
    std::optional<TokenCount> visible = total.output;
    if (visible)
        *visible -= total.reasoning.value_or(0);
    add(translated("Output"), visible);
    add(translated("Reasoning"), total.reasoning);
    table.total = ReportRow{.cells = {{.value = translated("All tokens")},
                                      {.value = total.tokens() ? ReportValue(all) : ReportValue()},
                                      {.value = Share{1}}}};
    return table;
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    std::vector<ReportBlock> all = {unitTable(data, money), featureTable(data, money), mixTable(data),
                                    monthTable(data, money)};
    if (data.perFeature.rows.size() > mostFeatures)
        all.insert(all.begin() + 2,
                   ReportText{.text = translated("The %1 features that cost most of %2; all of them in the appendix.")
                                          .arg(mostFeatures)
                                          .arg(data.perFeature.rows.size()),
                              .isQuiet = true});
    all.push_back(
        ReportText{.text = translated("List prices with the discounts of the price book; shared costs are not "
                                      "spread over units. p50: half of the calls cost no more, p95: 95 of 100."),
                   .isQuiet = true});
    return all;
}

} // namespace

ReportSection unit_costs()
{
    return {.id = "unit-costs",
            .title = QT_TRANSLATE_NOOP("Report", "Unit economics"),
            .isInShortForm = false,
            .blocks = blocks};
}

} // namespace plumbline::sections
