// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/format.h"
#include "model/items/spend_tables.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = ReportTexts::tr("Days that cost something else than their weekday does"),
                      .columns = {{.title = ReportTexts::tr("Day"), .isFigure = false, .width = 0.8},
                                  {.title = ReportTexts::tr("Feature"), .isFigure = false, .width = 1.6},
                                  {.title = ReportTexts::tr("Model"), .isFigure = false, .width = 1.6},
                                  {.title = ReportTexts::tr("Spent")},
                                  {.title = ReportTexts::tr("Usual")},
                                  {.title = ReportTexts::tr("Difference")},
                                  {.title = ReportTexts::tr("Driver"), .isFigure = false, .width = 1.2}},
                      .whenEmpty = ReportTexts::tr("No day stood out.")};
    for (const AnomalyRow& row : data.spend.anomalies) {
        const bool isMissing = row.score < 0 && row.spent.dollars() < row.expected.dollars() / 2;
        table.rows.push_back(
            {.cells = {{.value = format::day(row.day)},
                       {.value = row.feature.empty() ? ReportTexts::tr("All spend") : toQt(row.feature)},
                       {.value = toQt(row.model)},
                       {.value = money.of(row.spent)},
                       {.value = money.of(row.expected)},
                       {.value = money.change(row.spent - row.expected)},
                       {.value = isMissing    ? ReportTexts::tr("traces missing?")
                                 : row.driver ? factorTitle(*row.driver)
                                              : format::unknown(),
                        .pill = row.score < 0 ? Tone::Warning : Tone::Bad}}});
    }
    return {std::move(table),
            ReportText{.text = ReportTexts::tr(
                           "A day stands out when the spend of a feature and model is more than 4.5 robust "
                           "standard deviations off its weekday's, or 3.5 on two days running. A drop may "
                           "mean that traces are missing."),
                       .isQuiet = true}};
}

} // namespace

ReportSection anomalies()
{
    return {.id = "anomalies",
            .title = QT_TRANSLATE_NOOP("ReportTexts", "Unusual days"),
            .isInShortForm = false,
            .blocks = blocks};
}

} // namespace plumbline::sections
