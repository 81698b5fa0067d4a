// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>

#include <algorithm>
#include <map>

#include "model/items/format.h"
#include "model/items/spend_tables.h"
#include "ui/pages/spend_charts.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

QString fingerprintMark()
{
    return u"(fingerprint)"_s;
}

ReportValue relative(MoneySum now, MoneySum before)
{
    if (before <= MoneySum())
        return {};
    return ShareChange{(now - before).dollars() / before.dollars()};
}

QString nameOf(const std::string& name)
{
    return name.empty() ? ReportTexts::tr("(none)") : toQt(name);
}

double knownShare(const SpendAnswer& spend)
{
    const std::int64_t calls = spend.total.calls;
    const std::int64_t unknown = spend.total.callsWithoutUsage + spend.total.unpricedCalls;
    return calls > 0 ? static_cast<double>(calls - unknown) / static_cast<double>(calls) : 1;
}

bool isReconciled(const SpendAnswer& spend)
{
    const auto& rows = spend.reconciliation;
    return spend.isOver && !rows.empty() && std::all_of(rows.begin(), rows.end(), [](const ReconciliationRow& row) {
               return row.billed && row.isMatched;
           });
}

QString qualityOf(const ReportData& data)
{
    if (data.spend.total.calls == 0)
        return format::unknown();
    const double known = knownShare(data.spend);
    return known >= 0.995 ? u"A"_s : known >= 0.97 ? u"B"_s : known >= 0.9 ? u"C"_s : u"D"_s;
}

std::vector<DrainFinding> findingsOf(const DrainsAnswer& drains)
{
    std::map<std::pair<std::size_t, std::size_t>, DrainFinding> found;
    for (const DrainCell& cell : drains.cells) {
        DrainFinding& finding = found[{cell.row, cell.column}];
        finding.feature = drains.rows[cell.row];
        finding.drain = drains.columns[cell.column];
        finding.calls += cell.calls;
        finding.money += cell.money;
        finding.confidence = std::max(finding.confidence, cell.confidence);
    }
    std::vector<DrainFinding> all;
    for (auto& [place, finding] : found)
        if (finding.money > MoneySum())
            all.push_back(std::move(finding));
    std::stable_sort(all.begin(), all.end(),
                     [](const DrainFinding& a, const DrainFinding& b) { return a.money > b.money; });
    return all;
}

namespace {

QString meaningOf(spend::Factor factor, bool isMore)
{
    switch (factor) {
    case spend::Factor::Volume:
        return isMore ? ReportTexts::tr("more work was done") : ReportTexts::tr("less work was done");
    case spend::Factor::FeatureMix:
        return isMore ? ReportTexts::tr("work moved to costlier features")
                      : ReportTexts::tr("work moved to cheaper features");
    case spend::Factor::CallsPerTrace:
        return isMore ? ReportTexts::tr("a piece of work took more calls")
                      : ReportTexts::tr("a piece of work took fewer calls");
    case spend::Factor::ModelMix:
        return isMore ? ReportTexts::tr("costlier models answered") : ReportTexts::tr("cheaper models answered");
    case spend::Factor::TokensPerCall:
        return isMore ? ReportTexts::tr("calls grew longer") : ReportTexts::tr("calls grew shorter");
    case spend::Factor::CacheShare:
        return isMore ? ReportTexts::tr("less came from the cache, or more was output")
                      : ReportTexts::tr("more came from the cache, or less was output");
    case spend::Factor::Price:
        break;
    }
    return isMore ? ReportTexts::tr("a token cost more") : ReportTexts::tr("a token cost less");
}

QString meaningOf(const ChangeStep& step)
{
    for (std::size_t i = 0; i < spend::factorCount; ++i)
        if (const auto factor = static_cast<spend::Factor>(i); spend::idOf(factor) == step.id)
            return meaningOf(factor, step.cents > 0);
    return step.id == "new" ? ReportTexts::tr("features were new") : ReportTexts::tr("features were retired");
}

} // namespace

bool isAdjusted(const ReportData& data)
{
    const auto& adjustment = data.spend.adjustment;
    return adjustment && (adjustment->calls != 0 || adjustment->amount != MoneySum() || !adjustment->calendar.empty());
}

GroupCells cellsOf(const std::vector<ReportGroup>& groups, const ReportData& data, const ReportMoney& money)
{
    std::vector<MoneySum> before, now;
    for (const ReportGroup& group : groups) {
        before.push_back(group.costBefore);
        now.push_back(group.cost);
    }
    return {.before = money.footed(before, data.spend.totalBaseline.cost.value_or(MoneySum())),
            .now = money.footed(now, data.spend.budget.spent)};
}

ChangeSteps changeStepsOf(const ReportData& data, const ReportMoney& money)
{
    const spend::Variance& variance = data.spend.variance;
    ChangeSteps change{.before = money.cents(data.spend.totalBaseline.cost.value_or(MoneySum())),
                       .after = money.cents(data.spend.budget.spent)};
    std::vector<double> parts;
    for (const ChangeStep& step : changeSteps(variance)) {
        change.steps.push_back({.id = step.id, .name = step.title, .meaning = meaningOf(step)});
        const auto& rate = money.currency().rate;
        parts.push_back(static_cast<double>(step.cents) * (rate ? static_cast<double>(rate->nanos) / 1e9 : 1));
    }
    if (change.steps.empty() && change.before != change.after) { // less than a cent each
        change.steps.push_back(
            {.name = ReportTexts::tr("All of it"), .meaning = ReportTexts::tr("less than a cent each")});
        parts.push_back(0);
    }
    const std::vector<std::int64_t> cents = spend::apportioned(parts, change.after - change.before);
    for (std::size_t i = 0; i < cents.size(); ++i)
        change.steps[i].cents = cents[i];
    return change;
}

ReportChart changeChart(const ReportData& data, const ReportMoney& money)
{
    PlotSpec plot = varianceChart(data.spend, data.calendar);
    auto& waterfall = std::get<Waterfall>(plot);
    const ChangeSteps change = changeStepsOf(data, money);
    if (money.code() != u"USD"_s) {
        waterfall.unit = PlotUnit::Amount;
        if (waterfall.values.size() == change.steps.size() + 2) {
            waterfall.values.front() = static_cast<double>(change.before) / 100;
            for (std::size_t i = 0; i < change.steps.size(); ++i)
                waterfall.values[i + 1] = static_cast<double>(change.steps[i].cents) / 100;
            waterfall.values.back() = static_cast<double>(change.after) / 100;
        }
    }
    return {.title = ReportTexts::tr("What changed"), .plot = std::move(plot)};
}

QString statusText(const BudgetStanding& standing, const ReportMoney& money)
{
    return standing.state == BudgetState::Over
               ? ReportTexts::tr("over by %1").arg(money.text(standing.expected() - *standing.budget))
               : standingText(standing);
}

namespace {

std::vector<ReportColumn> standingColumns(const QString& of)
{
    return {{.title = of, .isFigure = false, .width = 2},
            {.title = ReportTexts::tr("Budget")},
            {.title = ReportTexts::tr("Actual"), .isSummed = true},
            {.title = ReportTexts::tr("Used")},
            {.title = ReportTexts::tr("Used of the budget"), .isFigure = false, .width = 1.6},
            {.title = ReportTexts::tr("Status"), .isFigure = false, .width = 1.4}};
}

ReportRow standingRow(const QString& name, const BudgetStanding& standing, const ReportValue& value, bool isShared,
                      const ReportMoney& money)
{
    std::optional<double> used;
    if (standing.budget && standing.budget->dollars() > 0)
        used = standing.spent.dollars() / standing.budget->dollars();
    const Tone tone = standingTone(standing.state);
    const QString status = isShared ? ReportTexts::tr("shared out") : statusText(standing, money);
    const ReportValue share = used ? ReportValue(Share{*used}) : ReportValue();
    return {.cells = {{.value = name},
                      {.value = money.of(standing.budget)},
                      {.value = value},
                      {.value = share},
                      {.value = used ? share : ReportValue(QString()), .pill = tone, .isBar = used.has_value()},
                      {.value = status, .pill = isShared ? Tone::Neutral : tone}}};
}

} // namespace

ReportTable budgetTable(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = ReportTexts::tr("Other budgets"), .columns = standingColumns(ReportTexts::tr("For"))};
    table.columns[2].isSummed = false; // they overlap
    for (const BudgetStanding& standing : data.spend.budgets)
        table.rows.push_back(
            standingRow(budgetTitle(standing.scope), standing, money.of(standing.spent), false, money));
    return table;
}

ReportTable centreTable(const ReportData& data, const ReportMoney& money)
{
    const SpendAnswer& spend = data.spend;
    ReportTable table{.title = ReportTexts::tr("Spend by cost centre"),
                      .columns = standingColumns(ReportTexts::tr("Cost centre")),
                      .whenEmpty = ReportTexts::tr("No cost centre is defined: all spend stands below as one.")};
    std::vector<MoneySum> spent;
    for (const CostCentreSpend& centre : spend.centres)
        spent.push_back(centre.standing.spent);
    const std::vector<ReportValue> actual = money.footed(spent, spend.budget.spent);
    for (std::size_t i = 0; i < spend.centres.size(); ++i) {
        const CostCentreSpend& centre = spend.centres[i];
        table.rows.push_back(standingRow(budgetTitle(centre.standing.scope), centre.standing, actual[i],
                                         centre.split != SplitKey::None, money));
    }
    table.total = standingRow(ReportTexts::tr("All spend"), spend.budget, money.of(spend.budget.spent), false, money);
    return table;
}

} // namespace plumbline::sections
