// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "model/items/format.h"

using namespace plumbline;

class FormatTest : public QObject
{
    Q_OBJECT

private slots:
    void money_data()
    {
        QTest::addColumn<qlonglong>("picodollars");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0LL << "$0";
        QTest::newRow("thousands have no cents") << 21'480'000'000'000'000LL << "$21,480";
        QTest::newRow("cents") << 12'400'000'000'000LL << "$12.40";
        QTest::newRow("rounds up to a dollar") << 999'900'000'000LL << "$1.00";
        QTest::newRow("three digits below a dollar") << 31'100'000'000LL << "$0.0311";
        QTest::newRow("half a dollar") << 500'000'000'000LL << "$0.500";
        QTest::newRow("four digits below a cent") << 421'300'000LL << "$0.0004213";
        QTest::newRow("a picodollar") << 1LL << "$0.000000000001";
        QTest::newRow("negative") << -21'480'000'000'000'000LL << "−$21,480";
    }
    void money()
    {
        QFETCH(qlonglong, picodollars);
        QFETCH(QString, text);
        QCOMPARE(format::money(MoneySum::ofPicodollars(picodollars)), text);
    }

    void unknownIsADashAndNeverZero()
    {
        QCOMPARE(format::money(std::optional<MoneySum>()), "–");
        QCOMPARE(format::count(std::optional<std::int64_t>()), "–");
        QCOMPARE(format::percent(std::optional<double>()), "–");
        QCOMPARE(format::duration(std::optional<std::int64_t>()), "–");
        QCOMPARE(format::change(5.0, {}), "–");
    }

    void shortMoney()
    {
        QCOMPARE(format::shortMoney(MoneySum::ofPicodollars(92'100'000'000'000'000)), "$92.1k");
        QCOMPARE(format::shortMoney(MoneySum::ofPicodollars(MoneySum::Integer(1'240'000) * 1'000'000'000'000)),
                 "$1.24M");
        QCOMPARE(format::shortMoney(MoneySum::ofPicodollars(780'000'000'000'000)), "$780.00");
    }

    void exactMoneyHasEveryPicodollar()
    {
        QCOMPARE(format::exactMoney(MoneySum::ofPicodollars(18'709'200'000)), "$0.018709200000");
        QCOMPARE(format::exactMoney(MoneySum::ofPicodollars(MoneySum::Integer(1'234'567) * 1'000'000'000'000)),
                 "$1,234,567.000000000000");
        QCOMPARE(format::exactMoney(MoneySum::ofPicodollars(-1)), "−$0.000000000001");
    }

    void rates()
    {
        QCOMPARE(format::rate(Money(3'000'000)), "$3.00 / M");
        QCOMPARE(format::rate(Money(300'000)), "$0.30 / M");
        QCOMPARE(format::rate(Money(25'000)), "$0.025 / M");
        QCOMPARE(format::rate(Money(0)), "$0.00 / M");
    }

    void counts()
    {
        QCOMPARE(format::count(2'144'600), "2,144,600");
        QCOMPARE(format::count(-5), "−5");
        QCOMPARE(format::shortCount(14'900'000'000), "14.9 B");
        QCOMPARE(format::shortCount(402'000'000), "402 M");
        QCOMPARE(format::shortCount(9'999), "9,999");
        QCOMPARE(format::shortCount(999'960), "1.00 M");
    }

    void percentsAndChanges()
    {
        QCOMPARE(format::percent(0.322), "32.2%");
        QCOMPARE(format::percent(1.0), "100%");
        QCOMPARE(format::percent(0.0), "0.0%");
        QCOMPARE(format::percent(0.0001), "<0.1%");
        QCOMPARE(format::change(112.4, 100.0), "+12.4%");
        QCOMPARE(format::change(97.0, 100.0), "−3.0%");
        QCOMPARE(format::change(97.0, 0.0), "–");
    }

    void durations()
    {
        QCOMPARE(format::duration(4'200'000), "4.2 s");
        QCOMPARE(format::duration(310'000), "310 ms");
        QCOMPARE(format::duration(999'900), "1.0 s");
        QCOMPARE(format::duration(125'000'000), "2 min 5 s");
        QCOMPARE(format::duration(3'660'000'000), "1 h 1 min");
    }

    void periodsReadAsPeopleSayThem()
    {
        const ReportingCalendar calendar;
        const auto days = [&](const char* from, const char* to) {
            return Period{calendar.startOfDay(*parseDate(from)), calendar.startOfDay(*parseDate(to))};
        };
        QCOMPARE(format::period(days("2026-10-01", "2026-11-01"), calendar), "October 2026");
        QCOMPARE(format::period(days("2026-10-01", "2026-10-23"), calendar), "Oct 1 – 22, 2026");
        QCOMPARE(format::period(days("2026-09-03", "2026-10-23"), calendar), "Sep 3 – Oct 22, 2026");
        QCOMPARE(format::period(days("2025-12-31", "2026-01-02"), calendar), "Dec 31, 2025 – Jan 1, 2026");
        QCOMPARE(format::period(days("2026-10-05", "2026-10-06"), calendar), "Oct 5, 2026");
    }

    void timesFollowTheReportingZone()
    {
        const auto india = ReportingCalendar::open("Asia/Kolkata", 1).value();
        const Timestamp time = *parseTimestamp("2026-10-22T09:23:08.114Z");
        QCOMPARE(format::minute(time, india), "Oct 22, 2026 14:53");
        QCOMPARE(format::instant(time, india), "Oct 22, 2026 14:53:08.114 Asia/Kolkata");
    }
};

QTEST_GUILESS_MAIN(FormatTest)
#include "format_test.moc"
