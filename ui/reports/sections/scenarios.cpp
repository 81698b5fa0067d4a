// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/format.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = translated("Scenarios that were saved"),
                      .columns = {{.title = translated("Scenario"), .isFigure = false, .width = 1.6},
                                  {.title = translated("What is different"), .isFigure = false, .width = 2.6},
                                  {.title = translated("Promised a month")},
                                  {.title = translated("Realised a month")},
                                  {.title = translated("Done since"), .isFigure = false, .width = 0.9}},
                      .whenEmpty = translated("None was saved: build one on the What-if page and save it.")};
    for (const ScenarioRow& row : data.scenarios) {
        QStringList levers;
        for (const LeverUse& use : row.saved.scenario.levers)
            if (use.isOn)
                levers += toQt(use.lever);
        table.rows.push_back(
            {.cells = {{.value = toQt(row.saved.scenario.name)},
                       {.value = levers.join(u", "_s)},
                       {.value = money.of(row.saved.promised)},
                       {.value = row.realised ? money.of(*row.realised) : ReportValue()},
                       {.value = row.saved.since ? format::day(data.calendar.dayOf(*row.saved.since)) : QString()}}});
    }
    return {
        std::move(table),
        ReportText{.text = translated("A scenario's promise is what its levers saved together when it was saved, each "
                                      "after those before it: its levers do not overlap. Scenarios may: they are not "
                                      "added up. Realised is what traces cost less since it is done, against as many "
                                      "of the same features in the thirty days before. What a lever may cost in "
                                      "quality stands beside it on the What-if page."),
                   .isQuiet = true}};
}

} // namespace

ReportSection scenarios()
{
    return {.id = "scenarios",
            .title = QT_TRANSLATE_NOOP("Report", "Savings scenarios"),
            .isInShortForm = false,
            .blocks = blocks};
}

} // namespace plumbline::sections
