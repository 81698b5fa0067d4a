// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/foreign_prices.h"

#include <array>
#include <utility>

#include "model/prices/per_token_json.h"

namespace plumbline {

namespace {

using nlohmann::json;

/// The many keys that integrations report a bucket under; Langfuse prices each of them alike.
struct PriceKey
{
    const char* name;
    std::optional<Money> ListPrices::*price;
};
constexpr std::array<PriceKey, 20> priceKeys = {{
    {"input", &ListPrices::input},
    {"input_tokens", &ListPrices::input},
    {"prompt_tokens", &ListPrices::input},
    {"input_text", &ListPrices::input},
    {"input_text_tokens", &ListPrices::input},
    {"total", &ListPrices::input}, // embeddings
    {"output", &ListPrices::output},
    {"output_tokens", &ListPrices::output},
    {"completion_tokens", &ListPrices::output},
    {"output_text", &ListPrices::output},
    {"output_text_tokens", &ListPrices::output},
    {"input_cached_tokens", &ListPrices::cacheRead},
    {"input_cache_read", &ListPrices::cacheRead},
    {"cache_read_input_tokens", &ListPrices::cacheRead},
    {"input_cache_creation_5m", &ListPrices::cacheWrite5m},
    {"cache_creation_input_tokens", &ListPrices::cacheWrite5m},
    {"input_cache_creation", &ListPrices::cacheWrite5m},
    {"cache_write_tokens", &ListPrices::cacheWrite5m},
    {"input_cache_creation_1h", &ListPrices::cacheWrite1h},
    {"input_audio_tokens", &ListPrices::audioInput},
}};

Result<ListPrices> readPrices(const JsonFields& tier)
{
    ListPrices prices;
    const json* value = tier.find("prices");
    if (!value)
        return tier.wrong("'prices' is missing");
    const auto fields = TRY(JsonFields::of(*value, tier.where() + ", prices"));
    for (const PriceKey& key : priceKeys) {
        const auto price = TRY(perTokenPrice(fields, key.name));
        if (price && !(prices.*key.price))
            prices.*key.price = price;
    }
    return prices;
}

/// When a tier applies, as far as it is told by what a call says of itself.
struct Condition
{
    std::optional<ServiceTier> tier = {};
    std::optional<TokenCount> inputOver = {};
};

Result<Condition> readCondition(const JsonFields& tier)
{
    Condition result;
    const json* conditions = tier.find("conditions");
    if (!conditions)
        return result;
    if (!conditions->is_array())
        return tier.wrongKind("conditions", "a list");
    for (const json& item : *conditions) {
        const auto condition = TRY(JsonFields::of(item, tier.where() + ", condition"));
        if (condition.find("usageDetailPattern")) {
            result.inputOver = TRY(condition.count("value"));
            if (result.inputOver && TRY(condition.text("operator")) == "gte")
                --*result.inputOver;
        } else if (const json* values = condition.find("values"); values && values->is_array()) {
            const bool isSpeed = TRY(condition.text("key")) == "speed";
            for (const json& value : *values)
                if (const auto named =
                        value.is_string() ? parseServiceTier(value.get_ref<const std::string&>()) : std::nullopt)
                    result.tier = *named == ServiceTier::Fast && !isSpeed ? ServiceTier::Priority : *named;
        }
    }
    return result;
}

Result<std::optional<PriceOverride>> readModel(const JsonFields& model)
{
    PriceOverride entry;
    entry.match = NameMatch::Regex;
    entry.source = "Langfuse";
    entry.model = TRY(model.neededText("matchPattern"));
    if (const auto regex = MatchRule::regex(entry.model); !regex)
        return model.wrong(regex.error().reason);
    const json* tiers = model.find("pricingTiers");
    if (!tiers) {
        // As it was before there were tiers.
        if (model.find("prices"))
            entry.terms.prices = TRY(readPrices(model));
    } else if (!tiers->is_array()) {
        return model.wrongKind("pricingTiers", "a list");
    } else {
        // The default tier may stand anywhere, and the others are told against it.
        std::vector<std::pair<Condition, ListPrices>> conditional;
        for (const json& item : *tiers) {
            const auto tier = TRY(JsonFields::of(item, model.where() + ", tier"));
            if (TRY(tier.flag("isDefault")))
                entry.terms.prices = TRY(readPrices(tier));
            else
                conditional.emplace_back(TRY(readCondition(tier)), TRY(readPrices(tier)));
        }
        for (const auto& [condition, prices] : conditional) {
            // Both at once multiply: rate_table.h.
            if (condition.inputOver && !condition.tier && prices.input)
                entry.terms.longContext = LongContext{*condition.inputOver, prices};
            else if (condition.tier && !condition.inputOver)
                entry.terms.tiers[static_cast<std::size_t>(*condition.tier)] = tierFactor(prices, entry.terms.prices);
        }
    }
    if (!entry.terms.prices.input)
        return std::nullopt;
    return entry;
}

} // namespace

Result<PriceOverrides> overridesFromLangfuse(std::string_view text)
{
    const json document = TRY(parseKeepingNumbers(text));
    if (!document.is_array())
        return fail(ErrorKind::Malformed, "not Langfuse's list: a list of models is expected");
    PriceOverrides overrides;
    for (std::size_t i = 0; i < document.size(); ++i) {
        const json& item = document[i];
        const bool hasName = item.is_object() && item.contains("modelName") && item["modelName"].is_string();
        const std::string where = hasName ? "model '" + item["modelName"].get_ref<const std::string&>() + "'"
                                          : "model " + std::to_string(i + 1);
        const auto model = TRY(JsonFields::of(item, where));
        if (auto entry = TRY(readModel(model)))
            overrides.prices.push_back(*std::move(entry));
    }
    return overrides;
}

} // namespace plumbline
