// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtTest>

#include "model/prices/price_book.h"

/// What the tests of this folder ask a price book, with answers as text.
namespace plumbline::questions {

inline QString qt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

inline Timestamp at(std::string_view text)
{
    const auto time = parseTimestamp(text);
    Q_ASSERT(time);
    return *time;
}

inline const PriceBook& builtIn()
{
    static const PriceBook book = *PriceBook::builtIn();
    return book;
}

/// `provider/id`, or `unknown`.
inline QString found(const PriceBook& book, std::string_view model, std::string_view provider = {})
{
    const PricedModel* priced = book.find(model, provider);
    return priced ? qt(priced->provider + "/" + priced->id) : QStringLiteral("unknown");
}

/// A call, with what does not matter left out.
struct Asked
{
    std::string_view model;
    std::string_view provider = {};
    std::string_view start = "2026-09-01T12:00:00Z";
    ServiceTier tier = ServiceTier::Standard;
    TokenCount input = 0;
    std::string_view geography = {};
};

inline std::optional<AppliedPrice> priceOf(const PriceBook& book, const Asked& asked)
{
    const PricedModel* priced = book.find(asked.model, asked.provider);
    if (!priced)
        return {};
    return book.price(*priced, {at(asked.start), asked.tier, asked.input, asked.geography});
}

/// Dollars per million tokens: `in 3 out 15 read 0.3 write 3.75 write1h 6`.
inline QString ratesText(const PriceBook& book, const Asked& asked)
{
    const auto price = priceOf(book, asked);
    if (!price)
        return QStringLiteral("unpriced");
    const auto perMillion = [](Money rate) {
        return qt(decimalText(MoneySum::ofPicodollars(MoneySum::Integer(rate.picodollars()) * 1'000'000)));
    };
    const Rates& rates = price->rates;
    return QStringLiteral("in %1 out %2 read %3 write %4 write1h %5")
        .arg(perMillion(rates.input), perMillion(rates.output), perMillion(rates.cacheRead),
             perMillion(rates.cacheWrite5m), perMillion(rates.cacheWrite1h));
}

/// The cost of `usage`, in dollars to the picodollar.
inline QString costText(const PriceBook& book, Asked asked, const Usage& usage)
{
    asked.input = usage.input().value_or(0);
    const auto price = priceOf(book, asked);
    const auto cost = price ? costOf(usage, price->rates) : std::nullopt;
    return cost ? qt(decimalText(*cost)) : QStringLiteral("unpriced");
}

} // namespace plumbline::questions
