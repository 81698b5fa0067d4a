// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/generations.h"
#include "support/workspace.h"

#include "app/workspace_changes.h"
#include "model/spend/saved_spend_plan.h"
#include "model/store/workspace.h"

using namespace plumbline;
using plumbline::test::lineOf;
using plumbline::test::TemporaryWorkspace;

namespace {

constexpr std::int32_t july = 2026 * 12 + 6, august = july + 1, september = july + 2;

std::string feature(const char* name)
{
    return std::string(",\"metadata\":{\"feature\":\"") + name + "\"}";
}

/// Two calls in July, three in August, one in September; gpt-4o-mini costs $0.15 and $0.60 a million.
std::string months()
{
    const std::string chat = feature("chat"), search = feature("search");
    return lineOf({.number = 1, .time = "2026-07-03T10:00:00Z", .members = chat, .input = 1'000'000}) +
           lineOf({.number = 2, .time = "2026-07-04T10:00:00Z", .members = chat, .input = 1'000'000}) +
           lineOf({.number = 3, .time = "2026-08-03T10:00:00Z", .members = chat, .input = 2'000'000}) +
           lineOf({.number = 4, .time = "2026-08-04T10:00:00Z", .members = chat, .input = 1'000'000}) +
           lineOf({.number = 5, .time = "2026-08-05T10:00:00Z", .members = search, .input = 3'000'000}) +
           lineOf({.number = 6, .time = "2026-09-05T10:00:00Z", .members = chat, .input = 1'000'000});
}

} // namespace

/// A month that is closed stays what it was, whatever comes after.
class ClosingTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<TemporaryWorkspace> m_workspace;
    const std::unique_ptr<WorkspaceService> m_service = workspaceChanges();

    std::string importedAs(const char* name, const std::string& lines)
    {
        const auto report = m_workspace->import({m_workspace->write(name, lines)});
        return report ? std::string() : report.error().text();
    }
    SpendAnswer spend(std::int32_t month, bool wantsTodaysRows = false)
    {
        return *m_workspace->queries()->spend({.month = month, .wantsTodaysRows = wantsTodaysRows}, StopToken());
    }
    Result<> close(std::int32_t month, const char* note = "")
    {
        return m_service->closeMonth(m_workspace->path(), month, note, StopToken());
    }

private slots:
    void init()
    {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        QCOMPARE(importedAs("a.jsonl", months()), std::string());
    }

    void aClosedMonthSaysWhatItSaid();
    void laterCallsAreAnAdjustment();
    void otherPricesAreAnAdjustment();
    void aNewPlanLeavesItAsItWas();
    void theNextMonthIsComparedWithWhatWasClosed();
    void otherPagesShowTodaysRows();
    void focusAddsUpToWhatWasClosed();
    void ratesAndBudgetsStay();
    void anotherCalendarIsSaid();
    void reopened();
    void aMonthThatIsNotOverIsNotClosed();
    void closedTwice();
    void snapshotsAreKeptWhole();
    void aDamagedSnapshotIsSaid();
};

void ClosingTest::aClosedMonthSaysWhatItSaid()
{
    const SpendAnswer before = spend(august);
    QVERIFY(close(august, "invoice 17"));
    const SpendAnswer after = spend(august);
    QVERIFY(after.adjustment);
    QCOMPARE(after.adjustment->note, std::string("invoice 17"));
    QCOMPARE(after.adjustment->amount, MoneySum());
    QVERIFY(after.adjusted.empty());
    QCOMPARE(decimalText(after.budget.spent), std::string("0.900018")); // 6 M × 0.15 + 30 × 0.6 / M
    QCOMPARE(after.budget.spent, before.budget.spent);
    QCOMPARE(after.total.calls, 3);
    QCOMPARE(after.variance, before.variance);
    QCOMPARE(after.units, before.units);
    QCOMPARE(after.traced, before.traced);
}

void ClosingTest::laterCallsAreAnAdjustment()
{
    QVERIFY(close(august));
    QCOMPARE(importedAs("late.jsonl",
                        lineOf({.number = 7, .time = "2026-08-20T10:00:00Z", .input = 10'000'000, .output = 0})),
             std::string());
    const SpendAnswer answer = spend(august);
    QCOMPARE(decimalText(answer.budget.spent), std::string("0.900018"));
    QCOMPARE(answer.total.calls, 3);
    QCOMPARE(answer.adjustment->calls, 1);
    QCOMPARE(decimalText(answer.adjustment->amount), std::string("1.5"));
    QCOMPARE(answer.adjusted.size(), std::size_t{1});
    QCOMPARE(m_workspace->queries()->status(StopToken())->adjustments.size(), std::size_t{1});
    QCOMPARE(decimalText(spend(august, true).budget.spent), std::string("2.400018"));
    // Of the thirteen months as well.
    const auto& bars = spend(september).months;
    QCOMPARE(bars.size(), std::size_t{3});
    QCOMPARE(decimalText(bars[1].spent), std::string("0.900018"));
}

void ClosingTest::otherPricesAreAnAdjustment()
{
    QVERIFY(close(august));
    PriceOverrides overrides;
    overrides.discounts.push_back({.provider = "openai", .paid = *parseRatio("0.5")});
    QVERIFY(m_service->setPriceOverrides(m_workspace->path(), overrides, {}, StopToken()));
    const SpendAnswer answer = spend(august);
    QCOMPARE(decimalText(answer.budget.spent), std::string("0.900018"));
    QCOMPARE(answer.adjustment->calls, 0);
    QCOMPARE(decimalText(answer.adjustment->amount), std::string("-0.450009"));
    QCOMPARE(decimalText(spend(july).budget.spent), std::string("0.150006")); // that was open
}

void ClosingTest::aNewPlanLeavesItAsItWas()
{
    const auto plan = [&](std::int64_t cents) {
        return SpendPlan{.centres = {{.name = "Chat", .conditions = {*conditionFromText("feature=chat")}}},
                         .budgets = {{.from = july, .cents = cents},
                                     {.scope = {"cost-centre", "Chat"}, .from = july, .cents = cents}}};
    };
    QVERIFY(m_service->setSpendPlan(m_workspace->path(), plan(50)));
    QVERIFY(close(august));
    QVERIFY(m_service->setSpendPlan(m_workspace->path(), plan(10'000)));
    const SpendAnswer answer = spend(august);
    QCOMPARE(*answer.budget.budget, MoneySum::ofCents(50));
    QCOMPARE(answer.budget.state, BudgetState::Over);
    QCOMPARE(answer.centres.size(), std::size_t{2});
    QCOMPARE(*answer.centres[0].standing.budget, MoneySum::ofCents(50));
    QCOMPARE(decimalText(answer.centres[0].own), std::string("0.450012"));
    QCOMPARE(decimalText(answer.centres[1].own), std::string("0.450006"));
    QCOMPARE(*spend(july).budget.budget, MoneySum::ofCents(10'000));
}

void ClosingTest::theNextMonthIsComparedWithWhatWasClosed()
{
    const SpendAnswer before = spend(september);
    QVERIFY(close(august));
    QCOMPARE(importedAs("late.jsonl", lineOf({.number = 7, .time = "2026-08-20T10:00:00Z", .input = 10'000'000})),
             std::string());
    const SpendAnswer after = spend(september);
    QCOMPARE(after.variance, before.variance);
    QCOMPARE(*after.totalBaseline.cost, *before.totalBaseline.cost);
}

void ClosingTest::otherPagesShowTodaysRows()
{
    QVERIFY(close(august));
    QCOMPARE(importedAs("late.jsonl",
                        lineOf({.number = 7, .time = "2026-08-20T10:00:00Z", .input = 10'000'000, .output = 0})),
             std::string());
    const auto queries = m_workspace->queries();
    const auto today = queries->breakdown({.filter = {.period = queries->calendar().month(august)}}, StopToken());
    QCOMPARE(decimalText(*today->total.cost), std::string("2.400018"));
}

void ClosingTest::focusAddsUpToWhatWasClosed()
{
    QVERIFY(close(august));
    QCOMPARE(importedAs("late.jsonl",
                        lineOf({.number = 7, .time = "2026-08-20T10:00:00Z", .input = 10'000'000, .output = 0})),
             std::string());
    const auto queries = m_workspace->queries();
    const Period period = queries->calendar().month(august);
    const ReportingCurrency euro{.code = "EUR", .rate = ExchangeRate{.currency = "EUR", .nanos = 800'000'000}};
    const QStringList lines = QString::fromStdString(focusCsv(*queries->charges(period, StopToken()), period, euro,
                                                              queries->adjustments(StopToken())->at(0).amount))
                                  .split(u'\n', Qt::SkipEmptyParts);
    MoneySum billed;
    for (const QString& line : lines.mid(1))
        billed += *moneyFromDecimal(line.section(u',', 0, 0).toStdString());
    QCOMPARE(decimalText(billed), std::string("0.7200144")); // 0.900018 × 0.8
    QVERIFY(lines.last().contains(QStringLiteral("Adjustment,Correction")));
}

void ClosingTest::ratesAndBudgetsStay()
{
    const auto plan = [](std::int64_t cents, std::int64_t nanos) {
        return SpendPlan{
            .budgets = {{.from = july, .cents = cents}},
            .currency = "EUR",
            .rates = {{.currency = "EUR", .month = august, .nanos = nanos, .date = "2026-08-31", .source = "a bank"}}};
    };
    QVERIFY(m_service->setSpendPlan(m_workspace->path(), plan(50, 900'000'000)));
    QVERIFY(close(august));
    QVERIFY(m_service->setSpendPlan(m_workspace->path(), plan(7'000, 100'000'000)));
    const SpendAnswer answer = spend(august);
    QCOMPARE(answer.plan.rates.size(), std::size_t{1});
    QCOMPARE(answer.plan.rates[0].nanos, 900'000'000);
    QCOMPARE(*answer.months.back().budget, MoneySum::ofCents(50));
    QCOMPARE(*spend(september).months[1].budget, MoneySum::ofCents(50));
}

void ClosingTest::anotherCalendarIsSaid()
{
    QVERIFY(close(august));
    QVERIFY(spend(august).adjustment->calendar.empty());
    QVERIFY(m_service->setReporting(m_workspace->path(), "Asia/Kolkata", 1, StopToken()));
    QCOMPARE(spend(august).adjustment->calendar, std::string("UTC, months from day 1"));
}

void ClosingTest::reopened()
{
    QVERIFY(close(august));
    QCOMPARE(importedAs("late.jsonl",
                        lineOf({.number = 7, .time = "2026-08-20T10:00:00Z", .input = 10'000'000, .output = 0})),
             std::string());
    QVERIFY(m_service->reopenMonth(m_workspace->path(), august));
    const SpendAnswer answer = spend(august);
    QVERIFY(!answer.adjustment);
    QCOMPARE(decimalText(answer.budget.spent), std::string("2.400018"));
    QCOMPARE(m_service->reopenMonth(m_workspace->path(), august).error().kind, ErrorKind::NotFound);
}

void ClosingTest::aMonthThatIsNotOverIsNotClosed()
{
    const std::int32_t now = m_workspace->queries()->calendar().monthOf(currentTime());
    QCOMPARE(close(now).error().kind, ErrorKind::Usage);
}

void ClosingTest::closedTwice()
{
    QVERIFY(close(august));
    const auto again = close(august);
    QCOMPARE(again.error().kind, ErrorKind::Usage);
    QVERIFY(again.error().text().find("2026-08") != std::string::npos);
}

void ClosingTest::snapshotsAreKeptWhole()
{
    const SpendAnswer answer = spend(august);
    spend::ClosedFigures figures = closedFiguresOf(answer, m_workspace->queries()->calendar());
    figures.all.spent = MoneySum::ofPicodollars(MoneySum::Integer{-123'456'789'012'345'678} * 1'000'000'007);
    figures.centres.push_back({.standing = {.scope = {"cost-centre", "\"A\"\n"}, .budget = MoneySum::ofCents(7)},
                               .calls = 3,
                               .shared = MoneySum::ofCents(-1),
                               .split = SplitKey::Tokens});
    const auto read = spend::closedFiguresFromJson(spend::toJson(figures));
    QVERIFY(read);
    QCOMPARE(read->all, figures.all);
    QCOMPARE(read->centres, figures.centres);
    QCOMPARE(read->traced, figures.traced);
    QCOMPARE(spend::varianceOf(answer.before, read->side, spend::VarianceMethod::Shapley), answer.variance);
}

void ClosingTest::aDamagedSnapshotIsSaid()
{
    QVERIFY(close(august));
    {
        const auto opened = store::Workspace::open(m_workspace->path(), store::OpenMode::ReadWrite);
        QVERIFY(opened->database().execute(
            "UPDATE closed_month SET snapshot = replace(snapshot, '\"calls\":3', '\"calls\":\"x\"')"));
    }
    const auto answer = m_workspace->queries()->spend({.month = august}, StopToken());
    QCOMPARE(answer.error().kind, ErrorKind::Malformed);
    QVERIFY(answer.error().text().find("2026-08") != std::string::npos);
}

QTEST_MAIN(ClosingTest)
#include "closing_test.moc"
