// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/scenario_json.h"

#include <nlohmann/json.hpp>

#include "model/simulation/lever.h"

namespace plumbline {

namespace {

using json = nlohmann::ordered_json;

constexpr const char* versionKey = "plumbline_scenario";

tl::unexpected<Error> malformed(const std::string& what)
{
    return fail(ErrorKind::Malformed, what);
}

/// The sign a key ends with, which is taken off it.
Match takeSign(std::string_view& key)
{
    for (const Match match : {Match::OrLess, Match::OrMore, Match::Contains, Match::Less, Match::More})
        if (key.ends_with(signOf(match))) {
            key.remove_suffix(signOf(match).size());
            return match;
        }
    return Match::Is;
}

/// `{"feature": ["support-chat"], "!model": ["gpt-4o"], "cost>": ["0.10"]}`: a stroke in front excludes.
Result<std::vector<Condition>> conditionsFrom(const json& value, const std::string& where)
{
    std::vector<Condition> conditions;
    if (!value.is_object())
        return malformed(where + ": an object of dimensions is wanted");
    for (const auto& [key, values] : value.items()) {
        const bool isExcluded = key.starts_with('!');
        std::string_view id = key;
        id.remove_prefix(isExcluded);
        const Match match = takeSign(id);
        auto dimension = fieldFromId(id);
        if (!dimension)
            return malformed(where + ": " + dimension.error().reason);
        Condition condition{.of = *dimension, .isExcluded = isExcluded, .match = match};
        for (const json& text : values.is_array() ? values : json::array({values})) {
            if (!text.is_string() || text.get_ref<const std::string&>().empty())
                return malformed(where + ": " + key + ": a text or a list of texts is wanted");
            condition.values.push_back(text.get<std::string>());
        }
        if (condition.values.empty())
            return malformed(where + ": " + key + ": a text or a list of texts is wanted");
        if (const auto fits = check(condition); !fits)
            return malformed(where + ": " + fits.error().reason);
        conditions.push_back(std::move(condition));
    }
    return conditions;
}

json toJson(const std::vector<Condition>& conditions)
{
    json object = json::object();
    for (const Condition& condition : conditions)
        object[(condition.isExcluded ? "!" : "") + idOf(condition.of) +
               (condition.match == Match::Is ? "" : std::string(signOf(condition.match)))] = condition.values;
    return object;
}

/// A share below 1 is a fraction, as people write it in files: 0.35 is 35 %. Nobody means a third of a percent.
double percentOf(const std::string& parameter, double value)
{
    return parameter == "share" && value > 0 && value < 1 ? value * 100 : value;
}

/// The same lever on the same calls is pulled once.
Result<> notTwice(const std::vector<LeverUse>& levers, const LeverUse& use, std::size_t number)
{
    for (const LeverUse& other : levers)
        if (other.lever == use.lever && other.scope == use.scope)
            return malformed("lever " + std::to_string(number + 1) + " (" + use.lever +
                             "): it is there already, for the same calls");
    return {};
}

Result<LeverUse> leverFrom(const json& value, std::size_t number)
{
    std::string where = "lever " + std::to_string(number + 1);
    if (!value.is_object() || !value.contains("id") || !value["id"].is_string())
        return malformed(where + ": an object with an \"id\" is wanted");
    LeverUse use{.lever = value["id"].get<std::string>()};
    where += " (" + use.lever + ")";
    for (const auto& [key, entry] : value.items()) {
        if (key == "id")
            continue;
        if (key == "on") {
            if (!entry.is_boolean())
                return malformed(where + ": \"on\" is true or false");
            use.isOn = entry.get<bool>();
        } else if (key == "scope") {
            use.scope = TRY(conditionsFrom(entry, where + ": scope"));
        } else if (key == "parameters") {
            if (!entry.is_object())
                return malformed(where + ": \"parameters\" is an object");
            for (const auto& [id, parameter] : entry.items()) {
                if (parameter.is_number())
                    use.parameters[id] = percentOf(id, parameter.get<double>());
                else if (parameter.is_string())
                    use.parameters[id] = parameter.get<std::string>();
                else
                    return malformed(where + ": " + id + ": a number or a text is wanted");
            }
        } else {
            return malformed(where + ": there is no entry \"" + key + "\"");
        }
    }
    TRY(checked(use));
    return use;
}

} // namespace

Result<Scenario> scenarioFromJson(std::string_view text)
{
    json file;
    try {
        file = json::parse(text);
    } catch (const json::exception& error) { // of syntax, or a number beyond all
        return malformed(std::string("not valid JSON: ") + error.what());
    }
    if (!file.is_object())
        return malformed("a scenario is a JSON object");
    if (!file.contains(versionKey))
        return malformed("no scenario: \"plumbline_scenario\": 1 is missing");
    if (file[versionKey] != 1)
        return malformed("a scenario of another version: \"plumbline_scenario\" is 1, not " + file[versionKey].dump());
    Scenario scenario;
    for (const auto& [key, entry] : file.items()) {
        if (key == versionKey)
            continue;
        if (key == "name") {
            if (!entry.is_string())
                return malformed("\"name\" is a text");
            scenario.name = entry.get<std::string>();
        } else if (key == "filter") {
            scenario.filter = TRY(conditionsFrom(entry, "filter"));
        } else if (key == "levers") {
            if (!entry.is_array())
                return malformed("\"levers\" is a list");
            for (std::size_t i = 0; i < entry.size(); ++i) {
                LeverUse use = TRY(leverFrom(entry[i], i));
                TRY(notTwice(scenario.levers, use, i));
                scenario.levers.push_back(std::move(use));
            }
        } else {
            return malformed("there is no entry \"" + key + "\"");
        }
    }
    return scenario;
}

std::string toJson(const Scenario& scenario)
{
    json file{{versionKey, 1}, {"name", scenario.name}};
    file["filter"] = toJson(scenario.filter);
    file["levers"] = json::array();
    for (const LeverUse& use : scenario.levers) {
        json lever{{"id", use.lever}, {"on", use.isOn}};
        if (!use.scope.empty())
            lever["scope"] = toJson(use.scope);
        json parameters = json::object();
        for (const auto& [id, value] : use.parameters)
            std::visit([&](const auto& of) { parameters[id] = of; }, value);
        lever["parameters"] = std::move(parameters);
        file["levers"].push_back(std::move(lever));
    }
    return file.dump(2, ' ', false, json::error_handler_t::replace) + '\n';
}

} // namespace plumbline
