// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "model/core/feature_rules.h"
#include "model/core/filter.h"
#include "model/core/money.h"
#include "model/core/time.h"
#include "model/core/usage_buckets.h"

using namespace plumbline;

namespace {

using Reported = std::vector<std::pair<std::string_view, TokenCount>>;

/// `uncached read write5m write1h | visible reasoning`, `-` for what is unknown.
std::string bucketsText(const Reported& reported, const UsageContext& context = {})
{
    const Usage usage = bucketsFrom(reported, context).usage;
    const auto text = [](const std::optional<TokenCount>& tokens) {
        return tokens ? std::to_string(*tokens) : std::string("-");
    };
    return text(usage.uncachedInput) + " " + text(usage.cacheRead) + " " + text(usage.cacheWrite5m) + " " +
           text(usage.cacheWrite1h) + " | " + text(usage.visibleOutput) + " " + text(usage.reasoning);
}

std::string roundTrip(const char* text)
{
    const auto money = moneyFromDecimal(text);
    return money ? decimalText(*money) : "malformed";
}

} // namespace

class MoneyTimeUsageTest : public QObject
{
    Q_OBJECT

private slots:
    void decimalsAreReadToThePicodollar();
    void halvesRoundToEven();
    void sumsBeyondInt64AreExact();
    void timesAreReadInEverySpelling();
    void daysBeginWhereTheReaderLives();
    void monthsMayStartInTheMiddle();
    void overlappingBucketsAreMadeDisjoint();
    void namesTellWhatLiesInsideWhat();
    void zerosAndUnknownNamesAreNoUsage();
    void filtersAndRulesSurviveTheirText();
    void patternsMatchWithStars();
};

void MoneyTimeUsageTest::decimalsAreReadToThePicodollar()
{
    QCOMPARE(roundTrip("0.00064126"), std::string("0.00064126"));
    QCOMPARE(roundTrip("2E-8"), std::string("0.00000002"));
    QCOMPARE(roundTrip("1.5e-7"), std::string("0.00000015"));
    QCOMPARE(roundTrip("-12.50"), std::string("-12.5"));
    QCOMPARE(roundTrip("9000000"), std::string("9000000"));
    for (const char* broken : {"", "abc", "1.2.3", "1e999", "99999999999", "--1", "1 "})
        QCOMPARE(roundTrip(broken), std::string("malformed"));
    QCOMPARE(moneyFromDollars(0.00016859999999999998)->picodollars(), std::int64_t{168'600'000});
    QVERIFY(!moneyFromDollars(std::nan("")));
}

void MoneyTimeUsageTest::halvesRoundToEven()
{
    QCOMPARE(divideHalfEven(5, 2), std::int64_t{2});
    QCOMPARE(divideHalfEven(7, 2), std::int64_t{4});
    QCOMPARE(divideHalfEven(-5, 2), std::int64_t{-2});
    QCOMPARE(divideHalfEven(8, 3), std::int64_t{3});
    QCOMPARE(roundTrip("0.0000000000005"), std::string("0"));
    QCOMPARE(roundTrip("0.0000000000015"), std::string("0.000000000002"));
}

void MoneyTimeUsageTest::sumsBeyondInt64AreExact()
{
    MoneySum sum;
    for (int i = 0; i < 4; ++i)
        sum += Money(9'000'000'000'000'000'001);
    QCOMPARE(decimalText(sum), std::string("36000000.000000000004"));
}

void MoneyTimeUsageTest::timesAreReadInEverySpelling()
{
    const auto iso = [](const char* text) {
        const auto time = parseTimestamp(text);
        return time ? isoText(*time) : std::string("none");
    };
    QCOMPARE(iso("2026-08-20T10:00:00.120Z"), std::string("2026-08-20T10:00:00.120Z"));
    QCOMPARE(iso("2026-08-20 10:00:00.120456"), std::string("2026-08-20T10:00:00.120456Z"));
    QCOMPARE(iso("2026-08-20T15:30:00+05:30"), std::string("2026-08-20T10:00:00.000Z"));
    QCOMPARE(iso("2024-02-29"), std::string("2024-02-29T00:00:00.000Z"));
    for (const char* broken :
         {"", "yesterday", "2025-02-29", "2026-13-01", "2026-08-20T10", "2026-08-20T10:00:00.1xZ", "0001-01-01"})
        QCOMPARE(iso(broken), std::string("none"));
}

void MoneyTimeUsageTest::daysBeginWhereTheReaderLives()
{
    // 18:30 UTC is midnight in Kolkata.
    const auto kolkata = ReportingCalendar::open("Asia/Kolkata", 1);
    QVERIFY(kolkata);
    const auto day = [&](const char* time) {
        return dateText(floorDivide(kolkata->localHour(*parseTimestamp(time)), 24));
    };
    QCOMPARE(day("2026-10-01T18:29:59Z"), std::string("2026-10-01"));
    QCOMPARE(day("2026-10-01T18:30:00Z"), std::string("2026-10-02"));
    QCOMPARE(isoText(kolkata->month(2026 * 12 + 9).first), std::string("2026-09-30T18:30:00.000Z"));
    // October has an hour more in Berlin: clocks go back.
    const auto berlin = ReportingCalendar::open("Europe/Berlin", 1);
    QVERIFY(berlin);
    const Period october = berlin->month(2026 * 12 + 9);
    QCOMPARE((october.end.microseconds() - october.first.microseconds()) / 3'600'000'000, std::int64_t{31 * 24 + 1});
    QVERIFY(!ReportingCalendar::open("Mars/Olympus", 1));
    QVERIFY(!ReportingCalendar::open("UTC", 29));
}

void MoneyTimeUsageTest::monthsMayStartInTheMiddle()
{
    const auto calendar = ReportingCalendar::open("UTC", 15);
    QVERIFY(calendar);
    QCOMPARE(ReportingCalendar::monthText(calendar->monthOfDay(*parseDate("2026-10-14"))), std::string("2026-09"));
    QCOMPARE(ReportingCalendar::monthText(calendar->monthOfDay(*parseDate("2026-10-15"))), std::string("2026-10"));
    QCOMPARE(dateText(calendar->firstDayOfMonth(2026 * 12 + 9)), std::string("2026-10-15"));
}

void MoneyTimeUsageTest::overlappingBucketsAreMadeDisjoint()
{
    // Cached tokens inside the input: 17903 + 188 is the total.
    QCOMPARE(bucketsText({{"input", 17903}, {"input_cached_tokens", 17817}, {"output", 188}, {"total", 18091}}),
             std::string("86 17817 - - | 188 -"));
    // Reasoning inside the output.
    QCOMPARE(bucketsText({{"input", 6}, {"output", 2055}, {"total", 2061}, {"completion_details.reasoning", 1104}}),
             std::string("6 - - - | 951 1104"));
    // Disjoint as the contract says.
    QCOMPARE(bucketsText({{"input", 612}, {"input_cached_tokens", 1024}, {"output", 96}, {"total", 1732}}),
             std::string("612 1024 - - | 96 -"));
    // A second total that adds the first to its parts.
    QCOMPARE(
        bucketsText({{"prompt_tokens", 17903}, {"completion_tokens", 188}, {"total_tokens", 18091}, {"total", 36182}}),
        std::string("17903 - - - | 188 -"));
    // Thinking that only the total knows.
    QCOMPARE(bucketsText({{"input", 50}, {"output", 800}, {"total", 2023}}, {.totalMayHoldReasoning = true}),
             std::string("50 - - - | 800 1173"));
}

void MoneyTimeUsageTest::namesTellWhatLiesInsideWhat()
{
    QCOMPARE(bucketsText({{"prompt_tokens", 1200},
                          {"completion_tokens", 80},
                          {"prompt_tokens_details.cached_tokens", 1024},
                          {"completion_tokens_details.reasoning_tokens", 64}}),
             std::string("176 1024 - - | 16 64"));
    // xAI's reasoning is outside: only then the total fits.
    QCOMPARE(bucketsText({{"prompt_tokens", 1000},
                          {"completion_tokens", 20},
                          {"total_tokens", 1320},
                          {"prompt_tokens_details.cached_tokens", 500},
                          {"completion_tokens_details.reasoning_tokens", 300}}),
             std::string("500 500 - - | 20 300"));
    QCOMPARE(bucketsText({{"input_tokens", 100},
                          {"cache_creation_input_tokens", 1000},
                          {"cache_read_input_tokens", 5000},
                          {"cache_creation.ephemeral_5m_input_tokens", 600},
                          {"cache_creation.ephemeral_1h_input_tokens", 400},
                          {"output_tokens", 50}}),
             std::string("100 5000 600 400 | 50 -"));
    QCOMPARE(bucketsText({{"promptTokenCount", 3000},
                          {"cachedContentTokenCount", 2048},
                          {"toolUsePromptTokenCount", 100},
                          {"candidatesTokenCount", 40},
                          {"thoughtsTokenCount", 160}}),
             std::string("1052 2048 - - | 40 160"));
    // A gateway that is known to send inclusive input, and gives no total.
    QCOMPARE(bucketsText({{"input", 9844}, {"output", 120}, {"cache_read_input_tokens", 9842}},
                         {.convention = CacheConvention::Inclusive}),
             std::string("2 9842 - - | 120 -"));
}

void MoneyTimeUsageTest::zerosAndUnknownNamesAreNoUsage()
{
    QCOMPARE(bucketsText({{"input", 0}, {"output", 0}, {"total", 0}}), std::string("- - - - | - -"));
    QCOMPARE(bucketsText({{"images", 4}}), std::string("- - - - | - -"));
    QCOMPARE(bucketsText({{"total", 38}}, {.isEmbedding = true}), std::string("38 - - - | 0 -"));
}

void MoneyTimeUsageTest::filtersAndRulesSurviveTheirText()
{
    const auto condition = conditionFromText("metadata.tenant!=acme,beta");
    QVERIFY(condition);
    QVERIFY(condition->isExcluded);
    QCOMPARE(textOf(*condition), std::string("metadata.tenant!=acme,beta"));
    QVERIFY(!conditionFromText("colour=blue"));
    const std::string text = "feature is set\nmetadata.team = search -> doc-search\ntag ~ nightly-* -> batch\n";
    const auto rules = featureRulesFromText(text);
    QVERIFY(rules);
    QCOMPARE(textOf(*rules), text);
    QVERIFY(!featureRulesFromText("nonsense"));
}

void MoneyTimeUsageTest::patternsMatchWithStars()
{
    QVERIFY(matchesPattern("support-chat", "support-*"));
    QVERIFY(matchesPattern("abcabc", "*abc"));
    QVERIFY(!matchesPattern("support", "support-*"));
    QVERIFY(matchesPattern("", "*"));
    QVERIFY(!matchesPattern("a", ""));
}

QTEST_APPLESS_MAIN(MoneyTimeUsageTest)
#include "money_time_usage_test.moc"
