// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QFontMetricsF>

#include "support/generations.h"
#include "support/report_texts.h"
#include "support/spend_plans.h"
#include "support/workspace.h"

#include <cmath>
#include <map>
#include <set>

#include "model/items/format.h"
#include "ui/charts/plot_painter.h"
#include "ui/reports/page_painter.h"
#include "ui/reports/report_csv.h"
#include "ui/reports/report_data.h"
#include "ui/reports/report_layout.h"
#include "ui/reports/report_pdf.h"
#include "ui/reports/report_section.h"

using namespace plumbline;
using namespace Qt::StringLiterals;
using plumbline::test::lineOf;
using plumbline::test::setPlan;
using plumbline::test::tableOf;
using plumbline::test::TemporaryWorkspace;
using plumbline::test::textsOf;

namespace {

constexpr std::int32_t august = 2026 * 12 + 7;

/// What is wrong with how a report stands on its pages; empty: nothing.
QStringList complaintsAbout(const ReportLayout& layout)
{
    QStringList wrong;
    for (std::size_t page = 0; page < layout.pages.size(); ++page) {
        std::vector<const PlacedText*> texts;
        for (const PlacedItem& item : layout.pages[page].items) {
            const QRectF place = std::visit([](const auto& of) { return of.place; }, item);
            if (place.left() < 0 || place.top() < 0 || place.right() > layout.size.width() + 0.5 ||
                place.bottom() > layout.size.height() + 0.5)
                wrong += u"page %1: something stands beside the paper"_s.arg(page + 1);
            if (const auto* text = std::get_if<PlacedText>(&item)) {
                texts.push_back(text);
                if (QFontMetricsF(text->font).horizontalAdvance(text->text) > text->place.width() + 0.5)
                    wrong += u"page %1: cut off: %2"_s.arg(page + 1).arg(text->text);
            }
            if (const auto* pill = std::get_if<PlacedPill>(&item))
                if (QFontMetricsF(QFont(u"Inter"_s, 8)).horizontalAdvance(pill->text) > pill->place.width())
                    wrong += u"page %1: cut off: %2"_s.arg(page + 1).arg(pill->text);
        }
        for (std::size_t a = 0; a < texts.size(); ++a)
            for (std::size_t b = a + 1; b < texts.size(); ++b) {
                const auto inkOf = [](const PlacedText& of) {
                    const double width = QFontMetricsF(of.font).horizontalAdvance(of.text);
                    const double left = of.alignment & Qt::AlignRight ? of.place.right() - width : of.place.left();
                    return QRectF(left, of.place.center().y() - 4, width, 8);
                };
                if (!texts[a]->text.isEmpty() && !texts[b]->text.isEmpty() &&
                    inkOf(*texts[a]).adjusted(0.5, 0.5, -0.5, -0.5).intersects(inkOf(*texts[b])))
                    wrong += u"page %1: “%2” runs into “%3”"_s.arg(page + 1).arg(texts[a]->text, texts[b]->text);
            }
    }
    return wrong;
}

/// A month of so many calls of a model and tokens, in August 2026.
std::string calls(int count, const char* model, qint64 input)
{
    std::string lines;
    for (int i = 0; i < count; ++i)
        lines += "{\"id\":\"s" + std::to_string(i) + "\",\"traceId\":\"t" + std::to_string(i) +
                 "\",\"type\":\"GENERATION\",\"model\":\"" + model +
                 "\",\"startTime\":\"2026-08-15T10:00:00Z\",\"usageDetails\":{\"input\":" + std::to_string(input) +
                 ",\"output\":0},\"metadata\":{\"feature\":\"chat\"}}\n";
    return lines;
}

} // namespace

/// How reports stand on pages.
class PagesTest : public QObject
{
    Q_OBJECT

private slots:
    void monthsOfAnySize_data();
    void monthsOfAnySize();
    void aLongTableGoesOn();
    void headingsNeverStandAlone();
    void longNamesBreak();
    void amountsRead_data();
    void amountsRead();
    void whatIsLeftOutIsNotThere();
    void theSameFigureReadsTheSameEverywhere();
    void aMonthWithoutCallsIsNotGood();
    void everyBudgetIsPrinted();
    void theFingerprintIsOfAllThatIsSaid();
    void headingsBreakBetweenWords();
    void anEndlessNameIsCutOff();
    void formulasInCsvAreTexts();
};

void PagesTest::monthsOfAnySize_data()
{
    QTest::addColumn<QString>("lines");
    QTest::addColumn<QString>("said"); ///< stands somewhere in the report
    const auto text = [](const std::string& lines) { return QString::fromStdString(lines); };
    const std::string elsewhere = lineOf({.number = 9000, .time = "2026-05-01T10:00:00Z"});
    QTest::newRow("no calls in it") << text(elsewhere) << u"No calls were traced in August 2026"_s;
    QTest::newRow("one call") << text(calls(1, "gpt-4o-mini", 20'000'000)) << u"$3.00"_s; // $0.15 a million
    // Seven tokens at $0.15 a million.
    QTest::newRow("a millionth of a dollar") << text(calls(1, "gpt-4o-mini", 7)) << u"$0.000001050"_s;
    // 4 billion tokens at $15 a million, 667 times.
    QTest::newRow("forty million dollars") << text(calls(667, "claude-opus-4", 4'000'000'000)) << u"$40,020,000.00"_s;
    QTest::newRow("no price") << text(calls(3, "nobodys-model", 100)) << u"nobodys-model"_s;
}

void PagesTest::monthsOfAnySize()
{
    QFETCH(QString, lines);
    QFETCH(QString, said);
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", lines.toStdString())}));
    for (const PaperSize paper : {PaperSize::A4, PaperSize::Letter})
        for (const ReportForm form : {ReportForm::Long, ReportForm::Short}) {
            const auto data = reportDataOf(*workspace.queries(), {.company = "Acme", .form = form, .paper = paper},
                                           august, {}, StopToken());
            QVERIFY2(data.has_value(), data ? "" : data.error().text().c_str());
            const Report report = reportOf(*data);
            const ReportLayout layout = layOut(report);
            const QStringList wrong = complaintsAbout(layout);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
            QVERIFY2(textsOf(layout).contains(said), qPrintable(textsOf(layout)));
            QVERIFY(!textsOf(layout).contains(u"nan"_s) && !textsOf(layout).contains(u"inf%"_s));
            QVERIFY(pdfOf(report)->startsWith("%PDF"));
        }
}

void PagesTest::aLongTableGoesOn()
{
    constexpr int rows = 2000;
    ReportTable table{.title = u"All of them"_s,
                      .columns = {{.title = u"Feature"_s, .isFigure = false}, {.title = u"Spend"_s, .isSummed = true}},
                      .total = ReportRow{.cells = {{.value = u"All spend"_s}, {.value = Cents{rows * 100}}}}};
    for (int row = 0; row < rows; ++row)
        table.rows.push_back({.cells = {{.value = u"feature-%1"_s.arg(row)}, {.value = Cents{100}}}});
    const ReportLayout layout = layOut(
        {.title = u"August"_s, .currency = u"USD"_s, .parts = {{.id = u"a"_s, .title = u"A"_s, .blocks = {table}}}});
    QVERIFY(layout.pages.size() > 30);
    QVERIFY(complaintsAbout(layout).isEmpty());
    std::set<QString> seen;
    for (const ReportPage& page : layout.pages) {
        const QStringList texts = textsOf(page).split(u'\n');
        QVERIFY(texts.contains(u"Feature"_s) && texts.contains(u"Spend"_s)); // headings on every page
        for (const QString& text : texts)
            if (text.startsWith(u"feature-"_s))
                seen.insert(text);
    }
    QCOMPARE(seen.size(), std::size_t{rows});
    QVERIFY(textsOf(layout.pages.back()).contains(u"$2,000.00"_s));
}

void PagesTest::headingsNeverStandAlone()
{
    // Whatever stands before it: the title of a table is on the page of its first rows, the total on that of its last.
    for (int before = 0; before < 60; ++before) {
        ReportTable first{.columns = {{.title = u"x"_s, .isFigure = false}}};
        for (int row = 0; row < before; ++row)
            first.rows.push_back({.cells = {{.value = u"filler"_s}}});
        ReportTable second{.title = u"Second"_s,
                           .columns = {{.title = u"y"_s, .isFigure = false}},
                           .total = ReportRow{.cells = {{.value = u"Total"_s}}}};
        for (int row = 0; row < 5; ++row)
            second.rows.push_back({.cells = {{.value = u"row-%1"_s.arg(row)}}});
        const ReportLayout layout =
            layOut({.title = u"t"_s, .currency = u"USD"_s, .parts = {{.title = u"p"_s, .blocks = {first, second}}}});
        for (const ReportPage& page : layout.pages) {
            const QString texts = textsOf(page);
            QCOMPARE(texts.contains(u"Second"_s), texts.contains(u"row-0"_s));
            QVERIFY(!texts.contains(u"Total"_s) || texts.contains(u"row-4"_s));
            QVERIFY(!texts.contains(u"Second"_s) || texts.contains(u"row-2"_s));
        }
    }
}

void PagesTest::longNamesBreak()
{
    const QString endless = QString(400, u'x');
    ReportTable table{.title = endless,
                      .columns = {{.title = endless, .isFigure = false},
                                  {.title = u"Spend"_s},
                                  {.title = u"Status"_s, .isFigure = false}},
                      .rows = {{.cells = {{.value = endless},
                                          {.value = Cents{4'000'000'000'000}},
                                          {.value = u"over by $4,400,000.00"_s, .pill = Tone::Bad}}}}};
    const ReportLayout layout = layOut({.company = u"Acme"_s,
                                        .title = u"August"_s,
                                        .currency = u"USD"_s,
                                        .parts = {{.title = u"A"_s, .blocks = {table}}}});
    const QStringList wrong = complaintsAbout(layout);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    QCOMPARE(textsOf(layout).count(u'x'), 1200);
}

void PagesTest::amountsRead_data()
{
    QTest::addColumn<ReportValue>("value");
    QTest::addColumn<QString>("currency");
    QTest::addColumn<QString>("text");
    QTest::newRow("cents") << ReportValue(Cents{6506}) << u"USD"_s << u"$65.06"_s;
    QTest::newRow("thousands") << ReportValue(Cents{-123'456'789}) << u"EUR"_s << u"−€1,234,567.89"_s;
    QTest::newRow("more") << ReportValue(CentsChange{5}) << u"USD"_s << u"+$0.05"_s;
    QTest::newRow("less") << ReportValue(CentsChange{-5}) << u"USD"_s << u"−$0.05"_s;
    QTest::newRow("no change") << ReportValue(CentsChange{0}) << u"USD"_s << u"$0.00"_s;
    QTest::newRow("another currency") << ReportValue(Cents{100}) << u"CHF"_s << u"CHF\u00a01.00"_s;
    QTest::newRow("a call") << ReportValue(UnitCost{MoneySum(Money(8'092'604'283))}) << u"USD"_s << u"$0.008093"_s;
    QTest::newRow("a costly call") << ReportValue(UnitCost{MoneySum::ofCents(250)}) << u"USD"_s << u"$2.50"_s;
    QTest::newRow("unknown") << ReportValue() << u"USD"_s << u"–"_s;
    QTest::newRow("least") << ReportValue(Cents{std::numeric_limits<std::int64_t>::min()}) << u"USD"_s
                           << u"−$92,233,720,368,547,758.08"_s;
}

void PagesTest::amountsRead()
{
    QFETCH(ReportValue, value);
    QFETCH(QString, currency);
    QFETCH(QString, text);
    QCOMPARE(textOf(value, currency), text);
}

void PagesTest::whatIsLeftOutIsNotThere()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", calls(2, "gpt-4o-mini", 1'000'000))}));
    const auto partsOf = [&](ReportDefinition definition) {
        QStringList ids;
        for (const ReportPart& part :
             reportOf(*reportDataOf(*workspace.queries(), definition, august, {}, StopToken())).parts)
            ids += part.id;
        return ids;
    };
    const QStringList all = partsOf({});
    QCOMPARE(all.size(), static_cast<qsizetype>(allReportSections().size()));
    QStringList wanted = all;
    wanted.removeAll(u"drains"_s);
    wanted.removeAll(u"appendix"_s);
    QCOMPARE(partsOf({.leftOut = {"drains", "appendix"}}), wanted);
    QCOMPARE(partsOf({.form = ReportForm::Short}),
             (QStringList{u"summary"_s, u"change"_s, u"allocation"_s, u"reconciliation"_s, u"completeness"_s,
                          u"methodology"_s}));
}

namespace {

/// Three features whose costs round to other cents than they add up to, in July and August.
std::string threeFeatures()
{
    std::string lines;
    int number = 0;
    for (const char* month : {"07", "08"})
        for (const auto& [feature, tokens] : {std::pair("a", 33'000), std::pair("b", 36'600), std::pair("c", 36'600)})
            lines += lineOf({.number = ++number,
                             .time = std::string("2026-") + month + "-10T10:00:00Z",
                             .members = std::string(",\"metadata\":{\"feature\":\"") + feature + "\"}",
                             .input = tokens * (*month == '0' && month[1] == '8' ? 1'000 : 900)});
    return lines;
}

Report reportFor(const TemporaryWorkspace& workspace, std::int32_t month = august)
{
    return reportOf(*reportDataOf(*workspace.queries(), {}, month, {}, StopToken()));
}

} // namespace

void PagesTest::theSameFigureReadsTheSameEverywhere()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", threeFeatures())}));
    const Report report = reportFor(workspace);
    std::map<QString, std::vector<ReportCell>> inAppendix;
    for (const ReportRow& row : tableOf(report, u"appendix"_s, u"All features"_s).rows)
        inAppendix[textOf(row.cells[0].value, u"USD"_s)] = {row.cells[3], row.cells[4], row.cells[5]};
    const ReportTable& movers = tableOf(report, u"movers"_s, u"Features that cost more"_s);
    QCOMPARE(movers.rows.size(), std::size_t{3});
    for (const ReportRow& row : movers.rows)
        QCOMPARE((std::vector<ReportCell>{row.cells[1], row.cells[2], row.cells[3]}),
                 inAppendix[textOf(row.cells[0].value, u"USD"_s)]);
    // And each row's difference is that of its printed figures.
    for (const ReportRow& row :
         tableOf(report, u"reconciliation"_s, u"What providers billed, and what was traced"_s).rows)
        QVERIFY(std::holds_alternative<std::monostate>(row.cells[3].value)); // no bill: no difference
}

void PagesTest::aMonthWithoutCallsIsNotGood()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", lineOf({.number = 1, .time = "2026-05-01T10:00:00Z"}))}));
    setPlan(workspace, {.budgets = {{.from = august, .cents = 900}}});
    const QString text = textsOf(layOut(reportFor(workspace)));
    QVERIFY2(!text.contains(u"favourable"_s) && !text.contains(u"quality A"_s), qPrintable(text));
    QVERIFY(text.contains(u"nothing traced"_s));
}

void PagesTest::everyBudgetIsPrinted()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", threeFeatures())}));
    setPlan(workspace, {.budgets = {{.scope = {"feature", "b"}, .from = august, .cents = 100}}});
    const Report report = reportFor(workspace);
    const ReportTable& table = tableOf(report, u"summary"_s, u"Other budgets"_s);
    QCOMPARE(table.rows.size(), std::size_t{1});
    QCOMPARE(textOf(table.rows[0].cells[0].value, u"USD"_s), u"Feature b"_s);
    QVERIFY(textOf(table.rows[0].cells[5].value, u"USD"_s).startsWith(u"over by $4.49"_s)); // 36.6 M × $0.15
}

void PagesTest::theFingerprintIsOfAllThatIsSaid()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", threeFeatures())}));
    const QString before = reportFor(workspace).fingerprint;
    QCOMPARE(before.size(), 16);
    QCOMPARE(reportFor(workspace).fingerprint, before);
    // A budget of the month before stands on the page of the trend only.
    setPlan(workspace, {.budgets = {{.from = august - 1, .cents = 900}, {.from = august, .cents = 0}}});
    const Report after = reportFor(workspace);
    QVERIFY(after.fingerprint != before);
    QVERIFY(textsOf(layOut(after)).contains(after.fingerprint));
}

void PagesTest::headingsBreakBetweenWords()
{
    ReportTable table{.columns = {{.title = u"Name"_s, .isFigure = false, .width = 1},
                                  {.title = u"Driver"_s, .isFigure = false, .width = 0.2}}};
    for (int column = 0; column < 7; ++column)
        table.columns.push_back({.title = u"Some amount"_s});
    ReportRow row{.cells = {{.value = u"claude"_s}, {.value = u"Volume"_s}}};
    for (int column = 0; column < 7; ++column)
        row.cells.push_back({.value = Cents{123'456'789'01}});
    table.rows = {row};
    const ReportLayout layout =
        layOut({.title = u"August"_s, .currency = u"USD"_s, .parts = {{.title = u"A"_s, .blocks = {table}}}});
    const QStringList texts = textsOf(layout).split(u'\n');
    QVERIFY(texts.contains(u"Name"_s) && texts.contains(u"Driver"_s));
    QVERIFY(complaintsAbout(layout).isEmpty());
}

void PagesTest::anEndlessNameIsCutOff()
{
    ReportTable table{.columns = {{.title = u"Name"_s, .isFigure = false}, {.title = u"Spend"_s}}};
    table.rows = {{.cells = {{.value = QString(100'000, u'x')}, {.value = Cents{1}}}}};
    const ReportLayout layout =
        layOut({.title = u"August"_s, .currency = u"USD"_s, .parts = {{.title = u"A"_s, .blocks = {table}}}});
    QCOMPARE(layout.pages.size(), std::size_t{1});
    QVERIFY(textsOf(layout).contains(u"…"_s));
    QVERIFY(complaintsAbout(layout).isEmpty());
}

void PagesTest::formulasInCsvAreTexts()
{
    const ReportTable table{.columns = {{.title = u"Name"_s, .isFigure = false}, {.title = u"Amount"_s}},
                            .rows = {{.cells = {{.value = u"=1+1, \"x\""_s}, {.value = CentsChange{-5}}}},
                                     {.cells = {{.value = u"plain"_s}, {.value = {}}}}}};
    QCOMPARE(csvOf(table), u"Name,Amount\n\"'=1+1, \"\"x\"\"\",-0.05\nplain,\n"_s);
}

QTEST_MAIN(PagesTest)
#include "pages_test.moc"
