// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/completeness_table.h"
#include "model/items/format.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

ReportTable accountTable(const ReportData& data)
{
    ReportTable table{.title = ReportTexts::tr("How much of the truth the figures cover"),
                      .columns = {{.title = ReportTexts::tr("What"), .isFigure = false, .width = 1.6},
                                  {.title = ReportTexts::tr("Number")},
                                  {.title = ReportTexts::tr("Share")},
                                  {.title = ReportTexts::tr("What it means"), .isFigure = false, .width = 3}}};
    CompletenessTable account;
    account.show(data.perFeature.completeness);
    for (const CompletenessLine& line : account.rows())
        table.rows.push_back(
            {.cells = {{.value = line.title},
                       {.value = line.count},
                       {.value = line.share ? ReportValue(Share{*line.share}) : ReportValue(QString())},
                       {.value = line.toolTip}}});
    return table;
}

ReportTable unpricedTable(const ReportData& data)
{
    ReportTable table{.title =
                          ReportTexts::tr("Models without a price (they are in no figure, and never counted as 0)"),
                      .columns = {{.title = ReportTexts::tr("Model"), .isFigure = false, .width = 2},
                                  {.title = ReportTexts::tr("Calls in the workspace")}},
                      .whenEmpty = ReportTexts::tr("Every model has a price.")};
    for (const auto& [model, calls] : data.prices.unpriced)
        table.rows.push_back({.cells = {{.value = nameOf(model)}, {.value = calls}}});
    return table;
}

ReportTable adjustmentTable(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = ReportTexts::tr("Closed months whose calls are no longer what they were"),
                      .columns = {{.title = ReportTexts::tr("Month"), .isFigure = false},
                                  {.title = ReportTexts::tr("Closed"), .isFigure = false},
                                  {.title = ReportTexts::tr("Calls since")},
                                  {.title = ReportTexts::tr("Adjustment")},
                                  {.title = ReportTexts::tr("Note"), .isFigure = false, .width = 2}}};
    for (const SpendAdjustment& of : data.spend.adjusted)
        table.rows.push_back({.cells = {{.value = format::month(of.month)},
                                        {.value = format::minute(of.closed, data.calendar)},
                                        {.value = of.calls},
                                        {.value = money.change(of.amount)},
                                        {.value = toQt(of.note)}}});
    return table;
}

ReportTable sourceTable(const ReportData& data)
{
    constexpr std::size_t mostSources = 40;
    ReportTable table{.title = ReportTexts::tr("Sources"),
                      .columns = {{.title = ReportTexts::tr("Source"), .isFigure = false, .width = 2.4},
                                  {.title = ReportTexts::tr("Import")},
                                  {.title = ReportTexts::tr("Format"), .isFigure = false, .width = 1.6},
                                  {.title = ReportTexts::tr("Records")},
                                  {.title = ReportTexts::tr("Calls")},
                                  {.title = ReportTexts::tr("Skipped")}},
                      .whenEmpty = ReportTexts::tr("Nothing was imported.")};
    for (const SourceRow& source : data.sources) {
        if (table.rows.size() == mostSources)
            break;
        table.rows.push_back({.cells = {{.value = toQt(source.name)},
                                        {.value = source.import},
                                        {.value = toQt(source.format)},
                                        {.value = source.records},
                                        {.value = source.calls},
                                        {.value = source.skipped}}});
    }
    return table;
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    std::vector<ReportBlock> all = {
        ReportText{
            .lead = ReportTexts::tr("Data quality %1.").arg(qualityOf(data)),
            .text = ReportTexts::tr("The cost of %1 of the month's calls is known. A from 99.5 %, B from 97 %, C from "
                                    "90 %, else D.")
                        .arg(format::percent(knownShare(data.spend)))},
        accountTable(data), unpricedTable(data)};
    if (!data.spend.adjusted.empty())
        all.push_back(adjustmentTable(data, money));
    all.push_back(sourceTable(data));
    return all;
}

} // namespace

ReportSection completeness()
{
    return {.id = "completeness",
            .title = QT_TRANSLATE_NOOP("ReportTexts", "Data completeness"),
            .isInShortForm = true,
            .blocks = blocks};
}

} // namespace plumbline::sections
