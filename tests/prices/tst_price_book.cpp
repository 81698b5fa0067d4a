// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "price_questions.h"

using namespace plumbline;
using namespace plumbline::questions;

Q_DECLARE_METATYPE(plumbline::Usage)
Q_DECLARE_METATYPE(plumbline::ServiceTier)

namespace {

/// A book of one model.
PriceBook bookOf(const std::string& model)
{
    auto file =
        readPriceFile(R"({"provider": "p", "book_date": "2026-01-02", "batch": "0.5", "models": [)" + model + "]}");
    if (!file)
        qFatal("%s", file.error().text().c_str());
    return PriceBook::of({*std::move(file)});
}

const Usage million = {.uncachedInput = 1'000'000};

} // namespace

/// What a call costs, by the providers' own rules: the cases are worked out by hand from their price lists.
class PriceBookTest : public QObject
{
    Q_OBJECT

private slots:
    void costsAreThoseOfThePriceLists_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("start");
        QTest::addColumn<ServiceTier>("tier");
        QTest::addColumn<Usage>("usage");
        QTest::addColumn<QString>("cost");
        const auto row = [](const char* name, const char* model, const char* provider, const char* start,
                            ServiceTier tier, const Usage& usage, const char* cost) {
            QTest::newRow(name) << QString::fromLatin1(model) << QString::fromLatin1(provider)
                                << QString::fromLatin1(start) << tier << usage << QString::fromLatin1(cost);
        };
        using enum ServiceTier;
        const char* autumn = "2026-09-01T12:00:00Z";

        row("gpt-5, cached", "gpt-5", "openai", autumn, Standard,
            {.uncachedInput = 176, .cacheRead = 1024, .visibleOutput = 16, .reasoning = 64}, "0.001148");
        row("OpenAI bills cache writes from GPT-5.6 on", "gpt-5.6-sol", "openai", autumn, Standard,
            {.uncachedInput = 1000, .cacheRead = 1000, .cacheWrite5m = 2000, .visibleOutput = 100}, "0.0164");
        row("gpt-5.4 over 272k", "gpt-5.4", "openai", autumn, Standard,
            {.uncachedInput = 300'000, .cacheRead = 0, .visibleOutput = 1000}, "1.5225");
        row("gpt-4o-mini in a batch", "gpt-4o-mini", "openai", autumn, Batch,
            {.uncachedInput = 300, .visibleOutput = 20}, "0.0000285");
        row("Claude with both lifetimes and a search", "claude-sonnet-4-5", "anthropic", autumn, Standard,
            {.uncachedInput = 100,
             .cacheRead = 5000,
             .cacheWrite5m = 600,
             .cacheWrite1h = 400,
             .visibleOutput = 50,
             .webSearches = 1},
            "0.0172");
        row("a Claude batch halves every category", "claude-sonnet-4-5", "anthropic", autumn, Batch,
            {.uncachedInput = 100, .cacheRead = 5000, .cacheWrite5m = 1000, .visibleOutput = 50}, "0.00315");
        row("Sonnet 4.5: cached tokens count towards 200k", "claude-sonnet-4-5", "anthropic", "2026-01-01", Standard,
            {.uncachedInput = 1, .cacheRead = 200'000, .visibleOutput = 100}, "0.122256");
        row("Sonnet 4 had that tier too", "claude-sonnet-4-20250514", "anthropic", "2026-01-01", Standard,
            {.uncachedInput = 1, .cacheRead = 200'000, .visibleOutput = 100}, "0.122256");
        row("gemini-2.5-pro", "gemini-2.5-pro", "google", autumn, Standard,
            {.uncachedInput = 1052, .cacheRead = 2048, .visibleOutput = 40, .reasoning = 160}, "0.003571");
        row("deepseek-v4-pro at peak", "deepseek-v4-pro", "deepseek", "2026-09-01T02:00:00Z", Standard,
            {.uncachedInput = 360, .cacheRead = 640, .visibleOutput = 100}, "0.00089936");
        row("DeepSeek had no peak before 2026-08-17", "deepseek-v4-pro", "deepseek", "2026-08-01T02:00:00Z", Standard,
            {.uncachedInput = 1'000'000, .visibleOutput = 1'000'000}, "1.305");
        row("grok-4.6", "grok-4.6", "xai", autumn, Standard,
            {.uncachedInput = 500, .cacheRead = 500, .visibleOutput = 20, .reasoning = 300}, "0.00317");
        row("a profile of Bedrock", "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "aws", autumn, Standard,
            {.uncachedInput = 100, .cacheRead = 5000, .cacheWrite5m = 1000, .visibleOutput = 50}, "0.00693");

        row("gpt-4o-mini, cached", "gpt-4o-mini", "", autumn, Standard,
            {.uncachedInput = 612, .cacheRead = 1024, .visibleOutput = 96, .reasoning = 0}, "0.0002262");
        row("gpt-4o, mostly cached", "gpt-4o", "", autumn, Standard,
            {.uncachedInput = 86, .cacheRead = 17'817, .visibleOutput = 188}, "0.02436625");
        row("gpt-5.1 flex", "gpt-5.1", "", autumn, Flex,
            {.uncachedInput = 1000, .visibleOutput = 200, .reasoning = 800}, "0.005625");
        row("priority and long context multiply", "gpt-5.6-sol", "", "2026-08-20", Priority,
            {.uncachedInput = 300'000, .visibleOutput = 1000}, "6.09");
        row("claude-sonnet-4-6", "claude-sonnet-4-6", "", autumn, Standard,
            {.uncachedInput = 5, .cacheRead = 128'955, .cacheWrite5m = 1253, .visibleOutput = 412}, "0.04958025");
        row("claude-opus-5 in fast mode", "claude-opus-5", "", autumn, Fast,
            {.uncachedInput = 1000,
             .cacheRead = 1500,
             .cacheWrite5m = 2000,
             .cacheWrite1h = 1000,
             .visibleOutput = 200},
            "0.0665");
        row("no regional premium before Claude 4.5", "us.anthropic.claude-sonnet-4-20250514-v1:0", "", autumn, Standard,
            {.uncachedInput = 1000, .visibleOutput = 500}, "0.0105");
        row("an inference profile's ARN",
            "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-20250514-v1:0", "",
            autumn, Standard, {.uncachedInput = 1000, .visibleOutput = 500}, "0.0105");
        row("gemini-2.5-pro over 200k", "gemini-2.5-pro", "", autumn, Standard,
            {.uncachedInput = 150'000, .cacheRead = 60'000, .visibleOutput = 2000, .reasoning = 1000}, "0.435");
        row("gemini-2.5-flash", "gemini-2.5-flash", "", autumn, Standard,
            {.uncachedInput = 3684, .cacheRead = 7441, .visibleOutput = 20, .reasoning = 409}, "0.00240093");
        row("an embedding", "text-embedding-3-small", "", autumn, Standard, {.uncachedInput = 38}, "0.00000076");
        row("mistral-large-latest is Large 3", "mistral-large-latest", "", autumn, Standard,
            {.uncachedInput = 10, .visibleOutput = 5}, "0.0000125");
        row("mistral-large-latest was 2411", "mistral-large-latest", "", "2025-12-01", Standard,
            {.uncachedInput = 10, .visibleOutput = 5}, "0.00005");
        row("audio has its own price", "gemini-2.5-flash", "", autumn, Standard,
            {.uncachedInput = 1000, .visibleOutput = 0, .audioInput = 400}, "0.00058");
        row("nobody's model is not free", "acme-7b", "", autumn, Standard, {.uncachedInput = 10}, "unpriced");
        row("unknown usage is not free", "gpt-5", "", autumn, Standard, {}, "unpriced");
    }

    void costsAreThoseOfThePriceLists()
    {
        QFETCH(QString, model);
        QFETCH(QString, provider);
        QFETCH(QString, start);
        QFETCH(ServiceTier, tier);
        QFETCH(Usage, usage);
        QFETCH(QString, cost);
        const auto name = model.toStdString();
        const auto by = provider.toStdString();
        const auto when = start.toStdString();
        QCOMPARE(costText(builtIn(), {.model = name, .provider = by, .start = when, .tier = tier}, usage), cost);
    }

    void ratesAreThoseOfThePriceLists()
    {
        const auto rates = [](const Asked& asked) { return ratesText(builtIn(), asked); };
        QCOMPARE(rates({.model = "gpt-5"}), "in 1.25 out 10 read 0.125 write 1.25 write1h 1.25");
        QCOMPARE(rates({.model = "gpt-5.6-sol"}), "in 4 out 20 read 0.4 write 5 write1h 5");
        QCOMPARE(rates({.model = "gpt-4o-mini", .tier = ServiceTier::Batch}),
                 "in 0.075 out 0.3 read 0.0375 write 0.075 write1h 0.075");
        QCOMPARE(rates({.model = "claude-sonnet-4-5"}), "in 3 out 15 read 0.3 write 3.75 write1h 6");
        QCOMPARE(rates({.model = "eu.anthropic.claude-sonnet-4-5", .provider = "bedrock"}),
                 "in 3.3 out 16.5 read 0.33 write 4.125 write1h 6.6");
        QCOMPARE(rates({.model = "global.anthropic.claude-sonnet-4-5-20250929-v1:0"}),
                 "in 3 out 15 read 0.3 write 3.75 write1h 6");
        QCOMPARE(rates({.model = "grok-4.6", .tier = ServiceTier::Batch}),
                 "in 1.6 out 4.8 read 0.4 write 1.6 write1h 1.6");
        QCOMPARE(rates({.model = "grok-3", .tier = ServiceTier::Batch}),
                 "in 1.5 out 7.5 read 0.375 write 1.5 write1h 1.5");
        QCOMPARE(rates({.model = "deepseek-v4-flash", .tier = ServiceTier::Batch}),
                 "in 0.22 out 0.66 read 0.007 write 0.22 write1h 0.22");
        QCOMPARE(rates({.model = "gemini-2.5-pro", .tier = ServiceTier::Batch}),
                 "in 0.625 out 5 read 0.125 write 0.625 write1h 0.625");
    }

    void priorityOfSmallModelsIsExactThoughItsFactorIsNoDecimal()
    {
        QCOMPARE(ratesText(builtIn(), {.model = "gpt-4o-mini", .tier = ServiceTier::Priority}),
                 "in 0.25 out 1 read 0.125 write 0.25 write1h 0.25");
        QCOMPARE(ratesText(builtIn(), {.model = "o4-mini", .tier = ServiceTier::Priority}),
                 "in 2 out 8 read 0.5 write 2 write1h 2");
    }

    void longContextBeginsAboveTheThreshold()
    {
        const auto isLong = [](std::string_view model, TokenCount input) {
            return priceOf(builtIn(), {.model = model, .start = "2026-01-01", .input = input})->isLongContext;
        };
        QVERIFY(!isLong("claude-sonnet-4-5", 200'000));
        QVERIFY(isLong("claude-sonnet-4-5", 200'001));
        QVERIFY(!isLong("grok-4.6", 199'999));
        QVERIFY(isLong("grok-4.6", 200'000));
        QVERIFY(!isLong("gpt-5.4", 271'999));
        QVERIFY(isLong("gpt-5.4", 272'000));
        QVERIFY(!isLong("gpt-4o", 1'000'000));
    }

    void longContextOfClaude46EndedOn13March2026()
    {
        const auto input = [](std::string_view model, std::string_view start) {
            return costText(builtIn(), {.model = model, .start = start}, million);
        };
        QCOMPARE(input("claude-sonnet-4-6", "2026-03-12T23:59:59.999999Z"), "6");
        QCOMPARE(input("claude-sonnet-4-6", "2026-03-13T00:00:00Z"), "3");
        QCOMPARE(input("claude-opus-4-6", "2026-03-12T23:59:59.999999Z"), "10");
        QCOMPARE(input("claude-opus-4-6", "2026-03-13T00:00:00Z"), "5");
    }

    void aPriceHoldsFromItsFirstMicrosecond()
    {
        const auto input = [](std::string_view start) {
            return costText(builtIn(), {.model = "o3", .start = start}, million);
        };
        QCOMPARE(input("2025-06-09T23:59:59.999999Z"), "10");
        QCOMPARE(input("2025-06-10T00:00:00Z"), "2");
        QCOMPARE(input("2025-06-10T01:00:00+02:00"), "10");
    }

    void peakHoursAreHalfOpenAndInUtc()
    {
        const auto input = [](std::string_view start) {
            return costText(builtIn(), {.model = "deepseek-v4-pro", .start = start}, million);
        };
        QCOMPARE(input("2026-08-17T00:59:59.999999Z"), "0.66");
        QCOMPARE(input("2026-08-17T01:00:00Z"), "1.32");
        QCOMPARE(input("2026-08-17T03:59:59.999999Z"), "1.32");
        QCOMPARE(input("2026-08-17T04:00:00Z"), "0.66");
        QCOMPARE(input("2026-08-17T06:00:00Z"), "1.32");
        QCOMPARE(input("2026-08-17T10:00:00Z"), "0.66");
        QCOMPARE(input("2026-08-16T03:00:00Z"), "0.435");
        QCOMPARE(input("2026-08-17T06:30:00+05:30"), "1.32");
    }

    void theOffPeakDiscountOfDeepSeekEndedAtFourInTheAfternoon()
    {
        const auto input = [](std::string_view start) {
            return costText(builtIn(), {.model = "deepseek-chat", .start = start}, million);
        };
        QCOMPARE(input("2025-09-04T16:30:00Z"), "0.135");
        QCOMPARE(input("2025-09-04T12:00:00Z"), "0.27");
        QCOMPARE(input("2025-09-05T16:00:00Z"), "0.56");
        QCOMPARE(input("2025-09-29T00:00:00Z"), "0.28");
    }

    void hoursMaySpanMidnight()
    {
        const auto book = bookOf(R"({"id": "m", "prices": [{"input": "1"},
            {"valid_from": "2026-01-01", "window_utc": "22:00-02:00", "input": "4"}]})");
        const auto input = [&](std::string_view start) {
            return costText(book, {.model = "m", .start = start}, million);
        };
        QCOMPARE(input("2026-05-01T21:59:59Z"), "1");
        QCOMPARE(input("2026-05-01T22:00:00Z"), "4");
        QCOMPARE(input("2026-05-01T01:59:59Z"), "4");
        QCOMPARE(input("2026-05-01T02:00:00Z"), "1");
    }

    void aCallBeforeTheFirstPriceTakesTheEarliest()
    {
        const auto book = bookOf(R"({"id": "m", "prices": [{"valid_from": "2026-02-01", "input": "1"},
            {"valid_from": "2026-03-01", "input": "2"}]})");
        QCOMPARE(costText(book, {.model = "m", .start = "2025-01-01"}, million), "1");
        QCOMPARE(costText(book, {.model = "m", .start = "2026-03-01"}, million), "2");
    }

    void withinAProviderTheFirstRuleThatFitsWins()
    {
        const std::string exact = R"({"id": "exact", "match": "m-x", "prices": [{"input": "1"}]})";
        const std::string prefix = R"({"id": "prefix", "match": {"starts_with": "m-"}, "prices": [{"input": "2"}]})";
        QCOMPARE(found(bookOf(exact + "," + prefix), "m-x"), "p/exact");
        QCOMPARE(found(bookOf(exact + "," + prefix), "m-y"), "p/prefix");
        QCOMPARE(found(bookOf(prefix + "," + exact), "m-x"), "p/prefix");
    }

    void aModelSoldByTheHourOnlyIsUnpricedAtOthers()
    {
        const auto book = bookOf(R"({"id": "m", "prices": [{"window_utc": "10:00-12:00", "input": "1"}]})");
        QCOMPARE(costText(book, {.model = "m", .start = "2026-05-01T10:00:00Z"}, million), "1");
        QCOMPARE(costText(book, {.model = "m", .start = "2026-05-01T12:00:00Z"}, million), "unpriced");
    }

    void aRateIsRoundedHalfEvenAndOnlyOnce()
    {
        // 0.000001 dollars per million is one picodollar a token.
        const auto book = bookOf(R"({"id": "m", "geography": {"us": "1.1"}, "prices": [
            {"input": "0.000005", "output": "0.000007", "cache_read": "0.000001", "cache_write_5m": "0.0000005"}]})");
        const auto rates = [&](ServiceTier tier, std::string_view geography) {
            return priceOf(book, {.model = "m", .tier = tier, .geography = geography})->rates;
        };
        const Rates batch = rates(ServiceTier::Batch, "");
        QCOMPARE(batch.input.picodollars(), 2);                                   // 2.5
        QCOMPARE(batch.output.picodollars(), 4);                                  // 3.5
        QCOMPARE(batch.cacheRead.picodollars(), 0);                               // 0.5
        QCOMPARE(rates(ServiceTier::Standard, "").cacheWrite5m.picodollars(), 0); // 0.5
        QCOMPARE(rates(ServiceTier::Batch, "us").input.picodollars(), 3);         // 2.75; rounded twice it would be 2.2
        QCOMPARE(rates(ServiceTier::Standard, "us").input.picodollars(), 6);      // 5.5
    }

    void inferenceInOnePlaceCostsATenthMoreOfEveryToken()
    {
        QCOMPARE(ratesText(builtIn(), {.model = "claude-sonnet-4-6", .geography = "US"}),
                 "in 3.3 out 16.5 read 0.33 write 4.125 write1h 6.6");
        QCOMPARE(ratesText(builtIn(), {.model = "claude-sonnet-4-6", .geography = "global"}),
                 "in 3 out 15 read 0.3 write 3.75 write1h 6");
        QCOMPARE(ratesText(builtIn(), {.model = "claude-sonnet-4-5", .geography = "us"}),
                 "in 3 out 15 read 0.3 write 3.75 write1h 6");
        QCOMPARE(ratesText(builtIn(), {.model = "gpt-5.4", .geography = "eu"}),
                 "in 2.75 out 16.5 read 0.275 write 2.75 write1h 2.75");
    }

    void aTierWithoutAPriceIsBilledAsStandardAndSaysSo()
    {
        const auto nano = *priceOf(builtIn(), {.model = "gpt-5-nano", .tier = ServiceTier::Priority});
        QVERIFY(!nano.isTierPriced);
        QCOMPARE(nano.rates, priceOf(builtIn(), {.model = "gpt-5-nano"})->rates);
        QVERIFY(priceOf(builtIn(), {.model = "gpt-5", .tier = ServiceTier::Priority})->isTierPriced);
        QCOMPARE(priceOf(builtIn(), {.model = "gpt-5", .tier = ServiceTier::Fast})->rates,
                 priceOf(builtIn(), {.model = "gpt-5", .tier = ServiceTier::Priority})->rates);
        QVERIFY(!priceOf(builtIn(), {.model = "claude-opus-5", .tier = ServiceTier::Priority})->isTierPriced);
    }

    void ratesThatAreNotListedFollowTheGeneralRules()
    {
        const auto book = bookOf(R"({"id": "m", "prices": [{"input": "2", "output": "4"}]},
            {"id": "claude-m", "prices": [{"input": "2", "output": "4", "cache_write_5m": "3",
              "long_context": {"over_tokens": 10, "input": "5"}}]})");
        QCOMPARE(ratesText(book, {.model = "m"}), "in 2 out 4 read 2 write 2 write1h 2");
        QCOMPARE(ratesText(book, {.model = "claude-m"}), "in 2 out 4 read 2 write 3 write1h 4");
        QCOMPARE(ratesText(book, {.model = "claude-m", .input = 11}), "in 5 out 0 read 5 write 5 write1h 10");
    }

    void theLinesOfACostAddUpToIt()
    {
        const Usage usage = {.uncachedInput = 1001,
                             .cacheRead = 17,
                             .cacheWrite5m = 13,
                             .cacheWrite1h = 11,
                             .visibleOutput = 7,
                             .reasoning = 5,
                             .audioInput = 3,
                             .webSearches = 2};
        const auto price = *priceOf(builtIn(), {.model = "claude-opus-4-5"});
        const auto lines = *costLines(usage, price.rates);
        QCOMPARE(lines.size(), 8U);
        Money sum;
        for (const CostLine& line : lines)
            sum = sum + line.cost;
        QCOMPARE(sum, *costOf(usage, price.rates));
        QCOMPARE(lines[0], (CostLine{CostBucket::UncachedInput, 998, Money(5'000'000), Money(4'990'000'000)}));
        QCOMPARE(lines[1], (CostLine{CostBucket::AudioInput, 3, Money(5'000'000), Money(15'000'000)}));
        QCOMPARE(lines[7], (CostLine{CostBucket::WebSearch, 2, Money(10'000'000'000), Money(20'000'000'000)}));
    }

    void aCostBeyondInt64IsUnknown()
    {
        const Rates rates{.input = Money(1'000'000'000)};
        const Usage largest = {.uncachedInput = 9'223'372'036};
        QCOMPARE(costOf(largest, rates)->picodollars(), 9'223'372'036'000'000'000);
        const Usage beyond = {.uncachedInput = 9'223'372'037};
        QVERIFY(!costOf(beyond, rates));
        QVERIFY(!costLines(beyond, rates));
        const Usage sumBeyond = {.uncachedInput = 9'223'372'036, .cacheRead = 9'223'372'036};
        QVERIFY(!costOf(sumBeyond, {.input = Money(1'000'000'000), .cacheRead = Money(1'000'000'000)}));
    }

    void whatInputCostIsNotNothingWhereItIsUnknown()
    {
        const Rates rates{.input = Money(1), .output = Money(10)};
        QVERIFY(!costOf({.visibleOutput = 9}, rates));
        QVERIFY(!costLines({.visibleOutput = 9}, rates));
        QCOMPARE(costOf({.uncachedInput = 0, .visibleOutput = 9}, rates)->picodollars(), 90);
        QCOMPARE(costOf({.uncachedInput = 3}, rates)->picodollars(), 3); // as of embeddings
    }

    void moreAudioThanInputIsOnlyInput()
    {
        const Rates rates{.input = Money(1), .audioInput = Money(10)};
        const Usage usage = {.uncachedInput = 5, .audioInput = 9};
        QCOMPARE(costOf(usage, rates)->picodollars(), 50);
    }

    void aSearchWithoutAKnownFeeHasNoLine()
    {
        const Usage usage = {.uncachedInput = 1, .webSearches = 1};
        QCOMPARE(costLines(usage, {.input = Money(2)})->size(), 1U);
        QCOMPARE(costOf(usage, {.input = Money(2)})->picodollars(), 2);
    }

    void aRowTellsWhereItIsFrom()
    {
        const auto price = *priceOf(builtIn(), {.model = "deepseek-v4-pro", .start = "2026-09-01T02:00:00Z"});
        const PriceRowText row = builtIn().describe(price.row);
        QCOMPARE(row.provider, std::string("deepseek"));
        QCOMPARE(row.model, std::string("deepseek-v4-pro"));
        QCOMPARE(row.validFrom, std::string("2026-08-17T00:00:00.000Z"));
        QCOMPARE(row.validAt, std::string("01:00-04:00 UTC"));
        QCOMPARE(row.bookDate, std::string("2026-09-23"));
        QVERIFY(qt(row.source).contains(QStringLiteral("api-docs.deepseek.com")));
    }

    void everyRowOfTheBookHasItsOwnId()
    {
        int expected = 0;
        for (const PricedModel& model : builtIn().models()) {
            for (const PriceRow& row : model.rows) {
                QCOMPARE(row.id, expected++);
                QCOMPARE(builtIn().describe(row.id).model, model.id);
            }
        }
    }

    void aModelKnowsItsWindow()
    {
        QCOMPARE(builtIn().find("gpt-4o", "")->contextWindow, 128'000);
        QCOMPARE(builtIn().find("claude-sonnet-4-6", "")->contextWindow, 1'000'000);
        QCOMPARE(builtIn().find("claude-opus-4-5", "")->promptCacheMinTokens, 4096);
        QCOMPARE(builtIn().find("gpt-4o", "")->maxOutput, 16'384);
    }

    void tiersAreReadAsProvidersAndLogsSpellThem()
    {
        using enum ServiceTier;
        const std::pair<const char*, ServiceTier> spellings[] = {
            {"default", Standard}, {"standard", Standard}, {"on_demand", Standard}, {"batch", Batch},
            {"BATCH", Batch},      {"flex", Flex},         {"priority", Priority},  {"Fast", Fast},
        };
        for (const auto& [text, tier] : spellings)
            QCOMPARE(parseServiceTier(text), tier);
        QVERIFY(!parseServiceTier("auto"));
        QVERIFY(!parseServiceTier(""));
        for (int i = 0; i < serviceTierCount; ++i)
            QCOMPARE(parseServiceTier(idText(static_cast<ServiceTier>(i))), static_cast<ServiceTier>(i));
    }
};

QTEST_APPLESS_MAIN(PriceBookTest)
#include "tst_price_book.moc"
