// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/policy_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "model/core/filter_expression.h"

namespace plumbline {

namespace {

using json = nlohmann::ordered_json;

constexpr const char* versionKey = "plumbline_policy";

tl::unexpected<Error> malformed(const std::string& what)
{
    return fail(ErrorKind::Malformed, what);
}

Result<std::vector<std::string>> textsFrom(const json& value, const std::string& where)
{
    std::vector<std::string> texts;
    const auto add = [&](const json& text) {
        if (!text.is_string() || text.get_ref<const std::string&>().empty())
            return false;
        texts.push_back(text.get<std::string>());
        return true;
    };
    bool isSound = value.is_string() ? add(value) : value.is_array();
    if (value.is_array())
        for (const json& text : value)
            isSound = isSound && add(text);
    if (!isSound || texts.empty())
        return malformed(where + ": a text or a list of texts is wanted");
    return texts;
}

/// A number, or a decimal text for money.
Result<double> numberFrom(const json& value, const std::string& where, double most)
{
    double number = NAN;
    if (value.is_number()) {
        number = value.get<double>();
    } else if (value.is_string()) {
        const json read = json::parse(value.get_ref<const std::string&>(), nullptr, false);
        if (read.is_number())
            number = read.get<double>();
    }
    if (!(number >= 0 && number <= most))
        return malformed(where + ": a number from 0 to " + std::to_string(static_cast<long long>(most)) + " is wanted");
    return number;
}

Result<> readSegments(const json& value, const std::string& where, PolicyRule& rule)
{
    if (!value.is_object())
        return malformed(where + ": an object of segments is wanted");
    for (const auto& [name, tokens] : value.items()) {
        std::optional<Segment> segment;
        for (std::size_t i = 0; i < inputSegmentCount; ++i)
            if (idOf(static_cast<Segment>(i)) == name)
                segment = static_cast<Segment>(i);
        if (!segment)
            return malformed(where + ": there is no segment '" + name + "' of the input");
        rule.limits.push_back({.figure = PolicyFigure::SegmentTokens,
                               .segment = *segment,
                               .most = TRY(numberFrom(tokens, where + "." + name, 1e12))});
    }
    return {};
}

Result<PolicyRule> ruleFrom(const json& object, const std::string& where)
{
    if (!object.is_object())
        return malformed(where + ": an object is wanted");
    constexpr std::array plain = {PolicyFigure::InputTokens,  PolicyFigure::HistoryTurns, PolicyFigure::Documents,
                                  PolicyFigure::OutputTokens, PolicyFigure::CostPerCall,  PolicyFigure::WindowShare,
                                  PolicyFigure::WasteRatio};
    PolicyRule rule;
    for (const auto& [name, value] : object.items()) {
        const std::string at = where + "." + name;
        if (name == "feature") {
            rule.features = TRY(textsFrom(value, at));
        } else if (name == "where") {
            if (!value.is_string() || value.get_ref<const std::string&>().empty())
                return malformed(at + ": a filter expression is wanted, such as environment=production");
            auto conditions = conditionsFromExpression(value.get_ref<const std::string&>());
            if (!conditions)
                return malformed(at + ": " + conditions.error().text());
            rule.where = *std::move(conditions);
        } else if (name == "models") {
            rule.models = TRY(textsFrom(value, at));
        } else if (name == "allowed_share") {
            rule.allowedShare = TRY(numberFrom(value, at, 1));
        } else if (name == "max_segment_tokens") {
            TRY(readSegments(value, at, rule));
        } else {
            const auto figure = std::find_if(plain.begin(), plain.end(), [&, key = name](PolicyFigure of) {
                return nameOf(PolicyLimit{.figure = of}) == key;
            });
            if (figure == plain.end())
                return malformed(where + ": there is no limit '" + name + "'");
            // A prompt may be larger than the window its price row has.
            const bool isShare = *figure == PolicyFigure::WasteRatio;
            rule.limits.push_back({.figure = *figure, .most = TRY(numberFrom(value, at, isShare ? 1 : 1e12))});
        }
    }
    if (rule.limits.empty() && rule.models.empty())
        return malformed(where + ": a rule without a limit");
    return rule;
}

/// Whole numbers without a point.
json number(double value)
{
    if (value == std::floor(value) && std::abs(value) < 1e15)
        return static_cast<std::int64_t>(value);
    return value;
}

} // namespace

Result<Policy> policyFromJson(std::string_view text)
{
    const json document = json::parse(text, nullptr, false);
    if (document.is_discarded() || !document.is_object())
        return malformed("this is no JSON object");
    if (!document.contains(versionKey) || document[versionKey] != 1)
        return malformed("\"plumbline_policy\": 1 is missing: this is no policy, or one of a newer program");
    Policy policy;
    std::set<std::string> named;
    for (const auto& [name, value] : document.items()) {
        if (name == versionKey || name == "name")
            continue;
        if (name != "rules" || !value.is_array())
            return malformed("there is no '" + name + "' in a policy but a list of rules");
        for (std::size_t i = 0; i < value.size(); ++i) {
            const std::string where = "rules[" + std::to_string(i) + "]";
            PolicyRule rule = TRY(ruleFrom(value[i], where));
            // Empty: the rule of all others. Those with conditions hold besides.
            for (const std::string& feature : rule.features.empty() ? std::vector<std::string>{""} : rule.features)
                if (rule.where.empty() && !named.insert(feature).second)
                    return malformed(where + ": " +
                                     (feature.empty() ? "a second rule of all other features"
                                                      : "'" + feature + "' has a rule already"));
            policy.rules.push_back(std::move(rule));
        }
    }
    if (policy.rules.empty())
        return malformed("a policy without rules");
    return policy;
}

std::string toJson(const Policy& policy)
{
    json document;
    document[versionKey] = 1;
    document["rules"] = json::array();
    for (const PolicyRule& rule : policy.rules) {
        json object = json::object();
        if (!rule.features.empty())
            object["feature"] = rule.features;
        if (!rule.where.empty())
            object["where"] = expressionOf(rule.where);
        if (rule.allowedShare > 0)
            object["allowed_share"] = number(rule.allowedShare);
        for (const PolicyLimit& limit : rule.limits) {
            if (limit.figure == PolicyFigure::SegmentTokens)
                object["max_segment_tokens"][std::string(idOf(limit.segment))] = number(limit.most);
            else
                object[nameOf(limit)] = number(limit.most);
        }
        if (!rule.models.empty())
            object["models"] = rule.models;
        document["rules"].push_back(std::move(object));
    }
    return document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace plumbline
