// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/foreign_prices.h"

#include <algorithm>
#include <utility>

#include "model/prices/per_token_json.h"

namespace plumbline {

namespace {

using nlohmann::json;

/// Details of input that LangSmith prices apart.
constexpr std::pair<const char*, std::optional<Money> ListPrices::*> details[] = {
    {"cache_read", &ListPrices::cacheRead},
    {"cache_creation", &ListPrices::cacheWrite5m},
    {"cache_write", &ListPrices::cacheWrite5m},
    {"ephemeral_5m_input_tokens", &ListPrices::cacheWrite5m},
    {"ephemeral_1h_input_tokens", &ListPrices::cacheWrite1h},
    {"audio", &ListPrices::audioInput},
};

Result<std::optional<PriceOverride>> readModel(const JsonFields& model)
{
    PriceOverride entry;
    entry.match = NameMatch::Regex;
    entry.source = "LangSmith";
    entry.model = TRY(model.neededText("match_pattern"));
    if (const auto regex = MatchRule::regex(entry.model); !regex)
        return model.wrong(regex.error().reason);
    entry.provider = TRY(model.text("provider")).value_or("");
    entry.validFrom = TRY(model.time("start_time"));
    ListPrices& prices = entry.terms.prices;
    prices.input = TRY(perTokenPrice(model, "prompt_cost"));
    prices.output = TRY(perTokenPrice(model, "completion_cost"));
    if (const json* more = model.find("prompt_cost_details"); more && more->is_object()) {
        const auto fields = TRY(JsonFields::of(*more, model.where() + ", prompt_cost_details"));
        for (const auto& [key, price] : details)
            if (!(prices.*price))
                prices.*price = TRY(perTokenPrice(fields, key));
    }
    if (!prices.input)
        return std::nullopt;
    return entry;
}

} // namespace

Result<PriceOverrides> overridesFromLangSmith(std::string_view text)
{
    const json document = TRY(parseKeepingNumbers(text));
    if (!document.is_array())
        return fail(ErrorKind::Malformed, "not LangSmith's model price map: a list of models is expected");
    std::vector<std::pair<std::int64_t, PriceOverride>> ordered;
    for (std::size_t i = 0; i < document.size(); ++i) {
        const json& item = document[i];
        const bool hasName = item.is_object() && item.contains("name") && item["name"].is_string();
        const std::string where =
            hasName ? "model '" + item["name"].get_ref<const std::string&>() + "'" : "model " + std::to_string(i + 1);
        const auto model = TRY(JsonFields::of(item, where));
        // A workspace's own prices come before the built-in ones, those of a lower order first.
        const bool isOwn = item.contains("tenant_id") && item["tenant_id"].is_string();
        const std::int64_t order = TRY(model.count("priority_order")).value_or(0);
        if (auto entry = TRY(readModel(model)))
            ordered.emplace_back((isOwn ? 0 : std::int64_t{1} << 40) + order, *std::move(entry));
    }
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    PriceOverrides overrides;
    for (auto& [order, entry] : ordered)
        overrides.prices.push_back(std::move(entry));
    return overrides;
}

} // namespace plumbline
