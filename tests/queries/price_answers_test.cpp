// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "model/prices/price_book.h"
#include "model/queries/price_answers.h"

using namespace plumbline;

namespace {

constexpr std::int64_t dollar = 1'000'000'000'000;

Timestamp at(const char* text)
{
    return *parseTimestamp(text);
}

/// `from … until …: input` of the rows of a model, the override's marked.
QStringList rowsOf(const PriceOverrides& overrides, const std::string& model, const std::string& provider)
{
    const auto book = priceBookWith(overrides);
    if (!book)
        return {QString::fromStdString(book.error().text())};
    const auto day = [](const std::optional<Timestamp>& time) {
        return time ? QString::fromStdString(isoText(*time)).left(10) : QString("-");
    };
    QStringList rows;
    for (const BookPrice& price : book->prices)
        if (price.model == model && price.provider == provider)
            rows +=
                QString("%1 %2: %3%4")
                    .arg(day(price.validFrom), day(price.validUntil),
                         QString::fromStdString(decimalText(*price.paid.input)), price.isOverride ? " override" : "");
    return rows;
}

PriceOverride contract()
{
    return {.model = "gpt-4o",
            .provider = "openai",
            .validFrom = at("2026-03-01"),
            .validUntil = at("2026-05-01"),
            .terms = {.prices = {.input = Money(2 * dollar), .output = Money(9 * dollar)}},
            .source = "contract 17"};
}

} // namespace

/// What the price book answers to those who look at it.
class PriceAnswersTest : public QObject
{
    Q_OBJECT

private slots:
    void anOverrideIsMarkedAndEndsWhereTheBookGoesOn()
    {
        QCOMPARE(rowsOf({}, "gpt-4o", "openai"), QStringList{"- -: 2.5"});
        QCOMPARE(rowsOf({.prices = {contract()}}, "gpt-4o", "openai"),
                 QStringList({"- 2026-03-01: 2.5", "2026-03-01 2026-05-01: 2 override", "2026-05-01 -: 2.5"}));
    }

    void hoursOfTheDayDoNotEndTheRowOfTheWholeDay()
    {
        const auto file = readPriceFile(
            "{\"provider\": \"acme\", \"book_date\": \"2026-01-01\", \"models\": [{\"id\": \"m\", \"prices\": ["
            "{\"input\": \"1\"}, {\"valid_from\": \"2026-02-01\", \"window_utc\": \"01:00-04:00\", \"input\": \"2\"}, "
            "{\"valid_from\": \"2026-03-01\", \"input\": \"3\"}]}]}");
        QVERIFY(file);
        const PriceBook book = PriceBook::of({*file});
        const auto atNoon = priceOf({.model = "m", .at = at("2026-02-10T12:00:00Z")}, book);
        QVERIFY(atNoon->price.validUntil == at("2026-03-01"));
        const auto atNight = priceOf({.model = "m", .at = at("2026-02-10T02:00:00Z")}, book);
        QCOMPARE(atNight->price.validAt, std::string("01:00-04:00 UTC"));
        QVERIFY(atNight->price.validFrom == at("2026-02-01"));
    }

    void aModelIsFoundByTheNameOfACall()
    {
        const PriceOverrides own{.prices = {contract()}};
        const auto then = priceOf({.model = "azure/gpt-4o-2024-08-06", .at = at("2026-04-30")}, own);
        QVERIFY(then);
        QCOMPARE(then->price.model, std::string("gpt-4o"));
        QVERIFY(then->price.isOverride);
        QCOMPARE(decimalText(*then->price.paid.output), std::string("9"));
        const auto batch = priceOf({.model = "gpt-4o", .at = at("2026-05-01"), .tier = ServiceTier::Batch}, own);
        QVERIFY(!batch->price.isOverride);
        QCOMPARE(decimalText(*batch->price.paid.input), std::string("1.25"));
        QCOMPARE(priceOf({.model = "nobody's", .at = at("2026-05-01")}, own).error().kind, ErrorKind::NotFound);
    }

    void theReaderOfOverridesDecidesWhatIsOne()
    {
        QVERIFY(check(contract()));
        PriceOverride wrong = contract();
        wrong.validUntil = wrong.validFrom;
        QVERIFY(!check(wrong));
        wrong = contract();
        wrong.match = NameMatch::Regex;
        wrong.model = "gpt-(4o";
        QVERIFY(!check(wrong));
        QVERIFY(check(Discount{.provider = "anthropic", .paid = {88, 100}}));
    }

    void aListStandsBelowTheUsersOwnPricesAndReplacesItsOlderSelf()
    {
        PriceOverride old = contract();
        old.source = "LiteLLM";
        PriceOverride fresh = old;
        fresh.terms.prices.input = Money(3 * dollar);
        const PriceOverrides own{.prices = {contract(), old}, .discounts = {{.provider = "openai", .paid = {9, 10}}}};
        const PriceOverrides together = withList(own, {.prices = {fresh}});
        QVERIFY(together.prices == std::vector({fresh, contract()}));
        QVERIFY(together.discounts == own.discounts);
        QCOMPARE(rowsOf({.prices = together.prices}, "gpt-4o", "openai").at(1), "2026-03-01 2026-05-01: 2 override");
    }
};

QTEST_APPLESS_MAIN(PriceAnswersTest)
#include "price_answers_test.moc"
