// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/generations.h"
#include "support/workspace.h"

#include <cmath>
#include <numbers>
#include <span>

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

namespace {

/// Two samples of the article on Welch's t-test in the English Wikipedia (example 1): means 20.8 and 23.0, p = 0.021.
constexpr double one[] = {27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4};
constexpr double other[] = {27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4};

/// Calls that cost in proportion to the sample, `times` of each in a trace of its own.
std::string callsOf(std::span<const double> sample, const char* environment, int times, int& number)
{
    std::string lines;
    for (const double value : sample) {
        const int trace = number;
        for (int i = 0; i < times; ++i) {
            std::string line = test::lineOf({.number = number++,
                                             .members = std::string(",\"environment\":\"") + environment + "\"",
                                             .input = static_cast<int>(std::lround(value * 1000)),
                                             .output = 0});
            const std::string own = "\"traceId\":\"t" + std::to_string(number - 1) + "\"";
            line.replace(line.find(own), own.size(), "\"traceId\":\"t" + std::to_string(trace) + "\"");
            lines += line;
        }
    }
    return lines;
}

/// Of two environments, `b` against `a`.
Breakdown compared(const std::string& lines, const std::vector<DimensionChoice>& by = {})
{
    const TemporaryWorkspace workspace;
    [&] { QVERIFY(workspace.import({workspace.write("a.jsonl", lines)})); }();
    return *workspace.queries()->breakdown({.filter = {.conditions = {*conditionFromText("environment=b")}},
                                            .by = by,
                                            .baseline = Filter{.conditions = {*conditionFromText("environment=a")}},
                                            .wantsMeanChange = true},
                                           StopToken());
}

/// Of Student's distribution what lies beyond ±t, by Simpson's rule: nothing of what is tested.
double beyond(double t, double freedom)
{
    const double scale =
        std::exp(std::lgamma((freedom + 1) / 2) - std::lgamma(freedom / 2)) / std::sqrt(freedom * std::numbers::pi);
    const auto density = [&](double x) { return scale * std::pow(1 + x * x / freedom, -(freedom + 1) / 2); };
    constexpr int steps = 20'000;
    double area = 0;
    for (int i = 0; i <= steps; ++i)
        area += density(t * i / steps) * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
    return 1 - 2 * area * t / steps / 3;
}

} // namespace

/// Whether the cost of a call changed, or chance explains it.
class MeanChangeTest : public QObject
{
    Q_OBJECT

private slots:
    void aKnownExample()
    {
        int number = 0;
        const Breakdown answer = compared(callsOf(one, "a", 1, number) + callsOf(other, "b", 1, number));
        const MeanChange& change = answer.totalOfACall->cost;
        // A thousand tokens at 15 cents a million.
        constexpr double dollars = 0.00015;
        QVERIFY(std::abs(change.before.mean / dollars - 20.82) < 0.005);
        QVERIFY(std::abs(change.now.mean / dollars - 22.9867) < 0.005);
        QCOMPARE(change.before.traces, std::int64_t{15});
        QVERIFY2(std::abs(*change.chance() - 0.021) < 0.0005, std::to_string(*change.chance()).c_str());
        QVERIFY(change.isSignificant());
        // By the formula, with nothing of the program's.
        const auto varianceOf = [](std::span<const double> sample) {
            double sum = 0, squares = 0;
            for (const double value : sample)
                sum += value;
            const double mean = sum / static_cast<double>(sample.size());
            for (const double value : sample)
                squares += (value - mean) * (value - mean);
            return squares / static_cast<double>(sample.size() - 1) / static_cast<double>(sample.size());
        };
        const double a = varianceOf(one), b = varianceOf(other);
        const double freedom = (a + b) * (a + b) / (a * a / 14 + b * b / 14);
        QVERIFY(std::abs(*change.chance() - beyond((22.986667 - 20.82) / std::sqrt(a + b), freedom)) < 1e-5);
    }

    /// Ten calls of a trace that cost the same say no more than one of them.
    void callsOfATraceAreNoSampleOfTheirOwn()
    {
        int number = 0;
        const Breakdown single = compared(callsOf(one, "a", 1, number) + callsOf(other, "b", 1, number));
        number = 0;
        const Breakdown tenfold = compared(callsOf(one, "a", 10, number) + callsOf(other, "b", 10, number));
        QCOMPARE(tenfold.totalOfACall->cost.now.calls, std::int64_t{150});
        QCOMPARE(tenfold.totalOfACall->cost.now.traces, std::int64_t{15});
        QVERIFY(std::abs(*tenfold.totalOfACall->cost.chance() - *single.totalOfACall->cost.chance()) < 1e-9);
    }

    void rowsAreJudgedEachByItself()
    {
        int number = 0;
        // The same sample on both sides: nothing changed. Rows by model: there is one.
        const Breakdown answer =
            compared(callsOf(one, "a", 1, number) + callsOf(one, "b", 1, number), {{Dimension::Model, {}}});
        QCOMPARE(answer.rows.size(), std::size_t{1});
        QVERIFY(std::abs(*answer.rows[0].ofACall->cost.chance() - 1) < 1e-9);
        QCOMPARE(answer.rows[0].ofACall->cost.now, answer.totalOfACall->cost.now);
        QVERIFY(!answer.rows[0].ofACall->cost.isSignificant());
    }

    /// The same example, told by latency: seconds of a call.
    void latencyIsTestedToo()
    {
        int number = 0;
        std::string lines;
        const auto add = [&](std::span<const double> sample, const char* environment) {
            for (const double value : sample) {
                const int tenths = static_cast<int>(std::lround(value * 10));
                const std::string end = std::string("2026-08-20T10:00:") + (tenths < 100 ? "0" : "") +
                                        std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "Z";
                lines += test::lineOf(
                    {.number = number++,
                     .members = std::string(",\"environment\":\"") + environment + "\",\"endTime\":\"" + end + "\""});
            }
        };
        add(one, "a");
        add(other, "b");
        const Breakdown answer = compared(lines);
        const MeanChange& latency = answer.totalOfACall->latency;
        QVERIFY(std::abs(latency.before.mean - 20.82) < 0.005);
        QVERIFY(std::abs(latency.now.mean - 22.9867) < 0.005);
        QVERIFY(std::abs(*latency.chance() - 0.021) < 0.0005);
        QVERIFY(!answer.totalOfACall->cost.isSignificant()); // all cost the same
        QCOMPARE(*answer.totalOfACall->cost.chance(), 1.0);
    }

    /// 2 of 40 failed, then 12 of 40: Welch's test of zeros and ones, by its formula.
    void failuresAreTestedToo()
    {
        int number = 0;
        std::string lines;
        const auto add = [&](int failed, const char* environment) {
            for (int i = 0; i < 40; ++i)
                lines += test::lineOf({.number = number++,
                                       .members = std::string(",\"environment\":\"") + environment + "\"" +
                                                  (i < failed ? ",\"level\":\"ERROR\"" : ",\"level\":\"DEFAULT\"")});
        };
        add(2, "a");
        add(12, "b");
        const MeanChange failures = compared(lines).totalOfACall->failures;
        QVERIFY(std::abs(failures.before.mean - 0.05) < 1e-12);
        QVERIFY(std::abs(failures.now.mean - 0.3) < 1e-12);
        QCOMPARE(failures.now.calls, std::int64_t{40});
        const double a = 0.05 * 0.95 / 39, b = 0.3 * 0.7 / 39;
        const double freedom = (a + b) * (a + b) / (a * a / 39 + b * b / 39);
        QVERIFY(std::abs(*failures.chance() - beyond(0.25 / std::sqrt(a + b), freedom)) < 1e-5);
        QVERIFY(failures.isSignificant());
    }

    void tooLittleSaysNothing()
    {
        int number = 0;
        const double lone[] = {20};
        const Breakdown few = compared(callsOf(one, "a", 1, number) + callsOf(lone, "b", 5, number));
        QCOMPARE(few.totalOfACall->cost.now.calls, std::int64_t{5});
        QVERIFY(!few.totalOfACall->cost.chance()); // five calls, one trace
        QVERIFY(!few.totalOfACall->cost.isSignificant());
        number = 0;
        // What is gone, and what is new, have no other side.
        const Breakdown gone = compared(callsOf(one, "a", 1, number), {{Dimension::Model, {}}});
        QCOMPARE(gone.rows.size(), std::size_t{1});
        QCOMPARE(gone.rows[0].ofACall->cost.now.calls, std::int64_t{0});
        QCOMPARE(gone.rows[0].ofACall->cost.before.calls, std::int64_t{15});
        QVERIFY(!gone.rows[0].ofACall->cost.chance());
    }
};

QTEST_GUILESS_MAIN(MeanChangeTest)
#include "mean_change_test.moc"
