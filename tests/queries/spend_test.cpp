// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/spend_plans.h"
#include "support/two_months.h"

#include <numeric>

#include "model/record/recorder.h"

using namespace plumbline;
using namespace plumbline::test;

namespace {

CostCentre centre(const char* name, const char* condition, SplitKey shared = SplitKey::None)
{
    return {.name = name, .conditions = {*conditionFromText(condition)}, .shared = shared};
}

} // namespace

/// Finance's questions, asked of small workspaces.
class SpendTest : public QObject
{
    Q_OBJECT

private slots:
    void aMonthIsItsCalls();
    void months();
    void varianceAddsUpToTheMonths();
    void aMonthToComeIsExpected();
    void theYearIsThePlans();
    void daysBehindTheLastCallAreNotKnown();
    void centresHaveWhatIsTheirs();
    void sharedCostIsBorneToTheLastPicodollar_data();
    void sharedCostIsBorneToTheLastPicodollar();
    void whatWasSpentBeforeStandsBesideIt_data();
    void whatWasSpentBeforeStandsBesideIt();
    void budgetsOfAnything();
    void atRiskAndOver();
    void aHalfHourZoneDecidesTheMonth();
    void anyTwoPeriodsAreCompared();
    void anyTwoSetsOfCallsAreCompared();
    void earlierForecastsAreHeldAgainstWhatCame();
    void aForecastKnowsNothingOfDaysToCome();
    void aDayThatDropsIsTold();
    void emptyMonths();
};

void SpendTest::aMonthIsItsCalls()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    const SpendAnswer answer = ask(workspace, {.month = october, .now = at("2026-11-20T00:00:00Z")});
    QCOMPARE(answer.budget.spent, millions(31 * 7));
    QCOMPARE(*answer.total.cost, millions(31 * 7));
    QCOMPARE(*answer.totalBaseline.cost, millions(30 * 4));
    QVERIFY(answer.isOver);
    QCOMPARE(answer.knownDays, 31);
    QVERIFY(!answer.forecast);
    QCOMPARE(answer.budget.state, BudgetState::None);
    QVERIFY(answer.centres.empty());
}

void SpendTest::months()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    const SpendAnswer answer = ask(workspace, {.month = november, .now = at("2026-11-01T10:00:00Z")});
    QCOMPARE(answer.months.size(), 3U);
    QCOMPARE(answer.months[0].spent, millions(30 * 4));
    QCOMPARE(answer.months[1].spent, millions(31 * 7));
    QCOMPARE(answer.months[2].spent, MoneySum());
    QVERIFY(answer.months[2].forecast.has_value()); // from what October was
}

void SpendTest::varianceAddsUpToTheMonths()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    for (const spend::VarianceMethod method : {spend::VarianceMethod::Shapley, spend::VarianceMethod::Sequential}) {
        const spend::Variance variance =
            ask(workspace, {.month = october, .method = method, .now = at("2026-11-20T00:00:00Z")}).variance;
        QCOMPARE(variance.before, 1800); // 120 × 15 cents
        QCOMPARE(variance.after, 3255);
        QCOMPARE(std::accumulate(variance.factors.begin(), variance.factors.end(), variance.before), variance.after);
        // A day more for the same features, and twice the tokens in one of them: nothing else changed.
        const auto of = [&](spend::Factor factor) { return variance.factors[static_cast<std::size_t>(factor)]; };
        QVERIFY(of(spend::Factor::Volume) > 0);
        QVERIFY(of(spend::Factor::TokensPerCall) > 1000);
        QCOMPARE(of(spend::Factor::Volume) + of(spend::Factor::TokensPerCall), 1455);
    }
}

void SpendTest::aMonthToComeIsExpected()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    // Asked in the morning of the 17th of September, as if the rest had not been: sixteen whole days are known.
    const SpendAnswer answer = ask(workspace, {.month = september, .now = at("2026-09-17T06:00:00Z")});
    QVERIFY(!answer.isOver);
    QCOMPARE(answer.knownDays, 16);
    QVERIFY(answer.forecast.has_value());
    QCOMPARE(answer.forecast->method, spend::ForecastMethod::RunRate);
    QVERIFY(std::abs(answer.forecast->total.dollars() - millions(120).dollars()) < 0.01);
    QVERIFY(!answer.forecast->low); // too few days to test it on
}

void SpendTest::theYearIsThePlans()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    const auto yearOf = [&](std::int32_t month) {
        return ask(workspace, {.month = month, .now = at("2026-10-17T06:00:00Z")}).year;
    };
    const double whole = yearOf(october)->total.dollars();
    setPlan(workspace, {.yearStarts = 11});
    // Of a year that ends with October nothing of November and December is to come.
    const double untilOctober = yearOf(october)->total.dollars();
    QVERIFY(untilOctober < whole);
    QVERIFY(std::abs(untilOctober - millions(120 + 31 * 7).dollars()) < 0.1 * untilOctober);
}

void SpendTest::daysBehindTheLastCallAreNotKnown()
{
    const TemporaryWorkspace workspace;
    std::string text;
    for (int day = 1; day <= 10; ++day)
        text += call(day, (dateText(dayNumber(2026, 10, day)) + "T12:00:00Z").c_str(), "chat", 1);
    QVERIFY(workspace.import({workspace.write("a.jsonl", text)}));
    const SpendAnswer later = ask(workspace, {.month = october, .now = at("2026-10-20T00:00:00Z")});
    QCOMPARE(later.knownDays, 10);
    QVERIFY(std::abs(later.forecast->total.dollars() - millions(31).dollars()) < 0.01);
    // The day of the last call is not over yet.
    const SpendAnswer onTheDay = ask(workspace, {.month = october, .now = at("2026-10-10T13:00:00Z")});
    QCOMPARE(onTheDay.knownDays, 9);
    QVERIFY(std::abs(onTheDay.forecast->total.dollars() - millions(31).dollars()) < 0.01);
}

void SpendTest::centresHaveWhatIsTheirs()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    setPlan(workspace, {.centres = {centre("Search", "feature=search"), centre("Staging", "environment=staging")}});
    const SpendAnswer answer = ask(workspace, {.month = october, .now = at("2026-11-20T00:00:00Z")});
    QCOMPARE(answer.centres.size(), 3U);
    QCOMPARE(answer.centres[0].own, millions(31));
    QCOMPARE(answer.centres[0].calls, 31);
    QCOMPARE(answer.centres[1].own, MoneySum()); // the first rule that holds has them
    QCOMPARE(answer.centres[2].name, std::string());
    QCOMPARE(answer.centres[2].own, millions(31 * 6));
}

void SpendTest::sharedCostIsBorneToTheLastPicodollar_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<double>("shareOfA");
    QTest::newRow("by spend") << QStringLiteral("spend") << 0.25;
    QTest::newRow("by calls") << QStringLiteral("calls") << 0.5;
    QTest::newRow("by tokens") << QStringLiteral("tokens") << 0.25;
    QTest::newRow("evenly") << QStringLiteral("evenly") << 0.5;
}

void SpendTest::sharedCostIsBorneToTheLastPicodollar()
{
    QFETCH(QString, key);
    QFETCH(double, shareOfA);
    const TemporaryWorkspace workspace;
    const std::string text = call(1, "2026-10-01T00:00:00Z", "a", 1) + call(2, "2026-10-02T00:00:00Z", "b", 3) +
                             call(3, "2026-10-03T00:00:00Z", "platform", 7) +
                             call(4, "2026-10-04T00:00:00Z", "nobody", 2);
    QVERIFY(workspace.import({workspace.write("a.jsonl", text)}));
    setPlan(workspace, {.centres = {centre("A", "feature=a"), centre("B", "feature=b"),
                                    centre("P", "feature=platform", *splitKeyFromId(key.toStdString()))}});
    const SpendAnswer answer = ask(workspace, {.month = october, .now = at("2026-11-20T00:00:00Z")});
    QVERIFY(std::abs(answer.centres[0].shared.dollars() / millions(7).dollars() - shareOfA) < 1e-9);
    QCOMPARE(answer.centres[0].shared + answer.centres[1].shared, millions(7));
    QCOMPARE(answer.centres[2].standing.spent, MoneySum());
    MoneySum all;
    for (const CostCentreSpend& of : answer.centres)
        all += of.standing.spent;
    QCOMPARE(all, answer.budget.spent);
    QCOMPARE(answer.centres[3].standing.spent, millions(2)); // what nobody has bears nothing
}

void SpendTest::whatWasSpentBeforeStandsBesideIt_data()
{
    sharedCostIsBorneToTheLastPicodollar_data();
}

/// What stands beside a month is what the other month says of itself, shared cost and all.
void SpendTest::whatWasSpentBeforeStandsBesideIt()
{
    QFETCH(QString, key);
    const TemporaryWorkspace workspace;
    const std::string text = call(1, "2026-09-01T00:00:00Z", "a", 1) + call(2, "2026-09-30T23:59:59Z", "b", 5) +
                             call(3, "2026-09-03T00:00:00Z", "platform", 7) +
                             call(4, "2026-09-04T00:00:00Z", "nobody", 2) + call(5, "2026-10-02T00:00:00Z", "a", 4) +
                             call(6, "2026-10-03T00:00:00Z", "platform", 3);
    QVERIFY(workspace.import({workspace.write("a.jsonl", text)}));
    setPlan(workspace, {.centres = {centre("A", "feature=a"), centre("B", "feature=b"),
                                    centre("P", "feature=platform", *splitKeyFromId(key.toStdString()))},
                        .budgets = {{.scope = {"feature", "platform"}, .from = september, .cents = 500}}});
    const Timestamp now = at("2026-11-20T00:00:00Z");
    const ReportingCalendar calendar;
    const SpendAnswer before = ask(workspace, {.month = september, .now = now});
    const SpendAnswer answer = ask(workspace, {.month = october, .now = now, .before = calendar.month(september)});
    QVERIFY(answer.earlier);
    QCOMPARE(answer.earlier->all, before.budget.spent);
    QCOMPARE(answer.earlier->standings.size(), 5U);
    for (const CostCentreSpend& of : before.centres)
        QCOMPARE(*answer.earlier->of(of.standing.scope), of.standing.spent);
    QCOMPARE(*answer.earlier->of({"feature", "platform"}), millions(7));
    QCOMPARE(*answer.earlier->ofProvider("openai"), before.budget.spent);
    QVERIFY(!answer.earlier->ofProvider("anthropic"));
    // Of some days: the last second of September is not among them.
    const Period days{at("2026-09-01T00:00:00Z"), at("2026-09-30T23:59:59Z")};
    const SpendAnswer ofDays = ask(workspace, {.month = october, .now = now, .before = days});
    QCOMPARE(ofDays.earlier->all, millions(10));
    QVERIFY(!ask(workspace, {.month = october, .now = now}).earlier);
}

void SpendTest::budgetsOfAnything()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    setPlan(workspace, {.budgets = {{.scope = {"environment", "staging"}, .from = september, .cents = 500},
                                    {.scope = {"provider", "openai"}, .from = september, .cents = 100}}});
    const SpendAnswer answer = ask(workspace, {.month = october, .now = at("2026-11-20T00:00:00Z")});
    QCOMPARE(answer.budgets.size(), 2U);
    QCOMPARE(answer.budgets[0].spent, millions(31)); // $4.65
    QCOMPARE(answer.budgets[0].state, BudgetState::AtRisk);
    QCOMPARE(answer.budgets[1].spent, millions(31 * 7));
    QCOMPARE(answer.budgets[1].state, BudgetState::Over);
}

void SpendTest::atRiskAndOver()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    // October is $32.55.
    for (const auto& [cents, state] : {std::pair(3255, BudgetState::AtRisk), std::pair(3254, BudgetState::Over),
                                       std::pair(5000, BudgetState::OnTrack)}) {
        setPlan(workspace, {.budgets = {{.from = september, .cents = cents}}});
        QCOMPARE(ask(workspace, {.month = october, .now = at("2026-11-20T00:00:00Z")}).budget.state, state);
    }
    // In the month it is what is expected that counts: September's sixteen days are half of $18.00.
    setPlan(workspace, {.budgets = {{.from = september, .cents = 1500}}});
    const SpendAnswer answer = ask(workspace, {.month = september, .now = at("2026-09-17T06:00:00Z")});
    QCOMPARE(answer.budget.state, BudgetState::Over);
}

void SpendTest::aHalfHourZoneDecidesTheMonth()
{
    const TemporaryWorkspace workspace;
    // 18:29 in UTC is 23:59 in India, 18:30 is the next month's first minute.
    const std::string text = call(1, "2026-09-30T18:29:59Z", "chat", 1) + call(2, "2026-09-30T18:30:00Z", "chat", 2);
    QVERIFY(workspace.import({workspace.write("a.jsonl", text)}));
    QVERIFY(store::Workspace::open(workspace.path(), store::OpenMode::ReadWrite)
                ->setSetting(store::setting::timeZone, "Asia/Kolkata"));
    QCOMPARE(ask(workspace, {.month = september}).budget.spent, millions(1));
    const SpendAnswer answer = ask(workspace, {.month = october});
    QCOMPARE(answer.budget.spent, millions(2));
    QCOMPARE(answer.months.back().spent, millions(2));
    QCOMPARE(answer.variance.after, 30);
}

void SpendTest::earlierForecastsAreHeldAgainstWhatCame()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    const SpendAnswer over = ask(workspace, {.month = october, .now = at("2026-11-20T00:00:00Z")});
    QCOMPARE(over.pastForecasts.size(), 2U);
    QCOMPARE(over.pastForecasts[0].month, september);
    QCOMPARE(centsOf(over.pastForecasts[0].expected), 1800); // ten even days of 60 cents, three times
    QCOMPARE(over.pastForecasts[0].actual, millions(30 * 4));
    QCOMPARE(over.pastForecasts[1].month, october);
    QCOMPARE(over.pastForecasts[1].actual, millions(31 * 7));
    // What the same question said on that day: nothing of what came later is in it.
    const SpendAnswer then = ask(workspace, {.month = october, .now = at("2026-10-11T00:00:00Z")});
    QCOMPARE(over.pastForecasts[1].expected, then.forecast->total);
    QCOMPARE(then.pastForecasts.size(), 1U); // October is not over
}

void SpendTest::aForecastKnowsNothingOfDaysToCome()
{
    // Ten days of 15 cents, then twenty of $1.50: nobody could know on the eleventh.
    std::string text;
    for (int day = 1; day <= 30; ++day)
        text += call(day, (dateText(dayNumber(2026, 9, day)) + "T12:00:00Z").c_str(), "chat", day <= 10 ? 1 : 10);
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", text)}));
    const SpendAnswer then = ask(workspace, {.month = september, .now = at("2026-09-11T00:00:00Z")});
    QCOMPARE(centsOf(then.forecast->total), 450);
    const SpendAnswer over = ask(workspace, {.month = september, .now = at("2026-11-20T00:00:00Z")});
    QCOMPARE(over.pastForecasts.size(), 1U);
    QCOMPARE(centsOf(over.pastForecasts[0].expected), 450);
    QCOMPARE(centsOf(over.pastForecasts[0].actual), 150 + 3000);
}

void SpendTest::anyTwoPeriodsAreCompared()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    const Period first{at("2026-09-21T00:00:00Z"), at("2026-10-01T00:00:00Z")},
        second{at("2026-10-11T00:00:00Z"), at("2026-10-21T00:00:00Z")};
    const SpendAnswer answer =
        ask(workspace, {.month = october, .change = std::pair(Filter{.period = second}, Filter{.period = first})});
    const auto costOf = [&](const Period& period) {
        return centsOf(workspace.queries()
                           ->breakdown({.filter = {.period = period}}, StopToken())
                           ->total.cost.value_or(MoneySum()));
    };
    QCOMPARE(answer.changed.period, second);
    QCOMPARE(answer.changedFrom.period, first);
    QCOMPARE(costOf(first), 600); // ten days of 4 M tokens at $0.15 a million
    QCOMPARE(answer.variance.before, costOf(first));
    QCOMPARE(answer.variance.after, costOf(second));
    QCOMPARE(answer.budget.spent, ask(workspace, {.month = october}).budget.spent); // the month stays the month
}

void SpendTest::anyTwoSetsOfCallsAreCompared()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    const Period month{at("2026-10-01T00:00:00Z"), at("2026-11-01T00:00:00Z")};
    const auto of = [&](const char* feature) { return Filter{month, {*conditionFromText(feature)}}; };
    const SpendAnswer answer =
        ask(workspace, {.month = october, .change = std::pair(of("feature=chat"), of("feature=search"))});
    QCOMPARE(answer.variance.before, 31 * 15);
    QCOMPARE(answer.variance.after, 31 * 6 * 15);
    QCOMPARE(answer.variance.retired, -31 * 15); // each has the feature that the other has not
    QCOMPARE(answer.variance.newItems, 31 * 6 * 15);
    QCOMPARE(answer.budget.spent, millions(31 * 7));
}

void SpendTest::aDayThatDropsIsTold()
{
    const TemporaryWorkspace workspace;
    std::string text;
    int number = 0;
    for (std::int32_t day = dayNumber(2026, 9, 1); day < dayNumber(2026, 11, 1); ++day) {
        const bool isMissing = day == dayNumber(2026, 10, 20);
        // Some noise, the same every time.
        for (int i = 0; i < (isMissing ? 1 : 10); ++i)
            text += call(++number, (dateText(day) + "T12:00:00Z").c_str(), "chat", 2 + (day * 7 + i) % 3);
    }
    QVERIFY(workspace.import({workspace.write("a.jsonl", text)}));
    const SpendAnswer answer = ask(workspace, {.month = october, .now = at("2026-11-20T00:00:00Z")});
    QCOMPARE(answer.anomalies.size(), 1U);
    QCOMPARE(dateText(answer.anomalies[0].day), std::string("2026-10-20"));
    QVERIFY(answer.anomalies[0].score < 0);
    QCOMPARE(answer.anomalies[0].feature, std::string("chat"));
    QCOMPARE(answer.anomalies[0].driver, std::optional(spend::Factor::Volume));
}

void SpendTest::emptyMonths()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", call(1, "2026-10-05T00:00:00Z", "chat", 1))}));
    const SpendAnswer before = ask(workspace, {.month = september - 40});
    QCOMPARE(before.budget.spent, MoneySum());
    QCOMPARE(before.months.size(), 1U);
    QVERIFY(before.anomalies.empty());
    const SpendAnswer long_after = ask(workspace, {.month = november + 60, .now = at("2026-10-10T00:00:00Z")});
    QCOMPARE(long_after.budget.spent, MoneySum());
    QCOMPARE(long_after.variance, spend::Variance());
}

QTEST_GUILESS_MAIN(SpendTest)
#include "spend_test.moc"
