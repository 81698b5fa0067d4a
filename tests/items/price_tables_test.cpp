// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QTest>

#include "model/items/format.h"
#include "model/items/price_tables.h"

using namespace plumbline;

namespace {

constexpr std::int64_t dollar = 1'000'000'000'000;

QString textOf(const QAbstractItemModel& model, int row, const QString& columnId)
{
    for (int column = 0; column < model.columnCount(); ++column)
        if (model.headerData(column, Qt::Horizontal, ColumnIdRole).toString() == columnId)
            return model.index(row, column).data().toString();
    return "no such column";
}

BookPrice price(const char* model, std::int64_t dollars)
{
    return {.provider = "openai", .model = model, .paid = {.input = Money(dollars * dollar)}};
}

} // namespace

class PriceTablesTest : public QObject
{
    Q_OBJECT

private slots:
    void theBookSaysWhoSaidSo()
    {
        BookTable table;
        const QAbstractItemModelTester tester(&table);
        BookPrice own = price("gpt-4o", 2);
        own.isOverride = true;
        own.validFrom = parseTimestamp("2026-03-01");
        table.show({own, price("gpt-5", 4)});
        QCOMPARE(textOf(table, 0, "whose"), "override");
        QCOMPARE(textOf(table, 0, "from"), "2026-03-01");
        QCOMPARE(textOf(table, 0, "until"), "further notice");
        QCOMPARE(textOf(table, 0, "input"), "$2.00");
        QCOMPARE(textOf(table, 1, "whose"), "the book's");
        QCOMPARE(textOf(table, 1, "output"), format::unknown());
        table.search("gpt-5");
        QCOMPARE(table.rowCount(), 1);
    }

    void aDiscountReadsAsWhatIsTakenOff()
    {
        DiscountsTable table;
        const QAbstractItemModelTester tester(&table);
        table.show({{.provider = "anthropic", .paid = {88, 100}}});
        QCOMPARE(textOf(table, 0, "discount"), "−12.0%");
        QCOMPARE(textOf(table, 0, "model"), "all");
    }

    void overridesNameTheirPrices()
    {
        OverridesTable table;
        const QAbstractItemModelTester tester(&table);
        table.show({{.match = NameMatch::Glob,
                     .model = "*claude-*",
                     .validFrom = parseTimestamp("2026-03-01T14:30:00Z"),
                     .terms = {.prices = {.input = Money(3 * dollar)}}}});
        QCOMPARE(textOf(table, 0, "model"), "*claude-*");
        QCOMPARE(textOf(table, 0, "provider"), "whoever sells it");
        QCOMPARE(textOf(table, 0, "from"), "2026-03-01 14:30");
        QCOMPARE(textOf(table, 0, "output"), format::unknown());
    }

    void monthsAddUpToTheirTotal()
    {
        RepriceTable table;
        const QAbstractItemModelTester tester(&table);
        const auto dollars = [](std::int64_t count) { return MoneySum(Money(count * dollar)); };
        table.show(
            {.months = {{"2026-08", 10, 4, dollars(100), dollars(80)}, {"2026-09", 5, 0, dollars(50), dollars(50)}},
             .movedCalls = 4});
        QCOMPARE(table.rowCount(), 3);
        QCOMPARE(textOf(table, 0, "change"), "−$20.00");
        QCOMPARE(textOf(table, 2, "month"), "Total");
        QCOMPARE(textOf(table, 2, "before"), "$150.00");
        QCOMPARE(textOf(table, 2, "change"), "−$20.00");
        QVERIFY(table.index(2, 0).data(TotalRole).toBool());
    }

    void anAnswerSaysWhatAndWhy()
    {
        PriceAnswer answer{.price = price("gpt-4o", 2)};
        answer.price.isOverride = true;
        answer.price.bookDate = "2026-09-23";
        answer.isTierPriced = false;
        const QString text = format::priceAnswer(answer);
        QVERIFY(text.contains("$2.00 input"));
        QVERIFY(text.contains("openai · gpt-4o · your override"));
        QVERIFY(text.contains("standard rates"));
        QVERIFY(text.contains("book of 2026-09-23"));
    }
};

QTEST_APPLESS_MAIN(PriceTablesTest)
#include "price_tables_test.moc"
