// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/csv_fields.h"
#include "support/generations.h"
#include "support/sample_import.h"
#include "support/workspace.h"

#include <map>

#include "app/workspace_changes.h"
#include "model/store/workspace.h"

using namespace plumbline;
using namespace Qt::StringLiterals;
using plumbline::test::lineOf;
using plumbline::test::TemporaryWorkspace;

namespace {

/// Rows by column name.
QList<QMap<QString, QString>> rowsOf(const std::string& csv)
{
    const QStringList lines = QString::fromStdString(csv).split(u'\n', Qt::SkipEmptyParts);
    const QStringList names = test::csvFields(lines.first());
    QList<QMap<QString, QString>> rows;
    for (const QString& line : lines.mid(1)) {
        const QStringList fields = test::csvFields(line);
        QMap<QString, QString> row;
        for (qsizetype i = 0; i < names.size(); ++i)
            row[names[i]] = fields[i];
        rows += row;
    }
    return rows;
}

std::string generation(int number, const char* time, const char* usage)
{
    return "{\"id\":\"s" + std::to_string(number) + "\",\"traceId\":\"t" + std::to_string(number) +
           "\",\"type\":\"GENERATION\",\"model\":\"claude-sonnet-4-5\",\"startTime\":\"" + time +
           "\",\"usageDetails\":{" + usage + "},\"metadata\":{\"feature\":\"a, \\\"b\\\"\"}}\n";
}

} // namespace

/// A month as lines of a bill.
class ChargesTest : public QObject
{
    Q_OBJECT

private slots:
    void chargesAddUpToTheCost();
    void everyBucketHasItsMeter();
    void unpricedCallsAreCounted();
    void focusFollowsItsRules();
    void aMonthOfAHalfHourZone();
    void aDiscountIsNoListPrice();
};

void ChargesTest::chargesAddUpToTheCost()
{
    const TemporaryWorkspace workspace;
    test::importSample(workspace.path(), {.calls = 500, .months = 2});
    const auto queries = workspace.queries();
    const ReportingCalendar& calendar = queries->calendar();
    const std::int32_t last = calendar.monthOfDay(floorDivide(calendar.localHour(queries->extent()->end), 24));
    MoneySum all;
    for (std::int32_t month = last - 5; month <= last; ++month) {
        const Period period = calendar.month(month);
        const auto charges = queries->charges(period, StopToken());
        const auto total = queries->breakdown({.filter = {.period = period}}, StopToken())->total;
        QCOMPARE(charges->total, total.cost.value_or(MoneySum()));
        all += charges->total;
        MoneySum sum;
        for (const Charge& charge : charges->charges) {
            QCOMPARE(charge.cost,
                     MoneySum::ofPicodollars(MoneySum::Integer{charge.quantity} * charge.rate.picodollars()));
            sum += charge.cost;
        }
        QCOMPARE(sum, charges->total);
    }
    QCOMPARE(all, *queries->breakdown({}, StopToken())->total.cost);
    QVERIFY(all > MoneySum());
}

void ChargesTest::everyBucketHasItsMeter()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import(
        {workspace.write("a.jsonl", generation(1, "2026-10-05T00:00:00Z",
                                               "\"input\":1000,\"cache_read_input_tokens\":2000,"
                                               "\"cache_creation_input_tokens\":400,\"output\":50"))}));
    const auto queries = workspace.queries();
    const auto charges = queries->charges(queries->calendar().month(2026 * 12 + 9), StopToken());
    std::map<std::string, std::int64_t> quantities;
    for (const Charge& charge : charges->charges)
        quantities[charge.meter] = charge.quantity;
    QCOMPARE(quantities, (std::map<std::string, std::int64_t>{{"Input Tokens", 1000},
                                                              {"Cached Input Tokens", 2000},
                                                              {"Cache Write Tokens (5m)", 400},
                                                              {"Output Tokens", 50}}));
    // 1000 × 3 + 2000 × 0.3 + 400 × 3.75 + 50 × 15 µ$
    QCOMPARE(decimalText(charges->total), std::string("0.00585"));
}

void ChargesTest::unpricedCallsAreCounted()
{
    const TemporaryWorkspace workspace;
    std::string unknown = lineOf({.number = 2});
    unknown.replace(unknown.find("gpt-4o-mini"), 11, "nobodys-own");
    QVERIFY(workspace.import({workspace.write("a.jsonl", lineOf({.number = 1}) + unknown)}));
    const auto queries = workspace.queries();
    const auto august = queries->charges(queries->calendar().month(2026 * 12 + 7), StopToken());
    QCOMPARE(august->unpricedCalls, 1);
    for (const Charge& charge : august->charges)
        QCOMPARE(charge.model, std::string("gpt-4o-mini"));
}

void ChargesTest::focusFollowsItsRules()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import(
        {workspace.write("a.jsonl", generation(1, "2026-10-05T00:00:00Z", "\"input\":123456,\"output\":3"))}));
    const auto queries = workspace.queries();
    const Period period = queries->calendar().month(2026 * 12 + 9);
    const auto rows = rowsOf(focusCsv(*queries->charges(period, StopToken()), period));
    QCOMPARE(rows.size(), 2);
    const auto& row = rows[0];
    QCOMPARE(row[QStringLiteral("BilledCost")], QStringLiteral("0.370368"));
    QCOMPARE(row[QStringLiteral("PricingQuantity")], QStringLiteral("0.123456"));
    QCOMPARE(row[QStringLiteral("ListUnitPrice")], QStringLiteral("3"));
    QCOMPARE(row[QStringLiteral("ConsumedQuantity")], QStringLiteral("123456"));
    QCOMPARE(row[QStringLiteral("ChargePeriodStart")], QStringLiteral("2026-10-01T00:00:00Z"));
    QCOMPARE(row[QStringLiteral("ChargePeriodEnd")], QStringLiteral("2026-11-01T00:00:00Z"));
    QCOMPARE(row[QStringLiteral("ProviderName")], QStringLiteral("Anthropic"));
    QCOMPARE(row[QStringLiteral("x_Estimated")], QStringLiteral("true"));
    for (const auto& one : rows) {
        // ListCost = ListUnitPrice × PricingQuantity, and no cost is empty.
        const double product =
            one[QStringLiteral("ListUnitPrice")].toDouble() * one[QStringLiteral("PricingQuantity")].toDouble();
        QVERIFY(std::abs(product - one[QStringLiteral("ListCost")].toDouble()) < 1e-12);
        for (const char* name : {"BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "ServiceName", "SkuId",
                                 "SkuPriceId", "ChargeCategory", "BillingCurrency"})
            QVERIFY2(!one[QString::fromLatin1(name)].isEmpty(), name);
    }
    // A feature's name with a comma and quotes is one field.
    QVERIFY(focusCsv(*queries->charges(period, StopToken()), period).find(R"("{""feature"":""a, \""b\""""}")") !=
            std::string::npos);
}

void ChargesTest::aMonthOfAHalfHourZone()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", lineOf({.number = 1, .time = "2026-09-30T18:29:59Z"}) +
                                                             lineOf({.number = 2, .time = "2026-09-30T18:30:00Z"}))}));
    QVERIFY(store::Workspace::open(workspace.path(), store::OpenMode::ReadWrite)
                ->setSetting(store::setting::timeZone, "Asia/Kolkata"));
    const auto queries = workspace.queries();
    const Period period = queries->calendar().month(2026 * 12 + 9);
    const auto charges = queries->charges(period, StopToken());
    QCOMPARE(charges->charges.front().calls, 1);
    QCOMPARE(rowsOf(focusCsv(*charges, period))[0][QStringLiteral("ChargePeriodStart")],
             QStringLiteral("2026-09-30T18:30:00Z"));
}

void ChargesTest::aDiscountIsNoListPrice()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", lineOf({.number = 1, .input = 1'000'000, .output = 0}))}));
    PriceOverrides overrides;
    overrides.discounts.push_back({.provider = "openai", .paid = *parseRatio("0.3")});
    QVERIFY(workspaceChanges()->setPriceOverrides(workspace.path(), overrides, {}, StopToken()));
    const auto queries = workspace.queries();
    const Period period = queries->calendar().month(2026 * 12 + 7);
    const ChargesAnswer answer = *queries->charges(period, StopToken());
    const auto rows = rowsOf(focusCsv(answer, period));
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0][u"ListUnitPrice"_s], u"0.15"_s);
    QCOMPARE(rows[0][u"ListCost"_s], u"0.15"_s);
    QCOMPARE(rows[0][u"ContractedUnitPrice"_s], u"0.045"_s);
    QCOMPARE(rows[0][u"ContractedCost"_s], u"0.045"_s);
    QCOMPARE(rows[0][u"BilledCost"_s], u"0.045"_s);
    // In another currency the price list stays in dollars, and says so.
    const ReportingCurrency euro{.code = "EUR", .rate = ExchangeRate{.currency = "EUR", .nanos = 800'000'000}};
    const auto inEuro = rowsOf(focusCsv(answer, period, euro));
    QCOMPARE(inEuro[0][u"ListCost"_s], u"0.12"_s);
    QCOMPARE(inEuro[0][u"BilledCost"_s], u"0.036"_s);
    QCOMPARE(inEuro[0][u"PricingCurrency"_s], u"USD"_s);
    QCOMPARE(inEuro[0][u"PricingCurrencyListUnitPrice"_s], u"0.15"_s);
    QVERIFY(!rows[0].contains(u"PricingCurrency"_s));
}

QTEST_GUILESS_MAIN(ChargesTest)
#include "charges_test.moc"
