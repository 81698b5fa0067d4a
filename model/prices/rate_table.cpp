// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/rate_table.h"

#include "model/prices/model_names.h"

namespace plumbline::rate_table {

namespace {

constexpr __int128 tokensPerListPrice = 1'000'000;

Money rate(Money listPrice, Ratio tier, Ratio geography, Ratio discount)
{
    const __int128 numerator =
        static_cast<__int128>(listPrice.picodollars()) * tier.numerator * geography.numerator * discount.numerator;
    const __int128 denominator = tokensPerListPrice * tier.denominator * geography.denominator * discount.denominator;
    return Money(divideHalfEven(numerator, denominator));
}

Money writeForAnHour(const ListPrices& prices, bool isClaude)
{
    const Money input = prices.input.value_or(Money());
    if (prices.cacheWrite1h)
        return *prices.cacheWrite1h;
    return isClaude ? input + input : prices.cacheWrite5m.value_or(input);
}

Rates ratesFrom(const ListPrices& prices, const TierFactor& tier, Ratio geography, const PriceRow& row, bool isClaude)
{
    const Money input = prices.input.value_or(Money());
    const auto times = [&](std::optional<Money> price, Ratio factor) {
        return rate(price.value_or(input), factor, geography, row.discount);
    };
    Rates rates;
    rates.input = times(input, tier.input);
    rates.output = times(prices.output.value_or(Money()), tier.output);
    rates.cacheRead = times(prices.cacheRead, prices.cacheRead ? tier.cacheRead : tier.input);
    rates.cacheWrite5m = times(prices.cacheWrite5m, tier.input);
    rates.cacheWrite1h = times(writeForAnHour(prices, isClaude), tier.input);
    rates.audioInput = times(prices.audioInput, tier.input);
    // Tools are billed apart from tokens: neither tier nor place changes their fee.
    if (const auto fee = row.terms.webSearchPerThousand)
        rates.webSearch = Money(divideHalfEven(static_cast<__int128>(fee->picodollars()) * row.discount.numerator,
                                               static_cast<__int128>(1000) * row.discount.denominator));
    return rates;
}

} // namespace

std::vector<Rates> ratesOf(const PriceRow& row, const PricedModel& model)
{
    const bool isClaude = model.id.find("claude") != model.id.npos;
    const PriceTerms& terms = row.terms;
    const ListPrices& longPrices = terms.longContext ? terms.longContext->prices : terms.prices;
    std::vector<Rates> rates;
    rates.reserve((1 + model.geographies.size()) * 2 * serviceTierCount);
    for (std::size_t place = 0; place <= model.geographies.size(); ++place) {
        const Ratio geography = place == 0 ? Ratio() : model.geographies[place - 1].factor;
        for (const ListPrices* prices : {&terms.prices, &longPrices})
            for (int tier = 0; tier < serviceTierCount; ++tier)
                rates.push_back(ratesFrom(*prices,
                                          factorOf(terms.tiers, static_cast<ServiceTier>(tier)).value_or(TierFactor()),
                                          geography, row, isClaude));
    }
    return rates;
}

const std::optional<TierFactor>& factorOf(const TierFactors& tiers, ServiceTier tier)
{
    const auto& own = tiers[static_cast<std::size_t>(tier)];
    return own || tier != ServiceTier::Fast ? own : tiers[static_cast<std::size_t>(ServiceTier::Priority)];
}

std::size_t geographyIndex(const PricedModel& model, std::string_view geography)
{
    if (geography.empty())
        return 0;
    for (std::size_t i = 0; i < model.geographies.size(); ++i) {
        const std::string& name = model.geographies[i].name;
        if (geography == name || (geography.size() == name.size() && lowerCase(geography) == name))
            return i + 1;
    }
    return 0;
}

} // namespace plumbline::rate_table
