// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/items/format.h"
#include "model/items/ratios.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostFeatures = 25;

/// A target and whether what it is for is within it.
class Targets
{
public:
    Targets(const ReportData& data, const ReportMoney& money) : m_data(data), m_money(money) {}

    bool hasAnyOfUnits() const
    {
        const auto& targets = m_data.spend.plan.targets;
        return std::any_of(targets.begin(), targets.end(), [&](const UnitCostTarget& of) {
            return of.feature.empty() && of.from <= m_data.spend.month;
        });
    }
    static void addColumns(ReportTable& table)
    {
        table.columns.push_back({.title = ReportTexts::tr("Target")});
        table.columns.push_back({.title = ReportTexts::tr("Against it"), .isFigure = false, .width = 0.8});
    }
    void addCells(ReportRow& row, WorkUnit unit, const std::string& feature, MoneySum cost, std::int64_t count) const
    {
        const auto target = targetOf(m_data.spend.plan, unit, feature, m_data.spend.month);
        row.cells.push_back(
            {.value = target ? ReportValue(UnitCost{m_money.currency().of(*target)}) : ReportValue(QString())});
        if (!target || count <= 0) {
            row.cells.push_back({.value = QString()});
            return;
        }
        const double over = cost.dollars() / static_cast<double>(count) / MoneySum(*target).dollars() - 1;
        row.cells.push_back(
            {.value = over > 0 ? ReportTexts::tr("%1 over").arg(format::percent(over)) : ReportTexts::tr("within it"),
             .pill = over > 0 ? Tone::Bad : Tone::Good});
    }

private:
    const ReportData& m_data;
    const ReportMoney& m_money;
};

ReportTable unitTable(const ReportData& data, const ReportMoney& money)
{
    const SpendUnits& units = data.spend.units;
    const MoneySum cost = data.spend.budget.spent;
    const Targets targets(data, money);
    const bool hasTargets = targets.hasAnyOfUnits();
    ReportTable table{.title = ReportTexts::tr("What a unit of work costs"),
                      .columns = {{.title = ReportTexts::tr("Unit"), .isFigure = false, .width = 2},
                                  {.title = ReportTexts::tr("How many")},
                                  {.title = ReportTexts::tr("Cost of one")}}};
    if (hasTargets)
        Targets::addColumns(table);
    const auto add = [&](WorkUnit unit, const QString& name, std::int64_t count, MoneySum of) {
        ReportRow row{.cells = {{.value = name},
                                {.value = count > 0 ? ReportValue(count) : ReportValue()},
                                {.value = money.perUnit(of, count)}}};
        if (hasTargets)
            targets.addCells(row, unit, {}, of, count);
        table.rows.push_back(std::move(row));
    };
    add(WorkUnit::Call, ReportTexts::tr("Call of known cost"), ratios::pricedCalls(data.spend.total), cost);
    add(WorkUnit::Trace, ReportTexts::tr("Trace (a piece of work)"), units.traces, cost);
    add(WorkUnit::Session, ReportTexts::tr("Session, of calls that belong to one"), units.sessions, units.ofSessions);
    add(WorkUnit::User, ReportTexts::tr("User, of calls that name one"), units.users, units.ofUsers);
    return table;
}

/// What a call of a feature cost in each of the last six months.
std::vector<std::optional<double>> sixMonthsOf(const ReportData& data, const std::string& feature)
{
    constexpr std::int32_t months = 6;
    std::vector<std::optional<double>> line(months);
    for (const BreakdownRow& row : data.featureMonths.rows) {
        const auto month = ReportingCalendar::parseMonth(row.keys[1]);
        const std::int32_t back = month ? data.spend.month - *month : -1;
        const std::int64_t priced = ratios::pricedCalls(row.measures);
        if (row.keys[0] == feature && back >= 0 && back < months && priced > 0 && row.measures.cost)
            line[static_cast<std::size_t>(months - 1 - back)] =
                row.measures.cost->dollars() / static_cast<double>(priced);
    }
    return line;
}

ReportTable featureTable(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = ReportTexts::tr("A call of each feature"),
                      .columns = {{.title = ReportTexts::tr("Feature"), .isFigure = false, .width = 1.6},
                                  {.title = ReportTexts::tr("Calls")},
                                  {.title = ReportTexts::tr("Mean")},
                                  {.title = ReportTexts::tr("On the month before")},
                                  {.title = ReportTexts::tr("Six months"), .isFigure = false, .width = 0.8},
                                  {.title = ReportTexts::tr("p50")},
                                  {.title = ReportTexts::tr("p95")},
                                  {.title = ReportTexts::tr("Tokens p50")},
                                  {.title = ReportTexts::tr("Tokens p95")}},
                      .whenEmpty = ReportTexts::tr("No calls.")};
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
        const std::int64_t priced = ratios::pricedCalls(now);
        const std::int64_t pricedBefore = row.baseline ? ratios::pricedCalls(*row.baseline) : 0;
        if (pricedBefore > 0 && row.baseline->cost && *row.baseline->cost > MoneySum() && priced > 0)
            change = ShareChange{now.cost.value_or(MoneySum()).dollars() / static_cast<double>(priced) /
                                     (row.baseline->cost->dollars() / static_cast<double>(pricedBefore)) -
                                 1};
        table.rows.push_back({.cells = {{.value = nameOf(row.keys[0])},
                                        {.value = now.calls},
                                        {.value = now.cost ? money.perUnit(*now.cost, priced) : ReportValue()},
                                        {.value = change},
                                        {.value = QString(), .line = sixMonthsOf(data, row.keys[0])},
                                        {.value = unit(row.percentiles.costP50)},
                                        {.value = unit(row.percentiles.costP95)},
                                        {.value = tokens(row.percentiles.tokensP50)},
                                        {.value = tokens(row.percentiles.tokensP95)}}});
    }
    return table;
}

/// Features whose calls have a target, by falling spend.
ReportTable targetTable(const ReportData& data, const ReportMoney& money)
{
    const Targets targets(data, money);
    ReportTable table{.title = ReportTexts::tr("Calls against their targets"),
                      .columns = {{.title = ReportTexts::tr("Feature"), .isFigure = false, .width = 2},
                                  {.title = ReportTexts::tr("Cost of one")}}};
    Targets::addColumns(table);
    for (const BreakdownRow& row : data.perFeature.rows) {
        const Measures& now = row.measures;
        if (!targetOf(data.spend.plan, WorkUnit::Call, row.keys[0], data.spend.month) || now.calls == 0)
            continue;
        const MoneySum cost = now.cost.value_or(MoneySum());
        ReportRow cells{
            .cells = {{.value = nameOf(row.keys[0])}, {.value = money.perUnit(cost, ratios::pricedCalls(now))}}};
        targets.addCells(cells, WorkUnit::Call, row.keys[0], cost, ratios::pricedCalls(now));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

/// How the cost of a call developed.
ReportTable monthTable(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = ReportTexts::tr("A call, month by month"),
                      .columns = {{.title = ReportTexts::tr("Month"), .isFigure = false, .width = 2},
                                  {.title = ReportTexts::tr("Calls")},
                                  {.title = ReportTexts::tr("Tokens a call")},
                                  {.title = ReportTexts::tr("Cost of one")}}};
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
                       {.value = of.tokens() && ratios::callsWithUsage(of) > 0
                                     ? ReportValue(*of.tokens() / ratios::callsWithUsage(of))
                                     : ReportValue()},
                       {.value = of.cost ? money.perUnit(*of.cost, ratios::pricedCalls(of)) : ReportValue()}}});
    }
    return table;
}

ReportTable mixTable(const ReportData& data)
{
    const Measures& total = data.perFeature.total;
    ReportTable table{.title = ReportTexts::tr("What the tokens were"),
                      .columns = {{.title = ReportTexts::tr("Tokens"), .isFigure = false, .width = 2},
                                  {.title = ReportTexts::tr("How many"), .isSummed = true},
                                  {.title = ReportTexts::tr("Share")}}};
    const std::int64_t all = total.tokens().value_or(0);
    const auto add = [&](const QString& name, const std::optional<TokenCount>& count) {
        table.rows.push_back({.cells = {{.value = name},
                                        {.value = count ? ReportValue(*count) : ReportValue()},
                                        {.value = count && all > 0 ? ReportValue(Share{static_cast<double>(*count) /
                                                                                       static_cast<double>(all)})
                                                                   : ReportValue()}}});
    };
    add(ReportTexts::tr("Input, not from a cache"), total.uncachedInput);
    add(ReportTexts::tr("Input read from a cache"), total.cacheRead);
    add(ReportTexts::tr("Input written to a cache"), total.cacheWrite);
    std::optional<TokenCount> visible = total.output;
    if (visible)
        *visible -= total.reasoning.value_or(0);
    add(ReportTexts::tr("Output"), visible);
    add(ReportTexts::tr("Reasoning"), total.reasoning);
    table.total = ReportRow{.cells = {{.value = ReportTexts::tr("All tokens")},
                                      {.value = total.tokens() ? ReportValue(all) : ReportValue()},
                                      {.value = Share{1}}}};
    return table;
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    std::vector<ReportBlock> all = {unitTable(data, money)};
    if (ReportTable targets = targetTable(data, money); !targets.rows.empty())
        all.push_back(std::move(targets));
    all.push_back(featureTable(data, money));
    if (data.perFeature.rows.size() > mostFeatures)
        all.push_back(
            ReportText{.text = ReportTexts::tr("The %1 features that cost most of %2; all of them in the appendix.")
                                   .arg(mostFeatures)
                                   .arg(data.perFeature.rows.size()),
                       .isQuiet = true});
    all.push_back(mixTable(data));
    all.push_back(monthTable(data, money));
    all.push_back(ReportText{
        .text = ReportTexts::tr("Of calls whose cost is known, at the prices of the price book; shared costs are not "
                                "spread over units. p50: half of the calls cost no more, p95: 95 of 100."),
        .isQuiet = true});
    return all;
}

} // namespace

ReportSection unit_costs()
{
    return {.id = "unit-costs",
            .title = QT_TRANSLATE_NOOP("ReportTexts", "Unit economics"),
            .isInShortForm = false,
            .blocks = blocks};
}

} // namespace plumbline::sections
