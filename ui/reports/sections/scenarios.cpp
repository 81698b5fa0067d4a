// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/items/format.h"
#include "model/items/what_if_tables.h"
#include "model/simulation/lever.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

/// The highest class of what a scenario pulls: what its answers may lose.
QString riskOf(const Scenario& scenario)
{
    RiskClass worst = RiskClass::None;
    for (const LeverUse& use : scenario.levers)
        if (const Lever* lever = leverOf(use.lever); lever && use.isOn)
            worst = std::max(worst, lever->risk);
    return riskTitle(worst);
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = ReportTexts::tr("Scenarios that were saved"),
                      .columns = {{.title = ReportTexts::tr("Scenario"), .isFigure = false, .width = 1.6},
                                  {.title = ReportTexts::tr("What is different"), .isFigure = false, .width = 2.6},
                                  {.title = ReportTexts::tr("Promised a month")},
                                  {.title = ReportTexts::tr("Realised a month")},
                                  {.title = ReportTexts::tr("Risk"), .isFigure = false, .width = 0.7},
                                  {.title = ReportTexts::tr("Done since"), .isFigure = false, .width = 0.9}},
                      .whenEmpty = ReportTexts::tr("None was saved: build one on the What-if page and save it.")};
    for (const ScenarioRow& row : data.scenarios) {
        QStringList levers;
        for (const LeverUse& use : row.saved.scenario.levers)
            if (use.isOn)
                levers += leverTitle(use.lever);
        table.rows.push_back(
            {.cells = {{.value = toQt(row.saved.scenario.name)},
                       {.value = levers.join(u", "_s)},
                       {.value = money.of(row.saved.promised)},
                       {.value = row.realised ? money.of(*row.realised) : ReportValue()},
                       {.value = riskOf(row.saved.scenario), .pill = Tone::Neutral},
                       {.value = row.saved.since ? format::day(data.calendar.dayOf(*row.saved.since)) : QString()}}});
    }
    return {std::move(table),
            ReportText{.text = ReportTexts::tr(
                           "A scenario's promise is what its levers saved together when it was saved, each "
                           "after those before it: its levers do not overlap. Scenarios may: they are not "
                           "added up. Realised is what traces of the calls its levers are about cost less "
                           "since it is done, against as many of the same features in the thirty days before; "
                           "requests that are no longer made at all are not seen by it. The risk is the "
                           "highest of its levers'."),
                       .isQuiet = true}};
}

} // namespace

ReportSection scenarios()
{
    return {.id = "scenarios",
            .title = QT_TRANSLATE_NOOP("ReportTexts", "Savings scenarios"),
            .isInShortForm = false,
            .blocks = blocks};
}

} // namespace plumbline::sections
