// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

#include "model/items/breakdown_table.h"
#include "model/items/call_tables.h"
#include "model/items/completeness_table.h"
#include "model/items/footed_money.h"
#include "model/items/palette_list.h"
#include "model/items/rules_table.h"
#include "model/items/source_tables.h"
#include "model/items/spend_tables.h"
#include "model/items/what_if_tables.h"

using namespace plumbline;

namespace {

constexpr MoneySum::Integer dollar = 1'000'000'000'000;

BreakdownRow row(const char* key, std::int64_t calls, std::optional<int> dollars)
{
    BreakdownRow row{.keys = {key}};
    row.measures.calls = calls;
    row.measures.unpricedCalls = dollars ? 0 : calls;
    row.measures.input = calls * 100;
    row.measures.uncachedInput = calls * 60;
    row.measures.cacheRead = calls * 40;
    row.measures.output = calls * 10;
    if (dollars)
        row.measures.cost = MoneySum::ofPicodollars(*dollars * dollar);
    return row;
}

/// Three features: one dear, one cheap and called often, one without a price.
Breakdown threeFeatures()
{
    Breakdown breakdown{.rows = {row("chat", 10, 90), row("batch", 500, 10), row("new-model", 5, {})}};
    breakdown.total = row("", 515, 100).measures;
    breakdown.total.unpricedCalls = 5;
    return breakdown;
}

QStringList firstColumn(const QAbstractItemModel& model)
{
    QStringList texts;
    for (int i = 0; i < model.rowCount(); ++i)
        texts += model.index(i, 0).data().toString();
    return texts;
}

QModelIndex cellOf(const QAbstractItemModel& model, int row, const QString& columnId)
{
    for (int column = 0; column < model.columnCount(); ++column)
        if (model.headerData(column, Qt::Horizontal, ColumnIdRole).toString() == columnId)
            return model.index(row, column);
    return {};
}

const std::vector<DimensionChoice> byFeature = {{Dimension::Feature, {}}};

} // namespace

class TablesTest : public QObject
{
    Q_OBJECT

private slots:
    /// Rounded each by itself they would be a cent less, or more.
    void partsBesideAnAmountAddUpAsPrinted()
    {
        const auto cents = [](int tenths) {
            return MoneySum::ofPicodollars(MoneySum::Integer{tenths} * dollar / 1000);
        };
        QCOMPARE(footedMoney({cents(2'944), cents(1'163), cents(32'843)}, cents(36'950)),
                 (QStringList{"$2.95", "$1.16", "$32.84"}));
        QCOMPARE(footedMoney({cents(2'946), cents(1'167), cents(32'837)}, cents(36'950)),
                 (QStringList{"$2.94", "$1.17", "$32.84"}));
        // Less than a dollar is printed finer than cents, each as it is.
        QCOMPARE(footedMoney({cents(44), cents(5)}, cents(49)), (QStringList{"$0.0440", "$0.005000"}));
    }

    void changesAreAsExactAsCents()
    {
        QCOMPARE(stepText(-52), QStringLiteral("−$0.52"));
        QCOMPARE(stepText(44), QStringLiteral("+$0.44"));
        QCOMPARE(stepText(123'456), QStringLiteral("+$1,234.56"));
    }

    void breakdownKeepsItsTotalLast()
    {
        BreakdownTable table(BreakdownLayout::Features);
        const QAbstractItemModelTester tester(&table);
        table.show(threeFeatures(), byFeature, {});
        QCOMPARE(firstColumn(table), QStringList({"chat", "batch", "new-model", "Total"}));
        const int calls = cellOf(table, 0, "calls").column();
        table.sort(calls, Qt::DescendingOrder);
        QCOMPARE(firstColumn(table), QStringList({"batch", "chat", "new-model", "Total"}));
        table.sort(calls, Qt::AscendingOrder);
        QCOMPARE(firstColumn(table), QStringList({"new-model", "chat", "batch", "Total"}));
        QVERIFY(table.index(3, 0).data(TotalRole).toBool());
    }

    void unknownSortsLastInBothDirections()
    {
        BreakdownTable table(BreakdownLayout::Features);
        table.show(threeFeatures(), byFeature, {});
        const int spend = cellOf(table, 0, "spend").column();
        table.sort(spend, Qt::AscendingOrder);
        QCOMPARE(firstColumn(table), QStringList({"batch", "chat", "new-model", "Total"}));
        table.sort(spend, Qt::DescendingOrder);
        QCOMPARE(firstColumn(table), QStringList({"chat", "batch", "new-model", "Total"}));
    }

    void sortKeepsWhatIsSelected()
    {
        BreakdownTable table(BreakdownLayout::Features);
        table.show(threeFeatures(), byFeature, {});
        const QPersistentModelIndex chat = table.index(0, 0);
        table.sort(cellOf(table, 0, "calls").column(), Qt::DescendingOrder);
        QCOMPARE(chat.data().toString(), "chat");
        QCOMPARE(chat.row(), 1);
    }

    void searchKeepsTheTotal()
    {
        BreakdownTable table(BreakdownLayout::Features);
        const QAbstractItemModelTester tester(&table);
        table.show(threeFeatures(), byFeature, {});
        table.search("MODEL");
        QCOMPARE(firstColumn(table), QStringList({"new-model", "Total"}));
        table.search("");
        QCOMPARE(table.rowCount(), 4);
    }

    void unknownSpendSaysWhy()
    {
        BreakdownTable table(BreakdownLayout::Features);
        table.show(threeFeatures(), byFeature, {});
        const QModelIndex spend = cellOf(table, 2, "spend");
        QCOMPARE(spend.data().toString(), "–");
        QVERIFY(spend.data(Qt::ToolTipRole).toString().contains("5 calls have no price"));
        QVERIFY(spend.data(ValueRole).isNull());
    }

    void perCallFiguresAreMeans()
    {
        BreakdownTable table(BreakdownLayout::Features);
        table.show(threeFeatures(), byFeature, {});
        QCOMPARE(cellOf(table, 0, "input").data().toString(), "100");
        QCOMPARE(cellOf(table, 0, "cache").data().toString(), "40.0%");
        QCOMPARE(cellOf(table, 0, "per1000").data().toString(), "$9,000");
        const auto makeUp = cellOf(table, 0, "make-up").data(PictureRole).value<MakeUp>();
        QCOMPARE(makeUp, (MakeUp{{{Part::UncachedInput, 600}, {Part::CacheRead, 400}, {Part::Output, 100}}}));
    }

    void changeIsShownOnlyWhenComparing()
    {
        BreakdownTable table(BreakdownLayout::Features);
        Breakdown breakdown = threeFeatures();
        table.show(breakdown, byFeature, {});
        QVERIFY(!cellOf(table, 0, "change").isValid());
        breakdown.totalBaseline = Measures{.cost = MoneySum::ofPicodollars(50 * dollar)};
        breakdown.rows[0].baseline = Measures{.cost = MoneySum::ofPicodollars(60 * dollar)};
        table.show(breakdown, byFeature, {});
        QCOMPARE(cellOf(table, 0, "change").data().toString(), "+50.0%");
        QCOMPARE(cellOf(table, 1, "change").data().toString(), "new");
        QCOMPARE(cellOf(table, 3, "change").data().toString(), "+100%");
    }

    void scoresAreShownWhereThereAreAny()
    {
        for (const BreakdownLayout layout : {BreakdownLayout::Overview, BreakdownLayout::Features}) {
            BreakdownTable table(layout);
            Breakdown breakdown = threeFeatures();
            table.show(breakdown, byFeature, {});
            const auto isHidden = [&] {
                return table.headerData(cellOf(table, 0, "score").column(), Qt::Horizontal, HiddenFirstRole).toBool();
            };
            QVERIFY(isHidden());
            breakdown.total.scoredCalls = breakdown.rows[0].measures.scoredCalls = 4;
            breakdown.total.scoreSum = breakdown.rows[0].measures.scoreSum = 3;
            table.show(breakdown, byFeature, {});
            QVERIFY(!isHidden());
            QCOMPARE(cellOf(table, 0, "score").data().toString(), "0.75");
            QCOMPARE(cellOf(table, 1, "score").data().toString(), "–");
        }
    }

    void sortFollowsItsColumnWhenColumnsCome()
    {
        BreakdownTable table(BreakdownLayout::Features);
        Breakdown breakdown = threeFeatures();
        table.show(breakdown, byFeature, {});
        table.sort(cellOf(table, 0, "score").column(), Qt::AscendingOrder);
        table.sort(cellOf(table, 0, "trend").column(), Qt::AscendingOrder);
        breakdown.totalBaseline = Measures{.cost = MoneySum::ofPicodollars(50 * dollar)};
        table.show(breakdown, byFeature, {});
        QCOMPARE(table.sortColumn(), cellOf(table, 0, "trend").column());
    }

    void aCellKnowsTheConditionItStandsFor()
    {
        BreakdownTable table(BreakdownLayout::Features);
        table.show(threeFeatures(), byFeature, {});
        QCOMPARE(table.index(1, 0).data(ConditionRole).value<Condition>(), conditionFromText("feature=batch").value());
        QVERIFY(table.index(3, 0).data(ConditionRole).isNull());
        QCOMPARE(table.rowConditions(1), std::vector{conditionFromText("feature=batch").value()});
        QVERIFY(table.rowConditions(3).empty());
    }

    void callsShowWhatIsKnown()
    {
        CallsTable table;
        const QAbstractItemModelTester tester(&table);
        CallRow call{
            .id = CallId{7}, .start = *parseTimestamp("2026-10-22T14:53:08Z"), .feature = "chat", .model = "gpt-5"};
        call.usage.uncachedInput = 100;
        call.cost = Money(31'100'000'000);
        table.show({call}, ReportingCalendar());
        QCOMPARE(cellOf(table, 0, "time").data().toString(), "Oct 22, 2026 14:53");
        QCOMPARE(cellOf(table, 0, "input").data().toString(), "100");
        QCOMPARE(cellOf(table, 0, "output").data().toString(), "–");
        QCOMPARE(cellOf(table, 0, "cost").data().toString(), "$0.0311");
        QCOMPARE(cellOf(table, 0, "latency").data().toString(), "–");
    }

    void costLinesAddUpToThePicodollar()
    {
        CostLinesTable table;
        const QAbstractItemModelTester tester(&table);
        CostExplanation explanation;
        explanation.call.cost = Money(16'392'000'000);
        explanation.lines = {{"Uncached input", 3254, Money(3'000'000), Money(9'762'000'000)},
                             {"Output", 442, Money(15'000'000), Money(6'630'000'000)}};
        table.show(explanation);
        QCOMPARE(cellOf(table, 0, "rate").data().toString(), "$3.00 / M");
        QCOMPARE(cellOf(table, 2, "units").data().toString(), "3,696");
        QCOMPARE(cellOf(table, 2, "cost").data().toString(), "$0.016392000000");
        QCOMPARE(cellOf(table, 2, "rate").data().toString(), "");
    }

    void sourcesSayWhatIsWrongWithThem()
    {
        SourcesTable table;
        const QAbstractItemModelTester tester(&table);
        SourceRow good{.import = 1, .name = "a.jsonl"};
        SourceRow bad{.import = 2, .name = "b.csv", .unpricedCalls = 1204, .skipped = 17};
        table.show({good, bad}, ReportingCalendar());
        QCOMPARE(cellOf(table, 0, "state").data().toString(), "complete");
        QCOMPARE(cellOf(table, 1, "state").data().toString(), "1,204 calls unpriced");
        QCOMPARE(cellOf(table, 1, "state").data(PictureRole).value<Pill>().tone, Tone::Bad);
        QVERIFY(cellOf(table, 1, "state").data(Qt::ToolTipRole).toString().contains("17 records skipped"));
    }

    void previewsAndReports()
    {
        PreviewTable previews;
        const QAbstractItemModelTester previewTester(&previews);
        previews.show({{.path = "folder/x.jsonl",
                        .formatTitle = "Langfuse",
                        .bytes = 2048,
                        .estimatedRecords = 10,
                        .missing = {"session ids"}},
                       {.path = "folder/y.bin", .error = Error{ErrorKind::Unsupported, "no known format"}},
                       {.path = "folder/z.jsonl",
                        .first = parseTimestamp("2026-09-30T20:00:00Z"),
                        .last = parseTimestamp("2026-10-30T10:00:00Z"),
                        .isPeriodKnown = true},
                       {.path = "folder/a.jsonl",
                        .first = parseTimestamp("2026-10-01T20:00:00Z"),
                        .last = parseTimestamp("2026-10-02T10:00:00Z")}},
                      *ReportingCalendar::open("Asia/Kolkata", 1));
        // Half past one in the night of October, where the workspace is.
        QCOMPARE(cellOf(previews, 2, "period").data().toString(), "Oct 1 – 30, 2026");
        QCOMPARE(cellOf(previews, 3, "period").data().toString(), "Oct 2, 2026 …");
        QCOMPARE(cellOf(previews, 0, "period").data().toString(), format::unknown());
        QCOMPARE(cellOf(previews, 0, "missing").data().toString(), "session ids");
        QCOMPARE(cellOf(previews, 1, "missing").data().toString(), "no known format");
        SkippedTable skipped;
        const QAbstractItemModelTester skippedTester(&skipped);
        skipped.show({{"no model", 3, "x.jsonl", 17}});
        QCOMPARE(cellOf(skipped, 0, "first").data().toString(), "x.jsonl, record 17");
        CompletenessTable completeness;
        const QAbstractItemModelTester completenessTester(&completeness);
        completeness.show({.calls = 200, .callsWithoutUsage = 1, .unpricedCalls = 4});
        QCOMPARE(completeness.index(0, 2).data().toString(), "99.5%");
        QCOMPARE(completenessText({.calls = 200, .callsWithoutUsage = 1, .unpricedCalls = 4}),
                 "Usage known for 99.5% of 200 calls · 4 unpriced");
    }

    void rulesKeepTheirCountsAndAskToBeMoved()
    {
        RulesTable table;
        const QAbstractItemModelTester tester(&table);
        const FeatureRules rules = defaultFeatureRules();
        RulesAnswer applied;
        applied.rules = {{rules[1], 40}};
        table.show(rules, applied);
        QCOMPARE(table.rowCount(), 5);
        QCOMPARE(cellOf(table, 1, "calls").data().toString(), "40");
        QCOMPARE(cellOf(table, 0, "calls").data().toString(), "–");
        QSignalSpy moves(&table, &RulesTable::moveRequested);
        const std::unique_ptr<QMimeData> mime(table.mimeData({table.index(3, 0)}));
        table.dropMimeData(mime.get(), Qt::MoveAction, 1, 0, {});
        QCOMPARE(moves.value(0), QVariantList({3, 1}));
        RulesPreviewTable preview;
        const QAbstractItemModelTester previewTester(&preview);
        preview.show({.rows = {{"chat", 10, 15}}, .moved = 5});
        QCOMPARE(cellOf(preview, 0, "change").data().toString(), "+5");
    }

    void paletteFindsTheClosestFirst()
    {
        PaletteList list;
        const QAbstractItemModelTester tester(&list);
        list.setEntries(
            {{.title = "agent-research"}, {.title = "search"}, {.title = "doc-search"}, {.title = "sales-chat"}});
        list.type("sea");
        QStringList found;
        for (int i = 0; i < list.rowCount(); ++i)
            found += list.index(i).data().toString();
        QCOMPARE(found, QStringList({"search", "doc-search", "agent-research", "sales-chat"}));
        list.type("sch");
        QCOMPARE(list.entryAt(0).title, "search");
        list.type("xyz");
        QCOMPARE(list.rowCount(), 0);
    }

    /// Tokens of a call are the mean of the calls that say them.
    void whatIfDividesByCallsWithUsage()
    {
        const WhatIfAnswer answer{.before = {.calls = 3, .callsWithUsage = 2, .input = 4000, .output = 100},
                                  .after = {.calls = 2, .callsWithUsage = 1, .input = 1000, .output = 50}};
        const std::vector<WhatIfFigure> figures = whatIfFigures(answer, 1, 0);
        QCOMPARE(figures[0].now, QStringLiteral("2,000"));
        QCOMPARE(figures[0].then, QStringLiteral("1,000"));
        QCOMPARE(figures[1].now, QStringLiteral("50"));
    }
};

QTEST_GUILESS_MAIN(TablesTest)
#include "tables_test.moc"
