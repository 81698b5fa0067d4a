// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/two_months.h"

#include "app/workspace_changes.h"
#include "model/record/recorder.h"
#include "model/spend/saved_spend_plan.h"
#include "model/store/workspace.h"

using namespace plumbline;
using namespace plumbline::test;

namespace {

/// A bill of one line for October.
void addBill(const TemporaryWorkspace& workspace, const ObservedBillLine& line)
{
    auto recorder = Recorder::open(workspace.path(), "a test");
    QVERIFY(recorder);
    QVERIFY(recorder->begin({.name = "bill"}, StopToken()));
    const std::string record = std::string(line.model) + std::string(line.meter);
    recorder->startRecord(record);
    QVERIFY(recorder->add(line));
    QVERIFY(recorder->finish({.formats = {"a test"}, .records = 1}, {}));
}

MoneySum causeOf(const ReconciliationRow& row, const std::string& title)
{
    for (const ReconciliationCause& cause : row.causes)
        if (cause.title == title)
            return cause.amount;
    return {};
}

} // namespace

/// What was billed against what was traced, and why they differ.
class ReconciliationTest : public QObject
{
    Q_OBJECT

private slots:
    void billsAreReconciled();
    void aBillThatCountsTokensSaysWhyItDiffers();
    void callsThatWereNotBilledAreACause();
    void halfACentALineIsRounding();
    void aTypedInBillIsOfItsMonthInAnyZone();
    void aBillInEurosIsTakenAtTheMonthsRate();
    void theSameBillIsNotAddedTwice();
    void aBillThatIsToldAgainIsNamed();
};

void ReconciliationTest::billsAreReconciled()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    // Traced: $32.55. Billed: $35, of which $2 are a model nobody traced and $0.30 tax; 15 cents are not explained.
    const auto add = [&](const char* model, const char* meter, std::int64_t cents, const char* currency = "USD") {
        auto recorder = Recorder::open(workspace.path(), "a test");
        QVERIFY(recorder);
        QVERIFY(recorder->begin({.name = "bill"}, StopToken()));
        const std::string record = std::string(model) + meter + currency; // it is kept until the line is added
        recorder->startRecord(record);
        QVERIFY(recorder->add(ObservedBillLine{.provider = "openai",
                                               .start = at("2026-10-01T00:00:00Z"),
                                               .model = model,
                                               .meter = meter,
                                               .currency = currency,
                                               .cost = Money(cents * 10'000'000'000)}));
        QVERIFY(recorder->finish({.formats = {"a test"}, .records = 1}, {}));
    };
    add("gpt-4o-mini", "input", 3270);
    add("gpt-image-1", "image", 200);
    add("", "tax", 30);
    add("", "total", 900, "EUR");
    const SpendAnswer answer = ask(workspace, {.month = october, .now = at("2026-11-20T00:00:00Z")});
    QCOMPARE(answer.reconciliation.size(), 1U);
    const ReconciliationRow& row = answer.reconciliation[0];
    QCOMPARE(centsOf(*row.billed), 3500);
    QCOMPARE(centsOf(row.traced), 3255);
    QVERIFY(!row.isMatched);
    QCOMPARE(row.causes.size(), 2U);
    QCOMPARE(centsOf(row.causes[0].amount), 200);
    QCOMPARE(row.causes[1].title, std::string("Tax"));
    QCOMPARE(centsOf(row.unexplained), 15);
    MoneySum all = row.unexplained;
    for (const ReconciliationCause& cause : row.causes)
        all += cause.amount;
    QCOMPARE(all, row.difference());
    QCOMPARE(row.foreign, (std::vector<std::pair<std::string, MoneySum>>{{"EUR", Money(9'000'000'000'000)}}));
    // No other month has a bill.
    QVERIFY(!ask(workspace, {.month = september}).reconciliation[0].billed);
}

void ReconciliationTest::aBillThatCountsTokensSaysWhyItDiffers()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    const auto& traced = ask(workspace, {.month = october}).traced;
    QCOMPARE(traced.size(), 1U);
    // Twice the tokens, at nine tenths of the price: as much again was not traced, and a tenth of all is a discount.
    const std::int64_t whole = static_cast<std::int64_t>(traced[0].cost.picodollars());
    addBill(workspace, {.provider = "openai",
                        .start = at("2026-10-01T00:00:00Z"),
                        .model = traced[0].model,
                        .meter = "input",
                        .currency = "USD",
                        .usage = {.uncachedInput = 2 * traced[0].tokens},
                        .cost = Money(whole / 10 * 18)});
    const ReconciliationRow row = ask(workspace, {.month = october}).reconciliation.at(0);
    QCOMPARE(causeOf(row, "Calls that nobody traced"), traced[0].cost);
    QCOMPARE(causeOf(row, "Tiers, discounts and other prices"), MoneySum(Money(-whole / 10 * 2)));
    QCOMPARE(row.unexplained, MoneySum());
}

void ReconciliationTest::callsThatWereNotBilledAreACause()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    const auto& traced = ask(workspace, {.month = october}).traced;
    const std::int64_t half = static_cast<std::int64_t>(traced[0].cost.picodollars()) / 2;
    addBill(workspace, {.provider = "openai",
                        .start = at("2026-10-01T00:00:00Z"),
                        .model = traced[0].model,
                        .meter = "input",
                        .currency = "USD",
                        .usage = {.uncachedInput = traced[0].tokens / 2},
                        .cost = Money(half)});
    const ReconciliationRow row = ask(workspace, {.month = october}).reconciliation.at(0);
    QCOMPARE(causeOf(row, "Calls that were not billed"), MoneySum(Money(-half)));
    QCOMPARE(row.unexplained, MoneySum());
}

void ReconciliationTest::halfACentALineIsRounding()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())})); // $32.55
    addBill(workspace, {.provider = "openai",
                        .start = at("2026-10-01T00:00:00Z"),
                        .meter = "total",
                        .currency = "USD",
                        .description = "VAT-17 credit", // the number of the invoice: no tax
                        .cost = *moneyFromDecimal("32.554")});
    ReconciliationRow row = ask(workspace, {.month = october}).reconciliation.at(0);
    QCOMPARE(row.causes.size(), 1U);
    QCOMPARE(causeOf(row, "Rounding of the bill's lines"), MoneySum(Money(4'000'000'000)));
    QCOMPARE(row.unexplained, MoneySum());
    addBill(workspace, {.provider = "openai",
                        .start = at("2026-10-01T00:00:00Z"),
                        .meter = "more",
                        .currency = "USD",
                        .cost = *moneyFromDecimal("0.007")});
    row = ask(workspace, {.month = october}).reconciliation.at(0);
    QCOMPARE(row.unexplained, MoneySum(Money(11'000'000'000))); // more than two halves
}

void ReconciliationTest::aTypedInBillIsOfItsMonthInAnyZone()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    QVERIFY(store::Workspace::open(workspace.path(), store::OpenMode::ReadWrite)
                ->setSetting(store::setting::timeZone, "Asia/Kolkata"));
    const Period month = workspace.queries()->calendar().month(october);
    {
        auto recorder = Recorder::open(workspace.path(), "a test");
        QVERIFY(recorder->begin({.name = "bill"}, StopToken()));
        recorder->startRecord("typed in");
        QVERIFY(recorder->add(ObservedBillLine{.provider = "openai",
                                               .start = month.first,
                                               .end = month.end,
                                               .meter = "total",
                                               .currency = "USD",
                                               .cost = Money(1)}));
        QVERIFY(recorder->finish({.formats = {"a test"}, .records = 1}, {}));
    }
    QVERIFY(ask(workspace, {.month = october}).reconciliation[0].billed.has_value());
    QVERIFY(!ask(workspace, {.month = september}).reconciliation[0].billed);
    const SpendAnswer answer = ask(workspace, {.month = october});
    for (const ReconciliationCause& cause : answer.reconciliation[0].causes)
        QVERIFY2(cause.title.find("UTC") == std::string::npos, cause.title.c_str()); // it is of the reporting month
}

void ReconciliationTest::aBillInEurosIsTakenAtTheMonthsRate()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())})); // $32.55
    {
        auto opened = store::Workspace::open(workspace.path(), store::OpenMode::ReadWrite);
        const ExchangeRate rate{
            .currency = "EUR", .month = october, .nanos = 800'000'000, .date = "2026-10-30", .source = "a bank"};
        QVERIFY(saveSpendPlan(*opened, {.rates = {rate}}));
    }
    addBill(workspace, {.provider = "openai",
                        .start = at("2026-10-01T00:00:00Z"),
                        .meter = "total",
                        .currency = "EUR",
                        .cost = *moneyFromDecimal("26.04")});
    addBill(workspace, {.provider = "openai",
                        .start = at("2026-10-01T00:00:00Z"),
                        .meter = "another total",
                        .currency = "CHF",
                        .cost = *moneyFromDecimal("7")});
    const ReconciliationRow row = ask(workspace, {.month = october}).reconciliation.at(0);
    QCOMPARE(centsOf(*row.billed), 3255); // 26.04 / 0.8
    QVERIFY(row.isMatched);
    using Amounts = std::vector<std::pair<std::string, MoneySum>>;
    QCOMPARE(row.converted, (Amounts{{"EUR", MoneySum::ofCents(2604)}}));
    QCOMPARE(row.foreign, (Amounts{{"CHF", MoneySum::ofCents(700)}}));
}

void ReconciliationTest::theSameBillIsNotAddedTwice()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    const auto add = [&](const char* invoice) {
        return workspaceChanges()->addBill(
            workspace.path(),
            {.provider = "OpenAI", .month = october, .amount = *moneyFromDecimal("30"), .invoice = invoice},
            StopToken());
    };
    QVERIFY(add(""));
    const auto again = add("");
    QVERIFY(!again);
    QCOMPARE(again.error().kind, ErrorKind::Usage);
    QVERIFY(add("17")); // another one
    // As traces name the provider, however it was typed.
    const SpendAnswer answer = ask(workspace, {.month = october});
    QCOMPARE(answer.reconciliation.size(), 1U);
    QCOMPARE(centsOf(*answer.reconciliation[0].billed), 6000);
}

void ReconciliationTest::aBillThatIsToldAgainIsNamed()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoMonths())}));
    addBill(workspace, {.provider = "openai",
                        .start = at("2026-10-01T00:00:00Z"),
                        .model = "gpt-4o-mini",
                        .meter = "input",
                        .currency = "USD",
                        .cost = Money(3000 * 10'000'000'000),
                        .isStatement = true});
    const auto billed = [&] { return ask(workspace, {.month = october}).reconciliation.at(0); };
    QVERIFY(billed().retold.empty());
    // The invoice of what the export told.
    QVERIFY(workspaceChanges()->addBill(
        workspace.path(),
        {.provider = "OpenAI", .month = october, .amount = *moneyFromDecimal("30"), .invoice = "INV-9"}, StopToken()));
    const ReconciliationRow row = billed();
    QCOMPARE(centsOf(*row.billed), 3000);
    QCOMPARE(row.retold.size(), 1U);
}

QTEST_GUILESS_MAIN(ReconciliationTest)
#include "reconciliation_test.moc"
