// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "model/prices/overrides_json.h"
#include "price_questions.h"

using namespace plumbline;
using namespace plumbline::questions;

namespace {

PriceBook bookWith(std::string_view overrides)
{
    const auto parsed = overridesFromJson(overrides);
    if (!parsed)
        qFatal("%s", parsed.error().text().c_str());
    return *builtIn().with(*parsed);
}

/// The input price at noon of a day, in dollars per million.
QString inputOn(const PriceBook& book, std::string_view model, const std::string& day)
{
    return costText(book, {.model = model, .start = day + "T12:00:00Z"}, {.uncachedInput = 1'000'000});
}

} // namespace

/// Prices the user knows better, and discounts.
class PriceOverridesTest : public QObject
{
    Q_OBJECT

private slots:
    void anOverrideHoldsForItsTimeAndForAllSpellings()
    {
        const auto book = bookWith(R"({"prices": [{"model": "gpt-4o", "provider": "openai", "valid_from": "2026-03-01",
            "valid_until": "2026-05-01", "input": "2", "output": "9", "source": "contract 17"}]})");
        QCOMPARE(inputOn(book, "gpt-4o", "2026-02-28"), "2.5");
        QCOMPARE(inputOn(book, "gpt-4o", "2026-03-01"), "2");
        QCOMPARE(inputOn(book, "azure/gpt-4o-2024-08-06", "2026-04-30"), "2");
        QCOMPARE(inputOn(book, "gpt-4o", "2026-05-01"), "2.5");
        const auto price = *priceOf(book, {.model = "gpt-4o", .start = "2026-03-01"});
        QCOMPARE(book.describe(price.row).source, std::string("contract 17"));
    }

    void whatAnOverrideDoesNotSayOfTiersIsTheBooks()
    {
        const auto book = bookWith(R"({"prices": [{"model": "gpt-4o", "input": "2", "output": "9", "flex": "0.25"}]})");
        QCOMPARE(ratesText(book, {.model = "gpt-4o", .tier = ServiceTier::Batch}),
                 "in 1 out 4.5 read 1 write 1 write1h 1");
        QCOMPARE(ratesText(book, {.model = "gpt-4o", .tier = ServiceTier::Flex}),
                 "in 0.5 out 2.25 read 0.5 write 0.5 write1h 0.5");
        QCOMPARE(costText(book, {.model = "gpt-4o"}, {.uncachedInput = 0, .webSearches = 1}), "0.01");
    }

    void anOverrideLeavesPeakHoursOfOtherTimesAlone()
    {
        const auto book = bookWith(R"({"prices": [{"model": "deepseek-v4-pro", "valid_from": "2026-10-01",
            "valid_until": "2026-11-01", "input": "0.5"}]})");
        const auto input = [&](std::string_view start) {
            return costText(book, {.model = "deepseek-v4-pro", .start = start}, {.uncachedInput = 1'000'000});
        };
        QCOMPARE(input("2026-09-30T02:00:00Z"), "1.32");
        QCOMPARE(input("2026-10-01T02:00:00Z"), "0.5");
        QCOMPARE(input("2026-11-01T02:00:00Z"), "1.32");
        QCOMPARE(input("2026-11-01T05:00:00Z"), "0.66");
    }

    void aNameThatIsNoIdIsAModelOfItsOwn()
    {
        const auto book = bookWith(R"({"prices": [
            {"model": "gpt-4o-2024-08-06", "valid_from": "2026-03-01", "input": "1"},
            {"model": "our-deployment", "provider": "azure", "input": "3"},
            {"pattern": "acme-*-##b", "input": "7"}]})");
        QCOMPARE(inputOn(book, "gpt-4o-2024-08-06", "2026-04-01"), "1");
        QCOMPARE(inputOn(book, "openai/gpt-4o-2024-08-06", "2026-02-01"), "2.5");
        QCOMPARE(inputOn(book, "gpt-4o", "2026-04-01"), "2.5");
        QCOMPARE(inputOn(book, "azure/our-deployment", "2026-04-01"), "3");
        QCOMPARE(inputOn(book, "Acme-Chat-70B", "2026-04-01"), "7");
        QCOMPARE(inputOn(book, "acme-chat-7b", "2026-04-01"), "unpriced");
    }

    void aNewModelIsUnpricedAfterItsOverrideRanOut()
    {
        const auto book = bookWith(R"({"prices": [{"model": "acme", "valid_until": "2026-05-01", "input": "3"}]})");
        QCOMPARE(inputOn(book, "acme", "2020-01-01"), "3");
        QCOMPARE(inputOn(book, "acme", "2026-05-01"), "unpriced");
    }

    void betweenTwoOverridesOfANewModelItIsUnpriced()
    {
        const auto book = bookWith(R"({"prices": [{"model": "acme", "valid_from": "2026-06-01", "input": "3"},
            {"model": "acme", "valid_from": "2026-01-01", "valid_until": "2026-03-01", "input": "2"}]})");
        QCOMPARE(inputOn(book, "acme", "2026-02-28"), "2");
        QCOMPARE(inputOn(book, "acme", "2026-04-01"), "unpriced");
        QCOMPARE(inputOn(book, "acme", "2026-06-01"), "3");
    }

    void severalOverridesOfOneModelFollowEachOther()
    {
        const auto book = bookWith(R"({"prices": [{"model": "acme", "valid_from": "2026-05-01", "input": "3"},
            {"model": "acme", "valid_from": "2026-01-01", "valid_until": "2026-05-01", "input": "2"},
            {"model": "acme", "valid_from": "2026-06-01", "input": "4"}]})");
        QCOMPARE(inputOn(book, "acme", "2026-04-01"), "2");
        QCOMPARE(inputOn(book, "acme", "2026-05-15"), "3");
        QCOMPARE(inputOn(book, "acme", "2026-07-01"), "4");
    }

    void aHostsOwnModelCanBeGivenAPrice()
    {
        const auto book = bookWith(R"({"prices": [{"model": "gpt-oss-120b", "provider": "ollama", "input": "0"}]})");
        QCOMPARE(costText(book, {.model = "gpt-oss-120b", .provider = "ollama"}, {.uncachedInput = 5}), "0");
        QCOMPARE(found(book, "gpt-oss-120b"), "openai/gpt-oss-120b");
    }

    void aDiscountComesOffByProviderModelAndTime()
    {
        const auto book = bookWith(R"({"discounts": [
            {"provider": "anthropic", "percent": "10"},
            {"model": "*claude-opus*", "percent": "33.3333", "valid_from": "2026-03-01", "valid_until": "2026-04-01"}]})");
        QCOMPARE(inputOn(book, "claude-sonnet-4-6", "2026-08-01"), "2.7");
        QCOMPARE(inputOn(book, "claude-opus-4-5", "2026-02-28"), "4.5");
        QCOMPARE(inputOn(book, "claude-opus-4-5", "2026-03-01"), "3.333335");
        QCOMPARE(inputOn(book, "claude-opus-4-5", "2026-04-01"), "4.5");
        QCOMPARE(inputOn(book, "eu.anthropic.claude-opus-4-5-v1:0", "2026-03-15"), "3.666668"); // 3.6666685
        QCOMPARE(inputOn(book, "eu.anthropic.claude-opus-4-5-v1:0", "2026-04-15"), "5.5");
        QCOMPARE(inputOn(book, "gpt-4o", "2026-03-15"), "2.5");
        QCOMPARE(costText(book, {.model = "claude-sonnet-4-6"}, {.uncachedInput = 0, .webSearches = 1}), "0.009");
        const auto price = *priceOf(book, {.model = "claude-sonnet-4-6"});
        QCOMPARE(book.describe(price.row).discount, std::string("0.9"));
    }

    void aDiscountAlsoComesOffAnOverride()
    {
        const auto book = bookWith(R"({"prices": [{"model": "gpt-4o", "input": "2"}],
            "discounts": [{"provider": "OpenAI", "percent": "50"}]})");
        QCOMPARE(inputOn(book, "gpt-4o", "2026-03-15"), "1");
    }

    void aDiscountKeepsPeakHours()
    {
        const auto book =
            bookWith(R"({"discounts": [{"provider": "deepseek", "percent": "50", "valid_from": "2026-10-01"}]})");
        const auto input = [&](std::string_view start) {
            return costText(book, {.model = "deepseek-v4-pro", .start = start}, {.uncachedInput = 1'000'000});
        };
        QCOMPARE(input("2026-09-30T02:00:00Z"), "1.32");
        QCOMPARE(input("2026-10-01T02:00:00Z"), "0.66");
        QCOMPARE(input("2026-10-01T05:00:00Z"), "0.33");
    }

    void theVersionChangesWithTheOverridesAlone()
    {
        QCOMPARE(builtIn().version(), std::string("2026-09-23"));
        QCOMPARE(builtIn().with({})->version(), builtIn().version());
        const char* tenPercent = R"({"discounts": [{"provider": "openai", "percent": "10"}]})";
        const char* elevenPercent = R"({"discounts": [{"provider": "openai", "percent": "11"}]})";
        QCOMPARE(bookWith(tenPercent).version(), bookWith(tenPercent).version());
        QVERIFY(bookWith(tenPercent).version() != bookWith(elevenPercent).version());
        QVERIFY(bookWith(tenPercent).version().starts_with("2026-09-23+"));
    }

    void overridesSurviveTheirJson()
    {
        const auto overrides = overridesFromJson(R"({"prices": [
            {"model": "a", "provider": "azure", "valid_from": "2026-03-01", "valid_until": "2026-04-01T12:00:00Z",
             "input": "0.000001", "output": 2, "cache_read": "3", "cache_write_5m": "4", "cache_write_1h": "5",
             "audio_input": "6", "long_context": {"over_tokens": 200000, "input": "7"}, "batch": "0.5",
             "priority": {"input": "20/11", "output": "2", "cache_read": "1"}, "web_search_per_1k": "10",
             "context_window": 8192, "source": "us"},
            {"regex": "^b+$", "input": "1"}, {"pattern": "c*", "input": "1"}],
            "discounts": [{"model": "gpt-*", "provider": "openai", "percent": "12.5", "valid_from": "2026-01-01"}]})");
        QVERIFY2(overrides, overrides ? "" : overrides.error().text().c_str());
        QCOMPARE(overrides->prices.size(), 3U);
        const auto again = overridesFromJson(toJson(*overrides));
        QVERIFY2(again, again ? "" : again.error().text().c_str());
        QCOMPARE(*again, *overrides);
    }

    void malformedOverridesNameTheEntry_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* text, const char* error) {
            QTest::newRow(error) << QString::fromUtf8(text) << QString::fromUtf8(error);
        };
        row("[]", "price overrides: not an object");
        row(R"({"price": []})", "price overrides: unknown field 'price'");
        row(R"({"prices": {}})", "price overrides: 'prices' is not a list");
        row(R"({"prices": [{"model": "a", "input": "1"}, {"input": "1"}]})", "price override 2: 'model' is missing");
        row(R"({"prices": [{"model": "a", "pattern": "a*", "input": "1"}]})",
            "price override 1: names its model twice");
        row(R"({"prices": [{"model": "a"}]})", "price override 1: 'input' is missing");
        row(R"({"prices": [{"regex": "*", "input": "1"}]})", "price override 1: not a regular expression: '*'");
        row(R"({"prices": [{"model": "a", "input": "1", "valid_from": "2026-01-02", "valid_until": "2026-01-02"}]})",
            "price override 1: 'valid_until' is not after 'valid_from'");
        row(R"({"prices": [{"model": "a", "input": "1", "window_utc": "01:00-02:00"}]})",
            "price override 1: unknown field 'window_utc'");
        row(R"({"discounts": [{"percent": "101"}]})", "discount 1: 'percent' is not a number from 0 to 100");
        row(R"({"discounts": [{"model": "x"}]})", "discount 1: 'percent' is missing");
        row(R"({"discounts": [{"percent": "0.00001"}]})", "discount 1: 'percent' has more than four decimals");
    }

    void malformedOverridesNameTheEntry()
    {
        QFETCH(QString, text);
        QFETCH(QString, error);
        const auto overrides = overridesFromJson(text.toStdString());
        QVERIFY(!overrides);
        QCOMPARE(overrides.error().kind, ErrorKind::Malformed);
        QCOMPARE(qt(overrides.error().text()), error);
    }

    void factorsAreExactFractions()
    {
        QCOMPARE(*parseRatio("1.75"), (Ratio{7, 4}));
        QCOMPARE(*parseRatio("20/11"), (Ratio{20, 11}));
        QCOMPARE(*parseRatio("2.2/1.1"), (Ratio{2, 1}));
        QCOMPARE(qt(text(Ratio{7, 4})), "1.75");
        QCOMPARE(qt(text(Ratio{20, 11})), "20/11");
        for (const char* wrong : {"", "x", "1/", "/2", "1/0", "-1", "1001", "0.0000001", "1//2"})
            QVERIFY2(!parseRatio(wrong), wrong);
    }
};

QTEST_APPLESS_MAIN(PriceOverridesTest)
#include "tst_price_overrides.moc"
