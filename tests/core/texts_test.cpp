// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <limits>

#include "model/core/csv.h"
#include "model/core/feature_rules.h"
#include "model/core/filter.h"
#include "model/core/money.h"
#include "model/core/time.h"

using namespace plumbline;

/// Values of the core and their texts, at the edges.
class TextsTest : public QObject
{
    Q_OBJECT

private slots:
    void csvFieldsAreNeverRun_data();
    void csvFieldsAreNeverRun();
    void rulesComeBackFromTheirText();
    void brokenRulesAreRefusedWithTheLine_data();
    void brokenRulesAreRefusedWithTheLine();
    void patternsAgreeWithANaiveMatcher();
    void everyDimensionHasAnId();
    void conditionsComeBackFromTheirText();
    void moneyComesBackFromItsText();
    void moneyEndsWhereInt64Does();
    void roundingIsHalfEvenOnBothSidesOfZero();
    void brokenAmountsAreMalformed_data();
    void brokenAmountsAreMalformed();
    void timesComeBackFromTheirText();
    void brokenTimesAreEmpty_data();
    void brokenTimesAreEmpty();
    void everyDayHasItsDate();
    void everyHourOfAYearLiesInItsDayAndMonth_data();
    void everyHourOfAYearLiesInItsDayAndMonth();
};

void TextsTest::rulesComeBackFromTheirText()
{
    const FeatureRules rules = {
        {.field = RuleField::Attribute},
        {.field = RuleField::Metadata,
         .key = "tenant",
         .test = RuleTest::Equals,
         .value = "acme",
         .feature = "support"},
        {.field = RuleField::Metadata, .key = "a.b"},
        {.field = RuleField::Tag, .test = RuleTest::Matches, .value = "nightly-*", .feature = "batch jobs"},
        {.field = RuleField::Step, .test = RuleTest::Equals, .value = "what is set"},
        {.field = RuleField::Step, .test = RuleTest::Equals, .value = "a ~ b"},
        {.field = RuleField::User, .test = RuleTest::Matches, .value = "x = *", .feature = "y"},
        {.field = RuleField::Agent, .feature = "agents"},
    };
    const auto read = featureRulesFromText(textOf(rules));
    QVERIFY2(read, read ? "" : read.error().text().c_str());
    QCOMPARE(textOf(*read), textOf(rules));
    QVERIFY(*read == rules);
    QVERIFY(*featureRulesFromText(textOf(defaultFeatureRules())) == defaultFeatureRules());
    const auto commented = featureRulesFromText("# mine\n\n  feature is set  \r\n");
    QVERIFY(commented);
    QCOMPARE(commented->size(), std::size_t{1});
    QVERIFY(featureRulesFromText("")->empty());
}

void TextsTest::brokenRulesAreRefusedWithTheLine_data()
{
    QTest::addColumn<QString>("line");
    for (const char* line : {"nonsense", "colour is set", "metadata. is set", "tag = ", "step ~", "-> feature",
                             "metadata is set", " is set"})
        QTest::newRow(line) << QString::fromLatin1(line);
}

void TextsTest::brokenRulesAreRefusedWithTheLine()
{
    QFETCH(QString, line);
    const auto rules = featureRulesFromText("feature is set\n" + line.toStdString() + "\n");
    QVERIFY(!rules);
    QCOMPARE(rules.error().kind, ErrorKind::Usage);
    QVERIFY(rules.error().reason.find(line.trimmed().toStdString()) != std::string::npos);
}

namespace {

bool matchesNaively(std::string_view text, std::string_view pattern)
{
    if (pattern.empty())
        return text.empty();
    if (pattern[0] == '*')
        return matchesNaively(text, pattern.substr(1)) || (!text.empty() && matchesNaively(text.substr(1), pattern));
    return !text.empty() && text[0] == pattern[0] && matchesNaively(text.substr(1), pattern.substr(1));
}

std::string wordOf(int number, std::string_view alphabet, int length)
{
    std::string word;
    for (int i = 0; i < length; ++i, number /= static_cast<int>(alphabet.size()))
        word.push_back(alphabet[static_cast<std::size_t>(number) % alphabet.size()]);
    return word;
}

} // namespace

void TextsTest::patternsAgreeWithANaiveMatcher()
{
    for (int textLength = 0; textLength <= 5; ++textLength)
        for (int text = 0; text < 1 << textLength; ++text)
            for (int patternLength = 0; patternLength <= 5; ++patternLength)
                for (int pattern = 0; pattern < std::pow(3, patternLength); ++pattern) {
                    const std::string words = wordOf(text, "ab", textLength);
                    const std::string stars = wordOf(pattern, "ab*", patternLength);
                    if (matchesPattern(words, stars) != matchesNaively(words, stars))
                        QFAIL((words + " against " + stars).c_str());
                }
    // No exponential walk.
    QVERIFY(!matchesPattern(std::string(50'000, 'a'), std::string("*a*a*a*a*a*a*a*a*b")));
}

void TextsTest::everyDimensionHasAnId()
{
    QCOMPARE(allDimensions().size(), std::size_t{20});
    for (const Dimension dimension : allDimensions()) {
        const DimensionChoice choice{dimension, {}};
        QVERIFY(*dimensionFromId(idOf(choice)) == choice);
        QVERIFY(*titleOf(dimension));
        QVERIFY(!missingValue(dimension).empty());
    }
    const DimensionChoice metadata{Dimension::Metadata, "a.b"};
    QVERIFY(*dimensionFromId(idOf(metadata)) == metadata);
    for (const char* unknown : {"", "colour", "metadata", "metadata.", "Feature"})
        QCOMPARE(dimensionFromId(unknown).error().kind, ErrorKind::Usage);
}

void TextsTest::conditionsComeBackFromTheirText()
{
    for (const char* text : {"model=gpt-4o", "feature!=a,b,(none)", "metadata.tenant=acme", "metadata.a=b=c",
                             "user=a b", "day=2026-10-01", "step!=x!"}) {
        const auto condition = conditionFromText(text);
        QVERIFY2(condition, text);
        QCOMPARE(textOf(*condition), std::string(text));
    }
    for (const char* text : {"", "model", "=x", "model=", "!=x", "colour=blue", "metadata.=x"})
        QVERIFY2(!conditionFromText(text), text);
}

void TextsTest::moneyComesBackFromItsText()
{
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t amount :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{10}, std::int64_t{999'999'999'999},
          std::int64_t{1'000'000'000'000}, std::int64_t{-123'456'789'012'345'678}, most, -most}) {
        const std::string text = decimalText(Money(amount));
        const auto read = moneyFromDecimal(text);
        QVERIFY2(read, text.c_str());
        QCOMPARE(read->picodollars(), amount);
        QVERIFY(text.find('.') == std::string::npos || text.back() != '0');
    }
    QCOMPARE(decimalText(Money(-1)), std::string("-0.000000000001"));
}

void TextsTest::moneyEndsWhereInt64Does()
{
    QCOMPARE(moneyFromDecimal("9223372.036854775807")->picodollars(), std::numeric_limits<std::int64_t>::max());
    for (const char* text : {"9223372.036854775808", "1e7", "-1e7", "1e300", "9223372.0368547758075"})
        QVERIFY2(!moneyFromDecimal(text), text);
    QCOMPARE(moneyFromDecimal("9223372.0368547758074")->picodollars(), std::numeric_limits<std::int64_t>::max());
    QVERIFY(!moneyFromDollars(9.3e6));
    QVERIFY(!moneyFromDollars(std::numeric_limits<double>::infinity()));
    QCOMPARE(moneyFromDecimal("1e-300")->picodollars(), std::int64_t{0});
    QCOMPARE(moneyFromDecimal("0.0000000000000000000000000000000000000000000000001")->picodollars(), std::int64_t{0});
    QCOMPARE(moneyFromDecimal("00000000000000000000000000000000000000000000000001.5")->picodollars(),
             std::int64_t{1'500'000'000'000});
    QCOMPARE(moneyFromDecimal("0e999999") ? 1 : 0, 0);
}

void TextsTest::roundingIsHalfEvenOnBothSidesOfZero()
{
    for (const auto& [text, picodollars] :
         std::vector<std::pair<const char*, std::int64_t>>{{"0.0000000000005", 0},
                                                           {"0.0000000000015", 2},
                                                           {"0.0000000000025", 2},
                                                           {"0.00000000000250000000000000000000000000000000001", 3},
                                                           {"0.0000000000024999999999999999999999999999999999", 2},
                                                           {"-0.0000000000015", -2},
                                                           {"-0.0000000000025", -2},
                                                           {"2.5e-12", 2},
                                                           {"35E-13", 4}})
        QCOMPARE(moneyFromDecimal(text)->picodollars(), picodollars);
    for (int numerator = -20; numerator <= 20; ++numerator) {
        for (const int denominator : {1, 2, 3, 4, 7, -2, -4}) {
            const double exact = static_cast<double>(numerator) / denominator;
            QCOMPARE(divideHalfEven(numerator, denominator), static_cast<std::int64_t>(std::nearbyint(exact)));
        }
    }
}

void TextsTest::brokenAmountsAreMalformed_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"", "-", "+", ".", "e5", "1e", "1e+", "1e+-5", "0x10", "NaN", "inf", "1,5", "$1", "1..2",
                             " 1", "--1", "1e99999999999"})
        QTest::newRow(*text ? text : "(empty)") << QString::fromLatin1(text);
}

void TextsTest::brokenAmountsAreMalformed()
{
    QFETCH(QString, text);
    const auto money = moneyFromDecimal(text.toStdString());
    QVERIFY(!money);
    QCOMPARE(money.error().kind, ErrorKind::Malformed);
}

void TextsTest::timesComeBackFromTheirText()
{
    for (const char* text : {"1970-01-01T00:00:00.000Z", "2000-02-29T23:59:59.999Z", "2024-02-29T12:00:00.000001Z",
                             "2026-08-20T10:00:00.120Z", "2199-12-31T23:59:59.999999Z"}) {
        const auto time = parseTimestamp(text);
        QVERIFY2(time, text);
        QCOMPARE(isoText(*time), std::string(text));
    }
    const auto iso = [](const char* text) {
        const auto time = parseTimestamp(text);
        return time ? isoText(*time) : std::string("none");
    };
    QCOMPARE(iso("2026-08-20T10:00:00.123456789Z"), std::string("2026-08-20T10:00:00.123456Z"));
    QCOMPARE(iso("2026-08-20 10:00:00"), std::string("2026-08-20T10:00:00.000Z"));
    QCOMPARE(iso("2026-08-20T10:00:00"), std::string("2026-08-20T10:00:00.000Z"));
    QCOMPARE(iso("2026-08-20T00:30:00+05:30"), std::string("2026-08-19T19:00:00.000Z"));
    QCOMPARE(iso("2026-08-20T23:30:00-0330"), std::string("2026-08-21T03:00:00.000Z"));
    QCOMPARE(iso("2026-12-31T23:30:00-01:00"), std::string("2027-01-01T00:30:00.000Z"));
    QCOMPARE(iso("2026-08-20T10:00Z"), std::string("2026-08-20T10:00:00.000Z"));
}

void TextsTest::brokenTimesAreEmpty_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"",
                             "2026",
                             "2026-08",
                             "2026-8-20",
                             "2100-02-29",
                             "2026-02-30",
                             "2026-00-10",
                             "2026-04-31",
                             "1969-12-31T23:59:59Z",
                             "2201-01-01",
                             "2026-08-20T25:00:00Z",
                             "2026-08-20T10:60:00Z",
                             "2026-08-20T10:00:61Z",
                             "2026-08-20T10:00:00+",
                             "2026-08-20T10:00:00+5",
                             "2026-08-20T10:00:00+05:3",
                             "2026-08-20T10:00:00Zjunk",
                             "2026-08-20Tten",
                             "1755684000",
                             "20/08/2026",
                             "2026-08-20T10:00:00+99:99",
                             "-026-08-20"})
        QTest::newRow(*text ? text : "(empty)") << QString::fromLatin1(text);
}

void TextsTest::brokenTimesAreEmpty()
{
    QFETCH(QString, text);
    QVERIFY(!parseTimestamp(text.toStdString()));
}

void TextsTest::everyDayHasItsDate()
{
    std::int32_t expected = 0;
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int year = 1970; year <= 2200; ++year) {
        const bool isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; ++month) {
            for (int day = 1; day <= days[month - 1] + (isLeap && month == 2); ++day, ++expected) {
                QCOMPARE(dayNumber(year, month, day), expected);
                QVERIFY((civilDate(expected) == CivilDate{year, month, day}));
                QCOMPARE(*parseDate(dateText(expected)), expected);
            }
        }
    }
}

void TextsTest::everyHourOfAYearLiesInItsDayAndMonth_data()
{
    QTest::addColumn<QString>("zone");
    QTest::addColumn<int>("start");
    for (const char* zone :
         {"UTC", "Asia/Kolkata", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"})
        for (const int start : {1, 15, 28})
            QTest::addRow("%s, %d", zone, start) << QString::fromLatin1(zone) << start;
}

void TextsTest::everyHourOfAYearLiesInItsDayAndMonth()
{
    QFETCH(QString, zone);
    QFETCH(int, start);
    const auto calendar = ReportingCalendar::open(zone.toStdString(), start);
    QVERIFY(calendar);
    constexpr std::int64_t hour = 3'600'000'000;
    const Timestamp first = *parseTimestamp("2026-01-01T00:10:00Z");
    std::int32_t before = calendar->localHour(first);
    for (std::int64_t i = 1; i < 370 * 24; ++i) {
        const Timestamp time(first.microseconds() + i * hour);
        const std::int32_t local = calendar->localHour(time);
        QVERIFY(local >= before && local <= before + 2); // clocks are set by an hour at most
        before = local;
        const std::int32_t day = floorDivide(local, 24);
        QVERIFY(calendar->startOfDay(day) <= time && time < calendar->startOfDay(day + 1));
        const std::int32_t month = calendar->monthOfDay(day);
        QVERIFY(calendar->month(month).contains(time));
        QVERIFY(calendar->firstDayOfMonth(month) <= day && day < calendar->firstDayOfMonth(month + 1));
        QCOMPARE(*ReportingCalendar::parseMonth(ReportingCalendar::monthText(month)), month);
    }
    // Months touch, and asking backwards is no different.
    for (std::int32_t month = 2026 * 12 + 11; month >= 2026 * 12; --month)
        QVERIFY(calendar->month(month).end == calendar->month(month + 1).first);
    for (const char* broken : {"", "2026", "2026-13", "2026-00", "2026-1", "26-01", "2026-01-01"})
        QVERIFY(!ReportingCalendar::parseMonth(broken));
}

void TextsTest::csvFieldsAreNeverRun_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("plain") << QByteArray("gpt-5.4") << QByteArray("gpt-5.4");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("a comma") << QByteArray("a,b") << QByteArray("\"a,b\"");
    QTest::newRow("quotes") << QByteArray("a \"b\"") << QByteArray("\"a \"\"b\"\"\"");
    QTest::newRow("a line break") << QByteArray("a\r\nb") << QByteArray("\"a\r\nb\"");
    QTest::newRow("a formula") << QByteArray("=1+1") << QByteArray("'=1+1");
    QTest::newRow("a formula with a comma") << QByteArray("@SUM(1,2)") << QByteArray("\"'@SUM(1,2)\"");
    QTest::newRow("a word below zero") << QByteArray("-cmd") << QByteArray("'-cmd");
    QTest::newRow("a number below zero") << QByteArray("-12.5e-3") << QByteArray("-12.5e-3");
    QTest::newRow("a number with its sign") << QByteArray("+7") << QByteArray("+7");
    QTest::newRow("a sign alone") << QByteArray("-") << QByteArray("'-");
}

void TextsTest::csvFieldsAreNeverRun()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, field);
    QCOMPARE(QByteArray::fromStdString(csvField(text.toStdString())), field);
}

QTEST_APPLESS_MAIN(TextsTest)
#include "texts_test.moc"
