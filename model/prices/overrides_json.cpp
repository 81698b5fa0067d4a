// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/overrides_json.h"

#include <array>
#include <utility>

#include "model/prices/foreign_prices.h"
#include "model/prices/match_rule.h"
#include "model/prices/price_json.h"
#include "model/prices/price_terms_json.h"

namespace plumbline {

namespace {

using nlohmann::json;

constexpr std::array<std::pair<const char*, NameMatch>, 3> nameKeys = {{
    {"model", NameMatch::Equals},
    {"pattern", NameMatch::Glob},
    {"regex", NameMatch::Regex},
}};

constexpr Money hundred{100'000'000'000'000};

/// Fills what the two kinds of entry share.
template <class Entry>
Result<> readValidity(const JsonFields& fields, Entry& entry)
{
    entry.provider = TRY(fields.text("provider")).value_or("");
    entry.validFrom = TRY(fields.time("valid_from"));
    entry.validUntil = TRY(fields.time("valid_until"));
    if (entry.validUntil && entry.validUntil <= entry.validFrom)
        return fields.wrong("'valid_until' is not after 'valid_from'");
    return {};
}

Result<PriceOverride> readOverride(const JsonFields& fields)
{
    TRY(fields.allowOnly({"model",          "pattern",     "regex",        "provider",          "valid_from",
                          "valid_until",    "input",       "output",       "cache_read",        "cache_write_5m",
                          "cache_write_1h", "audio_input", "long_context", "web_search_per_1k", "batch",
                          "flex",           "priority",    "fast",         "context_window",    "source"}));
    PriceOverride entry;
    for (const auto& [key, kind] : nameKeys) {
        if (!fields.find(key))
            continue;
        if (!entry.model.empty())
            return fields.wrong("names its model twice");
        entry.match = kind;
        entry.model = TRY(fields.neededText(key));
    }
    if (entry.model.empty())
        return fields.wrong("'model' is missing");
    if (entry.match == NameMatch::Regex)
        if (const auto regex = MatchRule::regex(entry.model); !regex)
            return fields.wrong(regex.error().reason);
    TRY(readValidity(fields, entry));
    entry.terms = TRY(readTerms(fields));
    entry.terms.tiers = TRY(readTiers(fields, {}));
    entry.contextWindow = TRY(fields.count("context_window"));
    entry.source = TRY(fields.text("source")).value_or("");
    return entry;
}

Result<Discount> readDiscount(const JsonFields& fields)
{
    TRY(fields.allowOnly({"model", "provider", "api_key", "percent", "valid_from", "valid_until"}));
    Discount entry;
    entry.model = TRY(fields.text("model")).value_or("");
    entry.apiKey = TRY(fields.text("api_key")).value_or("");
    TRY(readValidity(fields, entry));
    const auto percent = moneyFromDecimal(TRY(fields.neededText("percent")));
    if (!percent || *percent < Money() || *percent > hundred)
        return fields.wrongKind("percent", "a number from 0 to 100");
    const auto paid = ratioOf(hundred - *percent, hundred);
    if (!paid)
        return fields.wrong("'percent' has more than four decimals");
    entry.paid = *paid;
    return entry;
}

template <class Entry>
Result<std::vector<Entry>> readList(const JsonFields& document, const char* key, std::string_view kind,
                                    Result<Entry> (*read)(const JsonFields&))
{
    std::vector<Entry> entries;
    const json* list = document.find(key);
    if (!list)
        return entries;
    if (!list->is_array())
        return document.wrongKind(key, "a list");
    for (const json& item : *list) {
        const auto where = std::string(kind) + " " + std::to_string(entries.size() + 1);
        const auto fields = TRY(JsonFields::of(item, where));
        entries.push_back(TRY(read(fields)));
    }
    return entries;
}

template <class Entry>
void writeValidity(json& object, const Entry& entry)
{
    if (!entry.provider.empty())
        object["provider"] = entry.provider;
    if (entry.validFrom)
        object["valid_from"] = isoText(*entry.validFrom);
    if (entry.validUntil)
        object["valid_until"] = isoText(*entry.validUntil);
}

json written(const PriceOverride& entry)
{
    json object = json::object();
    for (const auto& [key, kind] : nameKeys)
        if (kind == entry.match)
            object[key] = entry.model;
    writeValidity(object, entry);
    writeTerms(object, entry.terms);
    if (entry.contextWindow)
        object["context_window"] = *entry.contextWindow;
    if (!entry.source.empty())
        object["source"] = entry.source;
    return object;
}

json written(const Discount& entry)
{
    json object = json::object();
    if (!entry.model.empty())
        object["model"] = entry.model;
    if (!entry.apiKey.empty())
        object["api_key"] = entry.apiKey;
    writeValidity(object, entry);
    const std::int64_t paid = hundred.picodollars() / entry.paid.denominator * entry.paid.numerator;
    object["percent"] = decimalText(hundred - Money(paid));
    return object;
}

} // namespace

Result<PriceOverrides> overridesFromJson(std::string_view text)
{
    const json document = TRY(parseKeepingNumbers(text));
    const auto fields = TRY(JsonFields::of(document, "price overrides"));
    TRY(fields.allowOnly({"prices", "discounts"}));
    return PriceOverrides{TRY(readList<PriceOverride>(fields, "prices", "price override", readOverride)),
                          TRY(readList<Discount>(fields, "discounts", "discount", readDiscount))};
}

Result<PriceOverrides> overridesFrom(PriceList list, std::string_view text)
{
    switch (list) {
    case PriceList::LiteLlm:
        return overridesFromLiteLlm(text);
    case PriceList::Langfuse:
        return overridesFromLangfuse(text);
    case PriceList::LangSmith:
        return overridesFromLangSmith(text);
    case PriceList::Plumbline:
        break;
    }
    return overridesFromJson(text);
}

std::string toJson(const PriceOverrides& overrides)
{
    json document = {{"prices", json::array()}, {"discounts", json::array()}};
    for (const PriceOverride& entry : overrides.prices)
        document["prices"].push_back(written(entry));
    for (const Discount& entry : overrides.discounts)
        document["discounts"].push_back(written(entry));
    // Names may come from anywhere; what is not UTF-8 is replaced rather than thrown about.
    return document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace plumbline
