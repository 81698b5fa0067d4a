// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/foreign_prices.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

#include "model/prices/model_names.h"
#include "model/prices/per_token_json.h"

namespace plumbline {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 5> tokenModes = {"chat", "responses", "completion", "embedding", "rerank"};

struct PriceKey
{
    std::string_view beforeThreshold;
    std::string_view behindThreshold; ///< `…_above_1hr` is a lifetime, and stands before `_above_200k_tokens`
    std::optional<Money> ListPrices::*price;
};
constexpr std::array<PriceKey, 6> priceKeys = {{
    {"input_cost_per_token", "", &ListPrices::input},
    {"output_cost_per_token", "", &ListPrices::output},
    {"cache_read_input_token_cost", "", &ListPrices::cacheRead},
    {"cache_creation_input_token_cost", "", &ListPrices::cacheWrite5m},
    {"cache_creation_input_token_cost", "_above_1hr", &ListPrices::cacheWrite1h},
    {"input_cost_per_audio_token", "", &ListPrices::audioInput},
}};

constexpr std::array<std::pair<std::string_view, ServiceTier>, 3> tierSuffixes = {{
    {"_batches", ServiceTier::Batch},
    {"_flex", ServiceTier::Flex},
    {"_priority", ServiceTier::Priority},
}};

Result<ListPrices> readPrices(const JsonFields& entry, const std::string& suffix)
{
    ListPrices prices;
    for (const PriceKey& key : priceKeys) {
        const std::string name = std::string(key.beforeThreshold) + std::string(key.behindThreshold) + suffix;
        prices.*key.price = TRY(perTokenPrice(entry, name.c_str()));
    }
    if (!prices.cacheRead)
        prices.cacheRead = TRY(perTokenPrice(entry, ("input_cost_per_token_cache_hit" + suffix).c_str()));
    return prices;
}

/// The threshold of `input_cost_per_token_above_200k_tokens`, in thousands.
std::optional<int> threshold(const json& entry)
{
    constexpr std::string_view before = "input_cost_per_token_above_";
    constexpr std::string_view behind = "k_tokens";
    for (const auto& [key, value] : entry.items()) {
        if (!key.starts_with(before) || !key.ends_with(behind))
            continue;
        int thousands = 0;
        const char* end = key.data() + key.size() - behind.size();
        const auto [parsed, error] = std::from_chars(key.data() + before.size(), end, thousands);
        if (error == std::errc() && parsed == end && thousands > 0)
            return thousands;
    }
    return {};
}

Result<std::optional<Money>> searchFee(const JsonFields& entry)
{
    const json* fees = entry.find("search_context_cost_per_query");
    if (!fees || !fees->is_object())
        return std::nullopt;
    const auto fields = TRY(JsonFields::of(*fees, entry.where()));
    const auto fee = TRY(fields.price("search_context_size_medium"));
    if (!fee)
        return std::nullopt;
    return Money(fee->picodollars() * 1000);
}

Result<std::optional<PriceOverride>> readEntry(const std::string& name, const JsonFields& fields, const json& value)
{
    const std::string mode = TRY(fields.text("mode")).value_or("chat");
    if (std::find(tokenModes.begin(), tokenModes.end(), mode) == tokenModes.end())
        return std::nullopt;
    PriceOverride entry;
    entry.model = name;
    entry.source = "LiteLLM";
    entry.provider = canonicalProvider(TRY(fields.text("litellm_provider")).value_or(""));
    const std::size_t slash = name.find('/');
    if (slash != name.npos && !entry.provider.empty() && canonicalProvider(name.substr(0, slash)) == entry.provider)
        entry.model = name.substr(slash + 1);
    if (entry.provider == "aws" && entry.model.find('/') != name.npos)
        return std::nullopt;

    entry.terms.prices = TRY(readPrices(fields, ""));
    const ListPrices& standard = entry.terms.prices;
    const Money free;
    if (!standard.input || (*standard.input == free && standard.output.value_or(free) == free))
        return std::nullopt;
    if (const auto thousands = threshold(value)) {
        const ListPrices prices = TRY(readPrices(fields, "_above_" + std::to_string(*thousands) + "k_tokens"));
        entry.terms.longContext = LongContext{*thousands * 1000, prices};
    }
    for (const auto& [suffix, tier] : tierSuffixes)
        entry.terms.tiers[static_cast<std::size_t>(tier)] =
            tierFactor(TRY(readPrices(fields, std::string(suffix))), standard);
    entry.terms.webSearchPerThousand = TRY(searchFee(fields));
    entry.contextWindow = TRY(fields.count("max_input_tokens"));
    return entry;
}

} // namespace

Result<PriceOverrides> overridesFromLiteLlm(std::string_view text)
{
    const json document = TRY(parseKeepingNumbers(text));
    if (!document.is_object())
        return fail(ErrorKind::Malformed, "not LiteLLM's list: models are expected by name");
    PriceOverrides overrides;
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto& [name, value] : document.items()) {
        // Not models, though they stand among them.
        if (name == "sample_spec" || name == "fallback_generalizations")
            continue;
        const auto fields = TRY(JsonFields::of(value, "'" + name + "'"));
        auto entry = TRY(readEntry(name, fields, value));
        if (entry && seen.emplace(entry->provider, entry->model).second)
            overrides.prices.push_back(*std::move(entry));
    }
    return overrides;
}

} // namespace plumbline
