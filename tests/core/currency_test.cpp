// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <numeric>
#include <random>

#include "model/core/currency.h"

using namespace plumbline;

/// Dollars in other currencies, and cents that add up.
class CurrencyTest : public QObject
{
    Q_OBJECT

private slots:
    void dollarsAreConverted_data();
    void dollarsAreConverted();
    void andBackIntoDollars();
    void fortyMillionInYen();
    void ratesAreRead_data();
    void ratesAreRead();
    void aMonthHasItsOwnRate();
    void centsAddUp();
    void theLargestRemainderHasTheCent();
};

namespace {

ReportingCurrency euro(const char* rate)
{
    return {.code = "EUR", .rate = ExchangeRate{.currency = "EUR", .nanos = *rateFromText(rate)}};
}

} // namespace

void CurrencyTest::dollarsAreConverted_data()
{
    QTest::addColumn<QString>("dollars");
    QTest::addColumn<QString>("rate");
    QTest::addColumn<QString>("converted");
    QTest::newRow("a round sum") << "100"
                                 << "0.9201"
                                 << "92.01";
    QTest::newRow("to the last digit") << "0.000000000001"
                                       << "0.6"
                                       << "0.000000000001";
    QTest::newRow("half goes to even, down") << "0.000000000001"
                                             << "0.5"
                                             << "0";
    QTest::newRow("half goes to even, up") << "0.000000000003"
                                           << "0.5"
                                           << "0.000000000002";
    QTest::newRow("below zero") << "-65.064538435"
                                << "2"
                                << "-130.12907687";
    QTest::newRow("nothing") << "0"
                             << "0.9201"
                             << "0";
}

void CurrencyTest::dollarsAreConverted()
{
    QFETCH(QString, dollars);
    QFETCH(QString, rate);
    QFETCH(QString, converted);
    const MoneySum sum = *moneyFromDecimal(dollars.toStdString());
    QCOMPARE(QString::fromStdString(decimalText(euro(qPrintable(rate)).of(sum))), converted);
    QCOMPARE(ReportingCurrency().of(sum), sum);
}

void CurrencyTest::andBackIntoDollars()
{
    const auto money = [](const char* text) { return MoneySum(*moneyFromDecimal(text)); };
    QCOMPARE(euro("0.8").inDollars(money("26.04")), money("32.55"));
    QCOMPARE(decimalText(euro("0.3").inDollars(money("-1"))), std::string("-3.333333333333"));
    QCOMPARE(decimalText(euro("151.123456789").inDollars(MoneySum::ofCents(604'493'828'969))),
             std::string("40000000.119968139859"));
    QCOMPARE(ReportingCurrency().inDollars(money("5")), money("5"));
}

void CurrencyTest::fortyMillionInYen()
{
    const MoneySum sum = MoneySum::ofCents(4'000'000'012);
    QCOMPARE(decimalText(euro("151.123456789").of(sum)), "6044938289.69481481468");
}

void CurrencyTest::ratesAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("nanos"); // 0: refused
    QTest::newRow("usual") << "0.9201" << qint64{920'100'000};
    QTest::newRow("nine decimals") << "0.000000001" << qint64{1};
    QTest::newRow("ten decimals") << "0.0000000001" << qint64{0};
    QTest::newRow("zero") << "0" << qint64{0};
    QTest::newRow("below zero") << "-1" << qint64{0};
    QTest::newRow("no number") << "about 1" << qint64{0};
    QTest::newRow("nothing") << "" << qint64{0};
}

void CurrencyTest::ratesAreRead()
{
    QFETCH(QString, text);
    QFETCH(qint64, nanos);
    const auto rate = rateFromText(text.toStdString());
    QCOMPARE(rate.value_or(0), nanos);
    if (rate)
        QCOMPARE(*rateFromText(rateText(*rate)), *rate);
    else
        QCOMPARE(rate.error().kind, ErrorKind::Malformed);
}

void CurrencyTest::aMonthHasItsOwnRate()
{
    constexpr std::int32_t october = 2026 * 12 + 9;
    const std::vector<ExchangeRate> rates = {{.currency = "EUR", .month = october - 1, .nanos = 1},
                                             {.currency = "EUR", .month = october, .nanos = 2},
                                             {.currency = "GBP", .month = october, .nanos = 3}};
    QCOMPARE(currencyOf(rates, "EUR", october)->rate->nanos, 2);
    QVERIFY(!currencyOf(rates, "USD", october)->rate);
    const auto missing = currencyOf(rates, "EUR", october + 1);
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
    QVERIFY(missing.error().text().find("EUR for 2026-11") != std::string::npos);
}

void CurrencyTest::centsAddUp()
{
    std::mt19937_64 random(7);
    for (int round = 0; round < 500; ++round) {
        std::vector<MoneySum> parts;
        MoneySum total;
        const auto count = random() % 12;
        for (std::size_t i = 0; i < count; ++i) {
            parts.push_back(
                MoneySum(Money(static_cast<std::int64_t>(random() % 40'000'000'000'000) - 10'000'000'000'000)));
            total += parts.back();
        }
        const auto cents = footedCents(parts, total);
        QCOMPARE(std::accumulate(cents.begin(), cents.end(), std::int64_t{0}), parts.empty() ? 0 : centsOf(total));
        for (std::size_t i = 0; i < count; ++i) // none is off by a cent or more
            QVERIFY(std::abs((MoneySum::ofCents(cents[i]) - parts[i]).dollars()) < 0.01);
    }
}

void CurrencyTest::theLargestRemainderHasTheCent()
{
    const auto money = [](const char* text) { return MoneySum(*moneyFromDecimal(text)); };
    // 0.334 + 0.333 + 0.333 are 1.00: the first has most left over.
    QCOMPARE(footedCents({money("0.333"), money("0.334"), money("0.333")}, money("1")),
             (std::vector<std::int64_t>{33, 34, 33}));
    // A total that roundings of a conversion moved below the parts.
    QCOMPARE(footedCents({money("0.01"), money("0.01")}, money("0.01")), (std::vector<std::int64_t>{1, 0}));
}

QTEST_MAIN(CurrencyTest)
#include "currency_test.moc"
