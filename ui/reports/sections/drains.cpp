// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "model/analysis/drain.h"
#include "model/items/drain_tables.h"
#include "model/items/format.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostFindings = 10;
constexpr std::size_t mostRows = 12, mostColumns = 10;

ReportTable ledgerTable(const LedgerSums& ledger, const ReportMoney& money)
{
    const std::vector<ReportValue> parts =
        money.footed({ledger.waste, ledger.opportunity, ledger.useful()}, ledger.bill);
    const auto share = [&](MoneySum of) {
        return ledger.bill > MoneySum() ? ReportValue(Share{of.dollars() / ledger.bill.dollars()}) : ReportValue();
    };
    return {.title = ReportTexts::tr("Where the bill went"),
            .columns = {{.title = ReportTexts::tr("Part"), .isFigure = false, .width = 2},
                        {.title = ReportTexts::tr("Amount"), .isSummed = true},
                        {.title = ReportTexts::tr("Share")}},
            .rows = {{.cells = {{.value = ReportTexts::tr("Waste: nothing would have been lost without it")},
                                {.value = parts[0]},
                                {.value = share(ledger.waste)}}},
                     {.cells = {{.value = ReportTexts::tr("Opportunity: a policy that could be another")},
                                {.value = parts[1]},
                                {.value = share(ledger.opportunity)}}},
                     {.cells = {{.value = ReportTexts::tr("Useful")},
                                {.value = parts[2]},
                                {.value = share(ledger.useful())}}}},
            .total = ReportRow{.cells = {{.value = ReportTexts::tr("Bill")},
                                         {.value = money.of(ledger.bill)},
                                         {.value = share(ledger.bill)}}}};
}

/// The largest features and drains; what is behind them is in the totals of the table above.
ReportChart heatChart(const DrainsAnswer& drains, const ReportMoney& money)
{
    HeatGrid grid{.title = ReportTexts::tr("Waste and opportunity by feature and drain"),
                  .unit = money.code() == "USD"_L1 ? PlotUnit::Dollars : PlotUnit::Amount};
    const std::size_t rows = std::min(mostRows, drains.rows.size()),
                      columns = std::min(mostColumns, drains.columns.size());
    for (std::size_t row = 0; row < rows; ++row)
        grid.rows += nameOf(drains.rows[row]);
    for (std::size_t column = 0; column < columns; ++column)
        grid.columns += drainShortTitle(drains.columns[column]);
    grid.values.assign(rows, std::vector<std::optional<double>>(columns));
    std::map<std::pair<std::size_t, std::size_t>, MoneySum> sums;
    for (const DrainCell& cell : drains.cells)
        if (cell.row < rows && cell.column < columns)
            sums[{cell.row, cell.column}] += cell.money;
    for (const auto& [place, sum] : sums)
        grid.values[place.first][place.second] = money.currency().of(sum).dollars();
    grid.hasTotals = rows == drains.rows.size() && columns == drains.columns.size(); // else they would be of a part
    const double height = 96 + 26.0 * static_cast<double>(rows + 1);
    return {.title = grid.title, .plot = std::move(grid), .height = height};
}

ReportTable findingTable(const std::vector<DrainFinding>& findings, const SpendPlan& plan, const ReportMoney& money)
{
    const bool hasOwners = !plan.owners.empty();
    ReportTable table{.title = ReportTexts::tr("The largest findings"),
                      .columns = {{.title = ReportTexts::tr("Finding"), .isFigure = false, .width = 2},
                                  {.title = ReportTexts::tr("Calls")},
                                  {.title = ReportTexts::tr("Amount")},
                                  {.title = ReportTexts::tr("How sure"), .isFigure = false, .width = 0.9},
                                  {.title = ReportTexts::tr("What to do"), .isFigure = false, .width = 3.4}},
                      .whenEmpty = ReportTexts::tr("No waste was found in the calls that were looked at.")};
    if (hasOwners)
        table.columns.push_back({.title = ReportTexts::tr("Owner"), .isFigure = false});
    for (std::size_t i = 0; i < std::min(mostFindings, findings.size()); ++i) {
        const DrainFinding& finding = findings[i];
        const Drain* drain = drainOf(finding.drain);
        ReportRow row{
            .cells = {{.value = ReportTexts::tr("%1 in %2").arg(drainTitle(finding.drain), nameOf(finding.feature))},
                      {.value = finding.calls},
                      {.value = money.of(finding.money)},
                      {.value = confidenceTitle(finding.confidence), .pill = confidenceTone(finding.confidence)},
                      {.value = drain ? drainText(drain->advice) : QString()}}};
        if (hasOwners)
            row.cells.push_back({.value = toQt(ownerOf(plan, finding.feature))});
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    const auto findings = findingsOf(data.drains);
    std::vector<ReportBlock> all = {ledgerTable(data.drains.total, money)};
    if (!findings.empty())
        all.push_back(heatChart(data.drains, money));
    all.push_back(findingTable(findings, data.spend.plan, money));
    QString note = ReportTexts::tr("Every unit of money is in at most one drain: findings do not overlap, and add up.");
    if (data.drains.rows.size() > mostRows || data.drains.columns.size() > mostColumns)
        note += u' ' + ReportTexts::tr("The chart shows the %1 largest of %2 features and the %3 largest of %4 drains.")
                           .arg(std::min(mostRows, data.drains.rows.size()))
                           .arg(data.drains.rows.size())
                           .arg(std::min(mostColumns, data.drains.columns.size()))
                           .arg(data.drains.columns.size());
    if (data.drains.total.callsWaiting > 0)
        note += u' ' + ReportTexts::tr("%1 calls were not looked at yet: their bill stands as useful.")
                           .arg(format::count(data.drains.total.callsWaiting));
    if (data.spend.adjustment)
        note += u' ' + ReportTexts::tr(
                           "The month is closed; drains are those of today's rows, whose bill may differ from it.");
    all.push_back(ReportText{.text = note, .isQuiet = true});
    return all;
}

} // namespace

ReportSection drains()
{
    return {.id = "drains",
            .title = QT_TRANSLATE_NOOP("ReportTexts", "Where tokens drain away"),
            .isInShortForm = false,
            .blocks = blocks};
}

} // namespace plumbline::sections
