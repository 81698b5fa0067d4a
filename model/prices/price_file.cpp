// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/price_file.h"

#include <algorithm>
#include <array>
#include <utility>

#include "model/prices/model_names.h"
#include "model/prices/price_json.h"
#include "model/prices/price_terms_json.h"

namespace plumbline {

namespace {

using nlohmann::json;

/// What a file states for all of its models.
struct Defaults
{
    TierFactors tiers = {};
    std::optional<Money> webSearchPerThousand = {};
};

constexpr std::array<std::pair<std::string_view, MatchRule::Kind>, 4> textRules = {{
    {"starts_with", MatchRule::Kind::StartsWith},
    {"ends_with", MatchRule::Kind::EndsWith},
    {"contains", MatchRule::Kind::Contains},
    {"glob", MatchRule::Kind::Glob},
}};

// Rules are as deep as somebody nests them; ours are three.
constexpr int deepestRule = 16;

Result<MatchRule> readRule(const json& value, const JsonFields& model, int depth = 0);

Result<MatchRule> readParts(MatchRule::Kind kind, const json& list, const JsonFields& model, int depth)
{
    std::vector<MatchRule> parts;
    for (const json& item : list)
        parts.push_back(TRY(readRule(item, model, depth + 1)));
    if (parts.empty())
        return model.wrong("an empty 'match' matches nothing");
    return MatchRule::of(kind, std::move(parts));
}

Result<MatchRule> readRule(const json& value, const JsonFields& model, int depth)
{
    using Kind = MatchRule::Kind;
    if (depth > deepestRule)
        return model.wrong("'match' is nested too deeply");
    if (value.is_string())
        return MatchRule::of(Kind::Equals, value.get_ref<const std::string&>());
    if (value.is_array())
        return readParts(Kind::Any, value, model, depth);
    if (!value.is_object() || value.size() != 1)
        return model.wrong("'match' is not a name, a list, or an object of one rule");

    const std::string& rule = value.begin().key();
    const json& operand = value.begin().value();
    if (operand.is_string()) {
        const auto& text = operand.get_ref<const std::string&>();
        for (const auto& [name, kind] : textRules)
            if (rule == name)
                return MatchRule::of(kind, text);
        if (rule == "equals")
            return MatchRule::of(Kind::Equals, text);
        if (rule == "regex") {
            auto regex = MatchRule::regex(text);
            return regex ? regex : Result<MatchRule>(model.wrong(regex.error().reason));
        }
    }
    if (rule == "not")
        return MatchRule::of(Kind::Not, {TRY(readRule(operand, model, depth + 1))});
    if ((rule == "and" || rule == "or") && operand.is_array())
        return readParts(rule == "and" ? Kind::All : Kind::Any, operand, model, depth);
    return model.wrong("'match' has an unknown rule '" + rule + "'");
}

std::optional<int> readMinute(std::string_view text)
{
    if (!fitsGlob(text, "##:##"))
        return {};
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (hour > 24 || minute > 59 || (hour == 24 && minute != 0))
        return {};
    return hour * 60 + minute;
}

/// `01:00-04:00`.
Result<std::optional<DailyWindow>> readWindow(const JsonFields& row)
{
    const auto value = TRY(row.text("window_utc"));
    if (!value)
        return std::nullopt;
    const std::size_t dash = value->find('-');
    const auto begin = readMinute(std::string_view(*value).substr(0, dash));
    const auto end = dash == value->npos ? std::nullopt : readMinute(std::string_view(*value).substr(dash + 1));
    if (!begin || !end)
        return row.wrongKind("window_utc", "hours such as '01:00-04:00'");
    return DailyWindow{*begin, *end};
}

Result<PriceRow> readRow(const JsonFields& fields, const Defaults& model)
{
    TRY(fields.allowOnly({"valid_from", "window_utc", "input", "output", "cache_read", "cache_write_5m",
                          "cache_write_1h", "audio_input", "long_context", "web_search_per_1k", "source"}));
    PriceRow row;
    row.validFrom = TRY(fields.time("valid_from"));
    row.window = TRY(readWindow(fields));
    row.terms = TRY(readTerms(fields));
    row.terms.tiers = model.tiers;
    if (!row.terms.webSearchPerThousand)
        row.terms.webSearchPerThousand = model.webSearchPerThousand;
    row.source = TRY(fields.text("source")).value_or("");
    return row;
}

Result<std::vector<PriceRow>> readRows(const JsonFields& model, const Defaults& defaults)
{
    const json* list = model.find("prices");
    if (!list || !list->is_array() || list->empty())
        return model.wrong("'prices' is not a list of rows");
    std::vector<PriceRow> rows;
    for (const json& item : *list) {
        const auto where = model.where() + ", row " + std::to_string(rows.size() + 1);
        const auto row = TRY(JsonFields::of(item, where));
        rows.push_back(TRY(readRow(row, defaults)));
        if (rows.size() > 1 && rows.back().validFrom < rows[rows.size() - 2].validFrom)
            return model.wrong("the rows are not in order of 'valid_from'");
    }
    return rows;
}

Result<std::vector<Geography>> readGeographies(const JsonFields& model)
{
    std::vector<Geography> places;
    const json* value = model.find("geography");
    if (!value)
        return places;
    const auto fields = TRY(JsonFields::of(*value, model.where() + ", geography"));
    for (const auto& [place, factor] : value->items()) {
        const auto ratio = parseRatio(TRY(fields.neededText(place.c_str())));
        if (!ratio)
            return fields.wrongKind(place.c_str(), "a factor");
        places.push_back({lowerCase(place), *ratio});
    }
    return places;
}

Result<PricedModel> readModel(const JsonFields& fields, const std::string& provider, const Defaults& defaults)
{
    TRY(fields.allowOnly({"id", "name", "match", "context_window", "max_output", "prompt_cache_min_tokens", "batch",
                          "flex", "priority", "fast", "geography", "deprecated", "deprecated_on", "note", "prices"}));
    PricedModel model;
    model.id = TRY(fields.neededText("id"));
    model.name = TRY(fields.text("name")).value_or(model.id);
    model.provider = provider;
    const json* match = fields.find("match");
    model.match = match ? TRY(readRule(*match, fields)) : MatchRule::of(MatchRule::Kind::Equals, model.id);
    model.contextWindow = TRY(fields.count("context_window"));
    model.maxOutput = TRY(fields.count("max_output"));
    model.promptCacheMinTokens = TRY(fields.count("prompt_cache_min_tokens"));
    model.isDeprecated = TRY(fields.flag("deprecated"));
    if (const auto day = TRY(fields.text("deprecated_on"))) {
        model.deprecatedOn = parseDate(*day);
        if (!model.deprecatedOn)
            return fields.wrongKind("deprecated_on", "a date");
    }
    model.geographies = TRY(readGeographies(fields));
    model.note = TRY(fields.text("note")).value_or("");
    const Defaults own{TRY(readTiers(fields, defaults.tiers)), defaults.webSearchPerThousand};
    model.rows = TRY(readRows(fields, own));
    return model;
}

} // namespace

Result<PriceFile> readPriceFile(std::string_view text)
{
    const json document = TRY(parseKeepingNumbers(text));
    const auto fields = TRY(JsonFields::of(document, ""));
    TRY(fields.allowOnly({"provider", "book_date", "name", "source", "note", "batch", "flex", "priority", "fast",
                          "web_search_per_1k", "models"}));
    PriceFile file;
    file.provider = TRY(fields.neededText("provider"));
    file.bookDate = TRY(fields.neededText("book_date"));
    if (!parseDate(file.bookDate))
        return fields.wrongKind("book_date", "a date");
    file.source = TRY(fields.text("source")).value_or("");
    const Defaults defaults{TRY(readTiers(fields, {})), TRY(fields.price("web_search_per_1k"))};

    const json* models = fields.find("models");
    if (!models || !models->is_array())
        return fields.wrong("'models' is not a list");
    for (const json& item : *models) {
        const json* id = item.is_object() && item.contains("id") ? &item["id"] : nullptr;
        const std::string where = id && id->is_string() ? "model '" + id->get_ref<const std::string&>() + "'"
                                                        : "model " + std::to_string(file.models.size() + 1);
        const auto model = TRY(JsonFields::of(item, where));
        file.models.push_back(TRY(readModel(model, file.provider, defaults)));
    }
    return file;
}

} // namespace plumbline
