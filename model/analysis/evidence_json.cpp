// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/evidence_json.h"

#include <nlohmann/json.hpp>

namespace plumbline {

namespace {

using nlohmann::json;

std::string textOf(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> textsOf(const json& array)
{
    std::vector<std::string> texts;
    if (array.is_array())
        for (const json& text : array)
            texts.push_back(text.is_string() ? text.get<std::string>() : std::string());
    return texts;
}

} // namespace

std::string toJson(const Evidence& evidence)
{
    json object = json::object();
    const auto put = [&](const char* key, const std::string& text) {
        if (!text.empty())
            object[key] = text;
    };
    put("title", evidence.title);
    put("note", evidence.note);
    put("pair_says", evidence.pairSays);
    if (!evidence.rows.empty()) {
        object["columns"] = evidence.columns;
        object["rows"] = evidence.rows;
    }
    if (evidence.pair)
        object["pair"] = {evidence.pair->first, evidence.pair->second};
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Evidence evidenceFromJson(std::string_view text)
{
    Evidence evidence;
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object())
        return evidence;
    evidence.title = textOf(object, "title");
    evidence.note = textOf(object, "note");
    evidence.pairSays = textOf(object, "pair_says");
    if (const auto columns = object.find("columns"); columns != object.end())
        evidence.columns = textsOf(*columns);
    if (const auto rows = object.find("rows"); rows != object.end() && rows->is_array())
        for (const json& row : *rows)
            evidence.rows.push_back(textsOf(row));
    if (const auto pair = object.find("pair"); pair != object.end() && pair->is_array() && pair->size() == 2 &&
                                               (*pair)[0].is_number_integer() && (*pair)[1].is_number_integer())
        evidence.pair = {(*pair)[0].get<std::int64_t>(), (*pair)[1].get<std::int64_t>()};
    return evidence;
}

} // namespace plumbline
