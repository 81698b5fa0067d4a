// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "model/core/time.h"
#include "model/spend/forecast.h"

using namespace plumbline;
using namespace plumbline::spend;

namespace {

const std::int32_t monday = dayNumber(2026, 6, 1);
constexpr double weekdays[] = {1.2, 1.3, 1.25, 1.2, 1.15, 0.5, 0.4}; // mean 1

/// A level, a weekday profile, a drift a day, noise, and half of the time a shift somewhere.
DailySpend seriesOf(unsigned seed, int days, bool isNoisy = true)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> noise(0, isNoisy ? 0.08 : 0);
    const double drift = std::uniform_real_distribution<double>(-0.002, 0.004)(random);
    const int shiftAt = std::uniform_int_distribution<int>(0, 2 * days)(random);
    const double shifts[] = {0.6, 1.5, 2};
    const double shift = shifts[std::uniform_int_distribution<int>(0, 2)(random)];
    DailySpend series{.firstDay = monday};
    for (int day = 0; day < days; ++day)
        series.dollars.push_back(1000 * weekdays[day % 7] * std::exp(drift * day + noise(random)) *
                                 (day >= shiftAt ? shift : 1));
    return series;
}

double sumOf(const DailySpend& series, int from, int end)
{
    return std::accumulate(series.dollars.begin() + from, series.dollars.begin() + end, 0.0);
}

DailySpend firstOf(const DailySpend& series, int days)
{
    return {.firstDay = series.firstDay, .dollars = {series.dollars.begin(), series.dollars.begin() + days}};
}

double medianOf(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

class ForecastTest : public QObject
{
    Q_OBJECT

private slots:
    void aConstantStaysOne();
    void aWeekComesAgain_data();
    void aWeekComesAgain();
    void growthGoesOnAndTires();
    void isAsGoodAsPublished_data();
    void isAsGoodAsPublished();
    void fourOfFiveLieInTheInterval();
    void nothingIsKnown();
    void daysWithoutSpend();
    void aSpikeAndADrop();
    void aQuietMonthIsQuiet();
    void twoDaysRunning();
    void smallMoneyIsNoAnomaly();
};

void ForecastTest::aConstantStaysOne()
{
    for (const int days : {1, 10, 28, 90}) {
        const auto forecast =
            forecastOf({.firstDay = monday, .dollars = std::vector<double>(std::size_t(days), 50)}, monday + days + 10);
        QVERIFY(forecast.has_value());
        QCOMPARE(forecast->method, days < 28 ? ForecastMethod::RunRate : ForecastMethod::HoltWinters);
        QCOMPARE(forecast->days.size(), 10U);
        QVERIFY(std::abs(forecast->total - 500) < 1e-6);
        if (forecast->low)
            QVERIFY(std::abs(*forecast->low - 500) < 1e-6 && std::abs(*forecast->high - 500) < 1e-6);
        QCOMPARE(forecast->low.has_value(), days == 90);
    }
}

void ForecastTest::aWeekComesAgain_data()
{
    QTest::addColumn<int>("days");
    QTest::newRow("three weeks: the run rate") << 21;
    QTest::newRow("ten weeks: Holt-Winters") << 70;
}

void ForecastTest::aWeekComesAgain()
{
    QFETCH(int, days);
    DailySpend series{.firstDay = monday};
    for (int day = 0; day < days; ++day)
        series.dollars.push_back(1000 * weekdays[day % 7]);
    const auto forecast = forecastOf(series, monday + days + 7);
    QVERIFY(forecast.has_value());
    for (std::size_t day = 0; day < 7; ++day)
        QVERIFY2(std::abs(forecast->days[day] / (1000 * weekdays[day]) - 1) < 0.001,
                 qPrintable(QString::number(forecast->days[day])));
}

void ForecastTest::growthGoesOnAndTires()
{
    DailySpend series{.firstDay = monday};
    for (int day = 0; day < 120; ++day)
        series.dollars.push_back(1000 * std::pow(1.01, day));
    const auto forecast = forecastOf(series, monday + 150);
    const double last = series.dollars.back(), later = forecast->days.back();
    QVERIFY(later > last * 1.05);
    QVERIFY(later < last * std::pow(1.01, 30)); // damped: less than growth for ever
}

void ForecastTest::isAsGoodAsPublished_data()
{
    QTest::addColumn<int>("known");
    QTest::addColumn<double>("most"); // median error of the month, as published for the method, and a quarter more
    QTest::newRow("day 3") << 3 << 0.113;
    QTest::newRow("day 10") << 10 << 0.072;
    QTest::newRow("day 20") << 20 << 0.032;
}

void ForecastTest::isAsGoodAsPublished()
{
    QFETCH(int, known);
    QFETCH(double, most);
    std::vector<double> ours, naive;
    constexpr int before = 84, month = 30;
    for (unsigned seed = 0; seed < 200; ++seed) {
        const DailySpend series = seriesOf(seed, before + month);
        const double truth = sumOf(series, before, before + month), spent = sumOf(series, before, before + known);
        const auto forecast = forecastOf(firstOf(series, before + known), monday + before + month);
        ours.push_back(std::abs((spent + forecast->total) / truth - 1));
        naive.push_back(std::abs(spent / known * month / truth - 1));
    }
    QVERIFY2(medianOf(ours) < most, qPrintable(QString::number(medianOf(ours))));
    if (known <= 10) // later the rest of the month is small, and three weeks are a fair mean
        QVERIFY(medianOf(ours) < medianOf(naive));
}

void ForecastTest::fourOfFiveLieInTheInterval()
{
    int inside = 0, all = 0;
    for (unsigned seed = 1000; seed < 1150; ++seed) {
        const DailySpend series = seriesOf(seed, 150);
        const auto forecast = forecastOf(firstOf(series, 130), monday + 150);
        QVERIFY(forecast->low.has_value());
        QVERIFY(*forecast->low <= forecast->total && forecast->total <= *forecast->high);
        const double truth = sumOf(series, 130, 150);
        inside += *forecast->low <= truth && truth <= *forecast->high;
        ++all;
    }
    QVERIFY2(inside > all * 0.65 && inside < all * 0.95, qPrintable(QString::number(inside)));
}

void ForecastTest::nothingIsKnown()
{
    QVERIFY(!forecastOf({.firstDay = monday}, monday + 10));
    QVERIFY(!forecastOf({.firstDay = monday, .dollars = {0, 0}}, monday + 10));
    QVERIFY(!forecastOf({.firstDay = monday, .dollars = {1, 1}}, monday + 2)); // nothing is to come
}

void ForecastTest::daysWithoutSpend()
{
    DailySpend series{.firstDay = monday};
    for (int day = 0; day < 70; ++day)
        series.dollars.push_back(day % 7 < 5 ? 100 : 0);
    const auto forecast = forecastOf(series, monday + 77);
    QVERIFY2(std::abs(forecast->total - 500) < 25, qPrintable(QString::number(forecast->total)));
}

void ForecastTest::aSpikeAndADrop()
{
    DailySpend series = seriesOf(3, 0);
    std::mt19937 random(5);
    std::normal_distribution<double> noise(0, 0.05);
    for (int day = 0; day < 90; ++day)
        series.dollars.push_back(1000 * weekdays[day % 7] * std::exp(noise(random)));
    series.dollars[60] *= 3;
    series.dollars[75] *= 0.2;
    const std::vector<SpendAnomaly> found = anomaliesOf(series, 50);
    QCOMPARE(found.size(), 2U);
    QCOMPARE(found[0].day, monday + 60);
    QVERIFY(found[0].score > 4.5);
    QVERIFY(std::abs(found[0].expected / (1000 * weekdays[60 % 7]) - 1) < 0.1);
    QCOMPARE(found[1].day, monday + 75);
    QVERIFY(found[1].score < -4.5);
}

void ForecastTest::aQuietMonthIsQuiet()
{
    std::size_t flags = 0;
    for (unsigned seed = 0; seed < 50; ++seed) {
        DailySpend series{.firstDay = monday};
        std::mt19937 random(seed);
        std::normal_distribution<double> noise(0, 0.1);
        for (int day = 0; day < 58; ++day)
            series.dollars.push_back(1000 * weekdays[day % 7] * std::exp(noise(random)));
        flags += anomaliesOf(series, 50).size();
    }
    QVERIFY2(flags < 50, qPrintable(QString::number(flags))); // thirty days each: published 0.7 with true shifts
}

void ForecastTest::twoDaysRunning()
{
    std::mt19937 random(11);
    std::normal_distribution<double> noise(0, 0.1);
    DailySpend series{.firstDay = monday};
    for (int day = 0; day < 60; ++day)
        series.dollars.push_back(1000 * std::exp(noise(random)));
    const std::vector<double> quiet = series.dollars;
    const auto flagged = [&](double factor, int days) {
        series.dollars = quiet;
        for (int day = 50; day < 50 + days; ++day)
            series.dollars[std::size_t(day)] = 1000 * factor;
        const auto found = anomaliesOf(series, 50);
        return std::any_of(found.begin(), found.end(), [&](const auto& of) { return of.day == monday + 51; });
    };
    // A factor that is not enough for one day is for the second of two.
    double factor = 1;
    while (!flagged(factor, 2))
        factor *= 1.02;
    QVERIFY(factor < 2);
    series.dollars = quiet;
    series.dollars[51] = 1000 * factor;
    const auto alone = anomaliesOf(series, 50);
    QVERIFY(std::none_of(alone.begin(), alone.end(), [&](const auto& of) { return of.day == monday + 51; }));
}

void ForecastTest::smallMoneyIsNoAnomaly()
{
    DailySpend series{.firstDay = monday, .dollars = std::vector<double>(60, 1)};
    series.dollars[50] = 4;
    QCOMPARE(anomaliesOf(series, 1).size(), 1U);
    QVERIFY(anomaliesOf(series, 5).empty());
}

QTEST_GUILESS_MAIN(ForecastTest)
#include "forecast_test.moc"
