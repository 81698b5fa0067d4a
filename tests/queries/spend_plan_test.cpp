// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/generations.h"
#include "support/workspace.h"

#include "model/spend/saved_spend_plan.h"
#include "model/spend/spend_plan_json.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

namespace {

constexpr std::int32_t september = 2026 * 12 + 8, october = september + 1, november = october + 1;

CostCentre centre(const char* name, const char* condition, SplitKey shared = SplitKey::None)
{
    return {.name = name, .conditions = {*conditionFromText(condition)}, .shared = shared};
}

} // namespace

/// Cost centres and budgets: which are sound, and that they are kept.
class SpendPlanTest : public QObject
{
    Q_OBJECT

private slots:
    void budgetsHoldFromAMonthOn();
    void yearsBeginWhereThePlanSays();
    void plansAreKept();
    void badPlansAreRefused_data();
    void badPlansAreRefused();
    void planFiles_data();
    void planFiles();
};

void SpendPlanTest::budgetsHoldFromAMonthOn()
{
    const SpendPlan plan{.budgets = {{.from = september, .cents = 100},
                                     {.from = november, .cents = 300},
                                     {.from = november + 2, .cents = 0}}};
    const auto cents = [&](std::int32_t month) { return budgetOf(plan, {}, month).value_or(Budget()).cents; };
    QCOMPARE(cents(september - 1), 0);
    QCOMPARE(cents(september), 100);
    QCOMPARE(cents(october), 100);
    QCOMPARE(cents(november + 1), 300);
    QVERIFY(!budgetOf(plan, {}, november + 2));
}

void SpendPlanTest::yearsBeginWhereThePlanSays()
{
    QCOMPARE(firstMonthOfYear({}, october), 2026 * 12);
    QCOMPARE(yearName({}, october), std::string("2026"));
    const SpendPlan april{.yearStarts = 4};
    QCOMPARE(firstMonthOfYear(april, october), 2026 * 12 + 3);
    QCOMPARE(yearName(april, october), std::string("2026/27"));
    const SpendPlan december{.yearStarts = 12};
    QCOMPARE(firstMonthOfYear(december, october), 2025 * 12 + 11);
    QCOMPARE(firstMonthOfYear(december, 2025 * 12 + 11), 2025 * 12 + 11);
    QCOMPARE(yearName({.yearStarts = 2}, 1999 * 12 + 5), std::string("1999/00"));
}

void SpendPlanTest::plansAreKept()
{
    const TemporaryWorkspace workspace;
    const std::string calls = test::twoCalls({});
    QVERIFY(workspace.import({workspace.write("a.jsonl", calls)}));
    const SpendPlan plan{
        .centres = {centre("Support", "feature=chat,triage"),
                    {.name = "Two",
                     .conditions = {*conditionFromText("environment!=staging"),
                                    *conditionFromText("metadata.tenant=a\\,b")},
                     .shared = SplitKey::Evenly}},
        .budgets = {{.from = september, .cents = 12'345, .warnAt = 75.5},
                    {.scope = {"cost-centre", "Support"}, .from = october, .cents = 99},
                    {.scope = {"feature", "chat"}, .from = 0, .cents = 5}}, // always
        .owners = {{.feature = "chat", .owner = "Ann"}},
        .targets = {{.unit = WorkUnit::Call, .feature = "chat", .most = *moneyFromDecimal("0.000000000001")},
                    {.unit = WorkUnit::Session, .from = october, .most = *moneyFromDecimal("0.25")}},
        .notes = {{.month = october,
                   .step = "volume",
                   .nature = ChangeNature::Temporary,
                   .owner = "Bob",
                   .action = "ask \"why\""}},
        .yearStarts = 4,
        .currency = "EUR",
        .rates = {
            {.currency = "EUR", .month = october, .nanos = 920'100'000, .date = "2026-10-30", .source = "a bank"}}};
    {
        auto opened = store::Workspace::open(workspace.path(), store::OpenMode::ReadWrite);
        QVERIFY(saveSpendPlan(*opened, plan));
    }
    QCOMPARE(*savedSpendPlan(*store::Workspace::open(workspace.path(), store::OpenMode::ReadOnly)), plan);
    QCOMPARE(*spendPlanFromJson(toJson(plan)), plan);
    // Nobody's data goes with a re-import.
    QVERIFY(workspace.import({workspace.write("b.jsonl", calls)}));
    QCOMPARE(workspace.queries()->spend({.month = october}, StopToken())->plan, plan);
}

void SpendPlanTest::badPlansAreRefused_data()
{
    QTest::addColumn<SpendPlan>("plan");
    const auto budget = [](const char* of, const char* value) { return Budget{.scope = {of, value}, .from = 1}; };
    QTest::newRow("no name") << SpendPlan{.centres = {centre("", "feature=a")}};
    QTest::newRow("a name twice") << SpendPlan{.centres = {centre("A", "feature=a"), centre("A", "feature=b")}};
    QTest::newRow("no condition") << SpendPlan{.centres = {{.name = "A"}}};
    QTest::newRow("what nobody has") << SpendPlan{.centres = {centre("unallocated", "feature=a")}};
    QTest::newRow("all shared") << SpendPlan{.centres = {centre("A", "feature=a", SplitKey::Calls)}};
    QTest::newRow("nothing's") << SpendPlan{.budgets = {budget("feature", "")}};
    QTest::newRow("all of what") << SpendPlan{.budgets = {budget("all", "x")}};
    QTest::newRow("unknown") << SpendPlan{.budgets = {budget("colour", "red")}};
    QTest::newRow("no such centre") << SpendPlan{.budgets = {budget("cost-centre", "A")}};
    QTest::newRow("twice") << SpendPlan{.budgets = {budget("all", ""), budget("all", "")}};
    QTest::newRow("negative") << SpendPlan{.budgets = {{.from = 1, .cents = -1}}};
    const auto rate = [](const char* code, const char* date, const char* source) {
        return SpendPlan{.rates = {{.currency = code, .month = 1, .nanos = 1, .date = date, .source = source}}};
    };
    QTest::newRow("no such currency") << SpendPlan{.currency = "euro"};
    QTest::newRow("a rate of dollars") << rate("USD", "2026-10-30", "a bank");
    QTest::newRow("a rate of no day") << rate("EUR", "soon", "a bank");
    QTest::newRow("a rate by nobody") << rate("EUR", "2026-10-30", "");
    QTest::newRow("two owners") << SpendPlan{.owners = {{"a", "x"}, {"a", "y"}}};
    QTest::newRow("an owner of nothing") << SpendPlan{.owners = {{"", "x"}}};
    QTest::newRow("nobody") << SpendPlan{.owners = {{"a", ""}}};
    const Money cent = *moneyFromDecimal("0.01");
    QTest::newRow("two targets") << SpendPlan{.targets = {{.most = cent}, {.most = cent}}};
    QTest::newRow("a target of nothing") << SpendPlan{.targets = {{.most = Money()}}};
    QTest::newRow("sessions of a feature")
        << SpendPlan{.targets = {{.unit = WorkUnit::Session, .feature = "a", .most = cent}}};
    QTest::newRow("two notes") << SpendPlan{.notes = {{.month = 1, .step = "price"}, {.month = 1, .step = "price"}}};
    QTest::newRow("a note on nothing") << SpendPlan{.notes = {{.month = 1}}};
    QTest::newRow("a year of thirteen") << SpendPlan{.yearStarts = 13};
    QTest::newRow("a threshold") << SpendPlan{.budgets = {{.from = 1, .warnAt = 0}}};
}

void SpendPlanTest::badPlansAreRefused()
{
    QFETCH(SpendPlan, plan);
    QCOMPARE(checked(plan).error().kind, ErrorKind::Usage);
}

void SpendPlanTest::planFiles_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* text, const char* says) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(says);
    };
    row("no JSON", "{", "no JSON");
    row("a list", "[]", "object");
    row("another file", "{}", "plumbline_spend");
    row("a misspelt word", R"({"plumbline_spend": 1, "budget": []})", "'budget'");
    row("no list", R"({"plumbline_spend": 1, "budgets": 3})", "list");
    row("no month", R"({"plumbline_spend": 1, "budgets": [{"for": "all", "from": "soon", "usd": 1}]})", "budgets[0]");
    row("a rate that is a number",
        R"({"plumbline_spend": 1, "exchange_rates": [{"currency": "EUR", "month": "2026-10", "per_usd": 0.9}]})",
        "per_usd");
    row("a rate of zero",
        R"({"plumbline_spend": 1, "exchange_rates": [{"currency": "EUR", "month": "2026-10", "per_usd": "0"}]})",
        "exchange_rates[0]");
    row("no amount", R"({"plumbline_spend": 1, "budgets": [{"for": "all", "from": "2026-10"}]})", "usd");
    row("too much", R"({"plumbline_spend": 1, "budgets": [{"for": "all", "from": "2026-10", "usd": 1e300}]})", "usd");
    row("a target that is a number", R"({"plumbline_spend": 1, "unit_cost_targets": [{"unit": "call", "usd": 1}]})",
        "unit_cost_targets[0]");
    row("no such unit", R"({"plumbline_spend": 1, "unit_cost_targets": [{"unit": "token", "usd": "1"}]})", "'token'");
    row("no such nature",
        R"({"plumbline_spend": 1, "change_notes": [{"month": "2026-10", "step": "price", "nature": "odd"}]})", "'odd'");
    row("no month of the year", R"({"plumbline_spend": 1, "year_starts": "May"})", "year_starts");
    row("no condition", R"({"plumbline_spend": 1, "cost_centres": [{"name": "A", "match": ["chat"]}]})",
        "cost_centres[0]");
    row("an unknown key", R"({"plumbline_spend": 1, "cost_centres": [{"name": "A", "match": [], "split_by": "x"}]})",
        "'x'");
}

void SpendPlanTest::planFiles()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto plan = spendPlanFromJson(text.toStdString());
    QVERIFY(!plan);
    QVERIFY2(plan.error().text().find(says.toStdString()) != std::string::npos, plan.error().text().c_str());
}

QTEST_GUILESS_MAIN(SpendPlanTest)
#include "spend_plan_test.moc"
