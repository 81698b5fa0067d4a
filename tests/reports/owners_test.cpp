// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>

#include "support/report_texts.h"
#include "support/spend_plans.h"
#include "support/two_months.h"

#include "model/items/format.h"
#include "ui/reports/report_csv.h"
#include "ui/reports/report_data.h"
#include "ui/reports/report_layout.h"
#include "ui/reports/report_section.h"

using namespace plumbline;
using namespace plumbline::test;
using namespace Qt::StringLiterals;

namespace {

Report reportWith(const SpendPlan& plan)
{
    const TemporaryWorkspace workspace;
    [&] { QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())})); }();
    setPlan(workspace, plan);
    return reportOf(*reportDataOf(*workspace.queries(), {}, october, {}, StopToken(), at("2026-11-20T00:00:00Z")));
}

/// The text in a column of the row of a name.
QString cellOf(const ReportTable& table, const QString& row, const QString& column)
{
    for (std::size_t at = 0; at < table.columns.size(); ++at)
        if (table.columns[at].title == column)
            for (const ReportRow& of : table.rows)
                if (textOf(of.cells[0].value, u"USD"_s) == row)
                    return textOf(of.cells[at].value, u"USD"_s);
    return u"no such cell"_s;
}

} // namespace

/// Who answers for a figure, whether a change passes, and what a unit of work should cost.
class OwnersTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsSaidOfAStepStandsBesideIt();
    void nothingIsPrintedOfWhatNobodySaid();
    void unitsAreHeldAgainstTheirTargets();
    void costOfACallIsOfCallsWhoseCostIsKnown();
    void sixMonthsOfAFeatureAreALine();
    void ownersStandBesideTheirFeatures();
};

void OwnersTest::whatIsSaidOfAStepStandsBesideIt()
{
    const Report report = reportWith({.notes = {{.month = october,
                                                 .step = "tokens-per-call",
                                                 .nature = ChangeNature::Structural,
                                                 .owner = "Ann",
                                                 .action = "shorten the history"},
                                                {.month = october, .step = "volume", .owner = "Bob"},
                                                {.month = september, .step = "price", .owner = "Nobody here"}}});
    const ReportTable& steps = tableOf(report, u"change"_s, u"From September 2026 to October 2026"_s);
    QCOMPARE(cellOf(steps, u"Tokens per call"_s, u"Nature"_s), u"structural"_s);
    QCOMPARE(cellOf(steps, u"Tokens per call"_s, u"Owner"_s), u"Ann"_s);
    QCOMPARE(cellOf(steps, u"Tokens per call"_s, u"What is done next"_s), u"shorten the history"_s);
    QCOMPARE(cellOf(steps, u"Volume"_s, u"Owner"_s), u"Bob"_s);
    QCOMPARE(cellOf(steps, u"Volume"_s, u"Nature"_s), QString());
    const QString text = textsOf(layOut(report));
    QVERIFY(text.contains(u"Agreed: shorten the history (Ann)."_s));
    QVERIFY(!text.contains(u"Nobody here"_s));
}

void OwnersTest::nothingIsPrintedOfWhatNobodySaid()
{
    const Report report = reportWith({});
    QCOMPARE(tableOf(report, u"change"_s, u"From September 2026 to October 2026"_s).columns.size(), std::size_t{3});
    QCOMPARE(tableOf(report, u"unit-costs"_s, u"What a unit of work costs"_s).columns.size(), std::size_t{3});
    QCOMPARE(tableOf(report, u"drains"_s, u"The largest findings"_s).columns.size(), std::size_t{5});
}

void OwnersTest::unitsAreHeldAgainstTheirTargets()
{
    // October: 31 days of a call of 6 M and one of 1 M tokens, 15 cents a million. A call costs 52.5 cents on average.
    const Report report = reportWith(
        {.targets = {{.unit = WorkUnit::Call, .most = *moneyFromDecimal("0.35")},
                     {.unit = WorkUnit::Trace, .from = november, .most = *moneyFromDecimal("0.01")},
                     {.unit = WorkUnit::Call, .feature = "chat", .most = *moneyFromDecimal("0.1")},
                     {.unit = WorkUnit::Call, .feature = "chat", .from = october, .most = *moneyFromDecimal("0.9")}}});
    const ReportTable& units = tableOf(report, u"unit-costs"_s, u"What a unit of work costs"_s);
    QCOMPARE(cellOf(units, u"Call of known cost"_s, u"Target"_s), u"$0.3500"_s);
    QCOMPARE(cellOf(units, u"Call of known cost"_s, u"Against it"_s), u"50.0% over"_s);
    QCOMPARE(cellOf(units, u"Trace (a piece of work)"_s, u"Target"_s), QString()); // not yet
    const ReportTable& features = tableOf(report, u"unit-costs"_s, u"Calls against their targets"_s);
    QCOMPARE(cellOf(features, u"chat"_s, u"Target"_s), u"$0.9000"_s);
    QCOMPARE(cellOf(features, u"chat"_s, u"Against it"_s), u"within it"_s); // 90 cents: at it is within it
    QCOMPARE(features.rows.size(), std::size_t{1});                         // search has none
}

/// What is in no cost is in no count it is divided by: the window says the same.
void OwnersTest::costOfACallIsOfCallsWhoseCostIsKnown()
{
    const TemporaryWorkspace workspace;
    std::string lines = twoMonths();
    for (int i = 0; i < 62; ++i) // as many again, of no known price
        lines += lineOf(
            {.number = 5000 + i, .time = "2026-10-12T10:00:00Z", .members = ",\"metadata\":{\"feature\":\"chat\"}"});
    for (std::size_t at = lines.find("\"id\":\"s5000\""); (at = lines.find("gpt-4o-mini", at)) != std::string::npos;)
        lines.replace(at, 11, "nobodys-own");
    QVERIFY(workspace.import({workspace.write("a.jsonl", lines)}));
    const Queries queries = *workspace.queries();
    const Report report = reportOf(*reportDataOf(queries, {}, october, {}, StopToken(), at("2026-11-20T00:00:00Z")));
    const ReportTable& units = tableOf(report, u"unit-costs"_s, u"What a unit of work costs"_s);
    QCOMPARE(cellOf(units, u"Call of known cost"_s, u"How many"_s), u"62"_s);
    QCOMPARE(cellOf(units, u"Call of known cost"_s, u"Cost of one"_s), u"$0.5250"_s); // 3.5 M tokens
    const ReportTable& features = tableOf(report, u"unit-costs"_s, u"A call of each feature"_s);
    QCOMPARE(cellOf(features, u"chat"_s, u"Mean"_s), u"$0.9000"_s);
}

void OwnersTest::sixMonthsOfAFeatureAreALine()
{
    const Report report = reportWith({});
    const ReportTable& features = tableOf(report, u"unit-costs"_s, u"A call of each feature"_s);
    std::vector<std::optional<double>> line;
    for (const ReportRow& row : features.rows)
        if (textOf(row.cells[0].value, u"USD"_s) == u"chat"_s)
            for (const ReportCell& cell : row.cells)
                if (!cell.line.empty())
                    line = cell.line;
    QCOMPARE(line.size(), std::size_t{6});
    QVERIFY(!line[0] && !line[3]); // nothing was traced then
    QCOMPARE(*line[4], 0.45);      // 3 M tokens
    QCOMPARE(*line[5], 0.9);
    bool isDrawn = false;
    for (const ReportPage& page : layOut(report).pages)
        for (const PlacedItem& item : page.items)
            isDrawn =
                isDrawn || (std::holds_alternative<PlacedLine>(item) && std::get<PlacedLine>(item).values == line);
    QVERIFY(isDrawn);
    QCOMPARE(withoutDrawings(features).columns.size(), features.columns.size() - 1); // machines do not read lines
}

void OwnersTest::ownersStandBesideTheirFeatures()
{
    const Report report = reportWith({.owners = {{.feature = "chat", .owner = "Team Support"}}});
    const ReportTable& movers = tableOf(report, u"movers"_s, u"Features that cost more"_s);
    QCOMPARE(cellOf(movers, u"chat"_s, u"Owner"_s), u"Team Support"_s);
    QCOMPARE(tableOf(report, u"drains"_s, u"The largest findings"_s).columns.back().title, u"Owner"_s);
}

QTEST_MAIN(OwnersTest)
#include "owners_test.moc"
