// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/price_terms_json.h"

#include <utility>

namespace plumbline {

namespace {

using nlohmann::json;

constexpr std::array<std::pair<const char*, std::optional<Money> ListPrices::*>, 6> priceKeys = {{
    {"input", &ListPrices::input},
    {"output", &ListPrices::output},
    {"cache_read", &ListPrices::cacheRead},
    {"cache_write_5m", &ListPrices::cacheWrite5m},
    {"cache_write_1h", &ListPrices::cacheWrite1h},
    {"audio_input", &ListPrices::audioInput},
}};

constexpr std::array<std::pair<const char*, ServiceTier>, 4> tierKeys = {{
    {"batch", ServiceTier::Batch},
    {"flex", ServiceTier::Flex},
    {"priority", ServiceTier::Priority},
    {"fast", ServiceTier::Fast},
}};

constexpr std::array<std::pair<const char*, Ratio TierFactor::*>, 3> factorKeys = {{
    {"input", &TierFactor::input},
    {"output", &TierFactor::output},
    {"cache_read", &TierFactor::cacheRead},
}};

Result<ListPrices> readPrices(const JsonFields& fields)
{
    ListPrices prices;
    for (const auto& [key, price] : priceKeys)
        prices.*price = TRY(fields.price(key));
    if (!prices.input)
        return fields.wrong("'input' is missing");
    return prices;
}

Result<Ratio> readRatio(const JsonFields& fields, const char* key)
{
    const auto value = TRY(fields.neededText(key));
    const auto ratio = parseRatio(value);
    if (!ratio)
        return fields.wrongKind(key, "a factor: '" + value.substr(0, 40) + "'");
    return *ratio;
}

Result<TierFactor> readFactor(const JsonFields& fields, const char* key)
{
    const json& value = *fields.find(key);
    if (!value.is_object()) {
        const Ratio ratio = TRY(readRatio(fields, key));
        return TierFactor{ratio, ratio, ratio};
    }
    const auto parts = TRY(JsonFields::of(value, fields.where() + ", " + key));
    TRY(parts.allowOnly({"input", "output", "cache_read"}));
    TierFactor factor;
    for (const auto& [name, ratio] : factorKeys)
        factor.*ratio = TRY(readRatio(parts, name));
    return factor;
}

void writePrices(json& object, const ListPrices& prices)
{
    for (const auto& [key, price] : priceKeys)
        if (prices.*price)
            object[key] = decimalText(*(prices.*price));
}

json written(const TierFactor& factor)
{
    if (factor == TierFactor{factor.input, factor.input, factor.input})
        return text(factor.input);
    json parts = json::object();
    for (const auto& [name, ratio] : factorKeys)
        parts[name] = text(factor.*ratio);
    return parts;
}

} // namespace

Result<PriceTerms> readTerms(const JsonFields& fields)
{
    PriceTerms terms;
    terms.prices = TRY(readPrices(fields));
    terms.webSearchPerThousand = TRY(fields.price("web_search_per_1k"));
    if (const json* value = fields.find("long_context")) {
        const auto inner = TRY(JsonFields::of(*value, fields.where() + ", long_context"));
        TRY(inner.allowOnly(
            {"over_tokens", "input", "output", "cache_read", "cache_write_5m", "cache_write_1h", "audio_input"}));
        const auto over = TRY(inner.count("over_tokens"));
        if (!over)
            return inner.wrong("'over_tokens' is missing");
        terms.longContext = LongContext{*over, TRY(readPrices(inner))};
    }
    return terms;
}

Result<TierFactors> readTiers(const JsonFields& fields, TierFactors inherited)
{
    for (const auto& [key, tier] : tierKeys)
        if (fields.find(key))
            inherited[static_cast<std::size_t>(tier)] = TRY(readFactor(fields, key));
    return inherited;
}

void writeTerms(json& object, const PriceTerms& terms)
{
    writePrices(object, terms.prices);
    if (terms.longContext) {
        json inner = {{"over_tokens", terms.longContext->over}};
        writePrices(inner, terms.longContext->prices);
        object["long_context"] = std::move(inner);
    }
    if (terms.webSearchPerThousand)
        object["web_search_per_1k"] = decimalText(*terms.webSearchPerThousand);
    for (const auto& [key, tier] : tierKeys)
        if (const auto& factor = terms.tiers[static_cast<std::size_t>(tier)])
            object[key] = written(*factor);
}

} // namespace plumbline
