// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <algorithm>
#include <limits>
#include <random>

#include "model/queries/amounts.h"
#include "model/queries/row_order.h"

using namespace plumbline;

/// The parts that the column engine stands on.
class ColumnsTest : public QObject
{
    Q_OBJECT

private slots:
    void anOrderIsAStableSort_data();
    void anOrderIsAStableSort();
    void anOrderIsMadeOnce();
    void amountsAddUpBeyondTheirLanes();
};

void ColumnsTest::anOrderIsAStableSort_data()
{
    QTest::addColumn<std::vector<std::int64_t>>("values");
    std::mt19937_64 random(7);
    std::vector<std::int64_t> any, few;
    for (int i = 0; i < 5000; ++i) {
        any.push_back(static_cast<std::int64_t>(random()));
        few.push_back(static_cast<std::int64_t>(random() % 5) - 2);
    }
    QTest::newRow("any number, both signs") << any;
    QTest::newRow("many equal ones") << few;
    QTest::newRow("the ends of the range") << std::vector<std::int64_t>{
        0, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min(), -1, 1};
    QTest::newRow("one") << std::vector<std::int64_t>{4};
    QTest::newRow("none") << std::vector<std::int64_t>();
}

void ColumnsTest::anOrderIsAStableSort()
{
    QFETCH(std::vector<std::int64_t>, values);
    std::vector<std::uint32_t> expected(values.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        expected[i] = static_cast<std::uint32_t>(i);
    std::stable_sort(expected.begin(), expected.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return values[a] < values[b]; });
    QVERIFY(orderOf(values) == expected);
}

void ColumnsTest::anOrderIsMadeOnce()
{
    RowOrder order;
    int made = 0;
    const auto make = [&] { return std::vector<std::uint32_t>{std::uint32_t(++made)}; };
    QVERIFY(order.made(make) == std::vector<std::uint32_t>{1});
    QVERIFY(order.made(make) == std::vector<std::uint32_t>{1});
    QCOMPARE(made, 1);
}

void ColumnsTest::amountsAddUpBeyondTheirLanes()
{
    constexpr std::uint32_t most = std::numeric_limits<std::uint32_t>::max();
    constexpr std::uint64_t cost = (std::uint64_t{1} << 62) + 12'345;
    AmountSums sums;
    for (int i = 0; i < 3; ++i)
        sums += Amounts(most, 1, 2, 3, 4, cost);
    QCOMPARE(sums.calls(), std::int64_t{3});
    QCOMPARE(sums[Amounts::Uncached], std::int64_t{3} * most);
    QCOMPARE(sums[Amounts::CacheRead], std::int64_t{3});
    QCOMPARE(sums[Amounts::CacheWrite], std::int64_t{6});
    QCOMPARE(sums[Amounts::Visible], std::int64_t{9});
    QCOMPARE(sums[Amounts::Reasoning], std::int64_t{12});
    QVERIFY(sums.cost() == 3 * static_cast<MoneySum::Integer>(cost)); // more than 64 bits hold
}

QTEST_APPLESS_MAIN(ColumnsTest)
#include "columns_test.moc"
