// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "model/items/format.h"
#include "model/items/scope.h"

using namespace plumbline;

namespace {

Scope scopeOf(std::initializer_list<const char*> conditions)
{
    Scope scope;
    for (const char* text : conditions)
        scope.filter.conditions.push_back(conditionFromText(text).value());
    return scope;
}

} // namespace

class ScopeTest : public QObject
{
    Q_OBJECT

private slots:
    void comparingLeavesNothingBehind()
    {
        const DimensionChoice release{Dimension::Release, {}};
        const Scope plain{.filter = {.conditions = {*conditionFromText("feature=chat")}}};
        const Scope first = comparedWith(plain, release, {"v1"});
        QCOMPARE(first.filter.conditions.size(), std::size_t{2});
        // From one to another: all but that one are compared with it, and nothing is left of the first.
        const Scope second = comparedWith(first, release, {"v2"});
        QVERIFY(second.filter.conditions ==
                (std::vector<Condition>{*conditionFromText("feature=chat"), *conditionFromText("release!=v2")}));
        QVERIFY(comparedCalls(second)->conditions ==
                (std::vector<Condition>{*conditionFromText("feature=chat"), *conditionFromText("release=v2")}));
        QVERIFY(withoutComparison(second) == plain);
        // What the user chose stays.
        Scope chosen = plain;
        chosen.filter.conditions.push_back(*conditionFromText("release=v3"));
        QVERIFY(withoutComparison(comparedWith(chosen, release, {"v1"})) == chosen);
    }
    void aChosenComparisonStaysWithAnotherPeriod()
    {
        const ReportingCalendar calendar;
        const auto month = [&](int number) { return calendar.month(2026 * 12 + number - 1); };
        const Timestamp lastCall(month(10).end.microseconds() - 1);
        QCOMPARE(format::period(month(9), calendar), QStringLiteral("September 2026"));
        // What lay before goes along with the period.
        const Scope october{.filter = {.period = month(10)}, .baseline = month(9)};
        QVERIFY(withPeriod(october, month(9), lastCall, calendar).baseline == month(8));
        QVERIFY(!withPeriod(october, {}, lastCall, calendar).baseline);
        // Also where later calls have come since: what was the same days then.
        const Period days{month(9).first, Timestamp(month(9).first.microseconds() + 12 * microsecondsPerDay)};
        QVERIFY(
            withPeriod({.filter = {.period = month(10)}, .baseline = days}, month(9), lastCall, calendar).baseline ==
            month(8));
        // What somebody chose stays, but for the period it is.
        const Scope chosen{.filter = {.period = month(10)}, .baseline = month(6)};
        QVERIFY(withPeriod(chosen, month(9), lastCall, calendar).baseline == month(6));
        QVERIFY(withPeriod(chosen, {}, lastCall, calendar).baseline == month(6));
        QVERIFY(withPeriod(chosen, month(6), lastCall, calendar).baseline == month(5));
        // Where nothing is compared nothing comes to be.
        QVERIFY(!withPeriod({.filter = {.period = month(10)}}, month(9), lastCall, calendar).baseline);
    }

    void aConditionOnAnotherDimensionIsAnotherChip()
    {
        QCOMPARE(narrowed(scopeOf({"model=a"}), conditionFromText("feature=x").value()),
                 scopeOf({"model=a", "feature=x"}));
    }

    void aConditionOnTheSameDimensionReplacesItsValues()
    {
        QCOMPARE(narrowed(scopeOf({"model=a,b"}), conditionFromText("model=a").value()), scopeOf({"model=a"}));
    }

    void exclusionsGather()
    {
        const Scope scope = narrowed(scopeOf({"model!=a"}), conditionFromText("model!=b").value());
        QCOMPARE(scope, scopeOf({"model!=a,b"}));
        QCOMPARE(narrowed(scope, conditionFromText("model!=b").value()), scope);
    }

    void chipsSayWhatTheyDo()
    {
        QCOMPARE(chipText(conditionFromText("environment=production").value()), "environment: production");
        QCOMPARE(chipText(conditionFromText("feature!=chat,search").value()), "not feature: chat, search");
        QCOMPARE(chipText(conditionFromText("model=a,b,c,d").value()), "model: a, b and 2 more");
        QCOMPARE(chipText(conditionFromText("metadata.tenant=acme").value()), "tenant: acme");
    }

    void historyWalksBackAndForward()
    {
        ScopeHistory history;
        history.visit(scopeOf({"model=a"}));
        history.visit(scopeOf({"model=b"}));
        history.goBack();
        QCOMPARE(history.current(), scopeOf({"model=a"}));
        QVERIFY(history.canGoForward());
        history.goForward();
        QCOMPARE(history.current(), scopeOf({"model=b"}));
        QVERIFY(!history.canGoForward());
    }

    void aNewScopeForgetsWhatLayAhead()
    {
        ScopeHistory history;
        history.visit(scopeOf({"model=a"}));
        history.goBack();
        history.visit(scopeOf({"model=b"}));
        QVERIFY(!history.canGoForward());
        history.goBack();
        QCOMPARE(history.current(), Scope{});
    }

    void theSameScopeAgainIsNoStep()
    {
        ScopeHistory history;
        history.visit(Scope{});
        QVERIFY(!history.canGoBack());
    }

    void beforeAMonthLiesAMonth()
    {
        const auto calendar = ReportingCalendar::open("Europe/Berlin", 15).value();
        const std::int32_t march = ReportingCalendar::parseMonth("2026-03").value();
        QCOMPARE(previousPeriod(calendar.month(march), calendar), calendar.month(march - 1));
    }

    void beforeWholeDaysLieAsManyDaysWhateverTheClockDoes()
    {
        const auto calendar = ReportingCalendar::open("Europe/Berlin", 1).value();
        const std::int32_t first = *parseDate("2026-03-27"); // the clock changes on the 29th
        const Period week{calendar.startOfDay(first), calendar.startOfDay(first + 7)};
        QCOMPARE(previousPeriod(week, calendar), (Period{calendar.startOfDay(first - 7), week.first}));
        const Period after{week.end, calendar.startOfDay(first + 14)};
        QCOMPARE(previousPeriod(after, calendar), week);
    }

    void lastSevenDaysEndToday()
    {
        const ReportingCalendar calendar;
        const std::int32_t today = *parseDate("2026-10-22");
        QCOMPARE(
            periodOf(PeriodChoice::Last7Days, today, calendar),
            (Period{calendar.startOfDay(*parseDate("2026-10-16")), calendar.startOfDay(*parseDate("2026-10-23"))}));
        QVERIFY(!periodOf(PeriodChoice::All, today, calendar));
    }

    void aMonthThatIsNotOverIsComparedWithTheSameDays()
    {
        const ReportingCalendar calendar;
        const std::int32_t october = ReportingCalendar::parseMonth("2026-10").value();
        const auto day = [&](const char* text) { return calendar.startOfDay(*parseDate(text)); };
        QCOMPARE(comparablePeriod(calendar.month(october), *parseTimestamp("2026-10-22T14:00:00Z"), calendar),
                 (Period{day("2026-09-01"), day("2026-09-23")}));
        QCOMPARE(comparablePeriod(calendar.month(october), *parseTimestamp("2026-11-02"), calendar),
                 calendar.month(october - 1));
        // September has no 31st: all of it is compared.
        QCOMPARE(comparablePeriod(calendar.month(october), *parseTimestamp("2026-10-31T14:00:00Z"), calendar),
                 calendar.month(october - 1));
    }

    void aWorkspaceOpensAtThisMonthOrAtTheMonthOfItsLastCall()
    {
        const ReportingCalendar calendar;
        const std::int32_t october = ReportingCalendar::parseMonth("2026-10").value();
        const Period extent{*parseTimestamp("2026-08-01"), *parseTimestamp("2026-10-22T12:00:00Z")};
        QCOMPARE(openingPeriod(extent, *parseDate("2026-10-30"), calendar), calendar.month(october));
        QCOMPARE(openingPeriod(extent, *parseDate("2027-01-30"), calendar), calendar.month(october));
        QVERIFY(!openingPeriod({}, *parseDate("2027-01-30"), calendar));
    }
};

QTEST_GUILESS_MAIN(ScopeTest)
#include "scope_test.moc"
