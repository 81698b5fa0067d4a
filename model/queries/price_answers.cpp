// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/price_answers.h"

#include "model/prices/overrides_json.h"
#include "model/prices/price_book.h"
#include "model/prices/rate_table.h"

namespace plumbline {

namespace {

/// Of a rate a token, which is whole picodollars, a million times as much.
Money perMillion(Money rate)
{
    return Money(rate.picodollars() * 1'000'000);
}

ListPrices paidAt(const Rates& rates)
{
    return {.input = perMillion(rates.input),
            .output = perMillion(rates.output),
            .cacheRead = perMillion(rates.cacheRead),
            .cacheWrite5m = perMillion(rates.cacheWrite5m),
            .cacheWrite1h = perMillion(rates.cacheWrite1h),
            .audioInput = perMillion(rates.audioInput)};
}

/// When the row at `place` gives way: to the first later one of the same hours, or of the whole day.
std::optional<Timestamp> endOf(const std::vector<PriceRow>& rows, std::size_t place)
{
    const PriceRow& row = rows[place];
    for (std::size_t later = place + 1; later < rows.size(); ++later)
        if (rows[later].validFrom > row.validFrom && (!rows[later].window || rows[later].window == row.window))
            return rows[later].validFrom;
    return {};
}

BookPrice bookPrice(const PriceBook& book, const PricedModel& model, std::size_t place)
{
    const PriceRow& row = model.rows[place];
    PriceRowText words = book.describe(row.id);
    return {.provider = std::move(words.provider),
            .model = std::move(words.model),
            .name = std::move(words.name),
            .validFrom = row.validFrom,
            .validUntil = endOf(model.rows, place),
            .validAt = std::move(words.validAt),
            .listed = row.terms,
            .paid = paidAt(row.rates[rate_table::indexOf(ServiceTier::Standard, false, 0)]),
            .discount = std::move(words.discount),
            .contextWindow = model.contextWindow,
            .isOverride = row.isOverride,
            .isDeprecated = model.isDeprecated,
            .source = std::move(words.source),
            .note = std::move(words.note),
            .bookDate = std::move(words.bookDate)};
}

Result<PriceBook> bookWith(const PriceOverrides& overrides)
{
    const PriceBook book = TRY(PriceBook::builtIn());
    return book.with(overrides);
}

} // namespace

Result<PriceBookAnswer> priceBookWith(const PriceOverrides& overrides)
{
    const PriceBook book = TRY(bookWith(overrides));
    PriceBookAnswer answer{.version = book.version(), .models = static_cast<std::int64_t>(book.models().size())};
    for (const PricedModel& model : book.models())
        for (std::size_t place = 0; place < model.rows.size(); ++place)
            if (!model.rows[place].hasNoPrice)
                answer.prices.push_back(bookPrice(book, model, place));
    return answer;
}

Result<PriceAnswer> priceOf(const PriceQuestion& question, const PriceBook& book)
{
    const PricedModel* model = book.find(question.model, question.provider);
    if (!model)
        return fail(ErrorKind::NotFound, "no price is known for '" + question.model + "': its calls are unpriced");
    const auto applied = book.price(*model, {.start = question.at, .tier = question.tier});
    if (!applied)
        return fail(ErrorKind::NotFound, "no price of '" + question.model + "' holds at " + isoText(question.at));
    std::size_t place = 0;
    while (model->rows[place].id != applied->row)
        ++place;
    PriceAnswer answer{.price = bookPrice(book, *model, place),
                       .webSearch = applied->rates.webSearch,
                       .isTierPriced = applied->isTierPriced};
    answer.price.paid = paidAt(applied->rates);
    return answer;
}

Result<PriceAnswer> priceOf(const PriceQuestion& question, const PriceOverrides& overrides)
{
    return priceOf(question, TRY(bookWith(overrides)));
}

Result<> check(const PriceOverride& entry)
{
    TRY(overridesFromJson(toJson({.prices = {entry}})));
    return {};
}

Result<> check(const Discount& entry)
{
    TRY(overridesFromJson(toJson({.discounts = {entry}})));
    return {};
}

} // namespace plumbline
