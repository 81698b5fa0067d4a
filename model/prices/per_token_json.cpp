// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/per_token_json.h"

#include <charconv>

namespace plumbline {

namespace {

/// The decimal text with its exponent raised by six: nothing is lost below a picodollar.
std::string timesMillion(const std::string& text)
{
    const std::size_t at = text.find_first_of("eE");
    if (at == text.npos)
        return text + "e6";
    const std::size_t digits = at + 1 + (at + 1 < text.size() && text[at + 1] == '+' ? 1 : 0);
    int exponent = 0;
    const char* end = text.data() + text.size();
    const auto [parsed, error] = std::from_chars(text.data() + digits, end, exponent);
    if (error != std::errc() || parsed != end || exponent > 100 || exponent < -100)
        return text + "?"; // not a number, as it will be told
    return text.substr(0, at) + "e" + std::to_string(exponent + 6);
}

std::optional<Ratio> factor(std::optional<Money> tier, std::optional<Money> standard, Ratio otherwise)
{
    if (!tier || !standard || *standard == Money())
        return otherwise;
    const auto ratio = ratioOf(*tier, *standard);
    return ratio ? std::optional(*ratio) : std::nullopt;
}

} // namespace

Result<std::optional<Money>> perTokenPrice(const JsonFields& fields, const char* key)
{
    const auto value = TRY(fields.text(key));
    if (!value)
        return std::nullopt;
    const auto money = moneyFromDecimal(timesMillion(*value));
    constexpr Money largest{100'000'000'000'000'000}; // as much as JsonFields::price takes
    if (!money || *money < Money() || *money > largest)
        return fields.wrongKind(key, "a price: '" + value->substr(0, 40) + "'");
    return *money;
}

std::optional<TierFactor> tierFactor(const ListPrices& tier, const ListPrices& standard)
{
    if (!tier.input || !standard.input || *standard.input == Money())
        return {};
    const auto input = factor(tier.input, standard.input, {});
    if (!input)
        return {};
    const auto output = factor(tier.output, standard.output, *input);
    const auto cacheRead = factor(tier.cacheRead, standard.cacheRead, *input);
    if (!output || !cacheRead)
        return {};
    return TierFactor{*input, *output, *cacheRead};
}

} // namespace plumbline
