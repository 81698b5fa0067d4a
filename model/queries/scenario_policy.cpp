// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/scenario_policy.h"

#include <algorithm>
#include <map>
#include <optional>

#include "model/queries/policy_json.h"
#include "model/simulation/lever.h"
#include "model/simulation/setting.h"

namespace plumbline {

namespace {

/// The features a lever is about; empty: all. None where it is about calls that a policy cannot name.
std::optional<std::vector<std::string>> featuresOf(const Scenario& scenario, const LeverUse& use)
{
    std::vector<std::string> features;
    for (const auto* conditions : {&scenario.filter, &use.scope})
        for (const Condition& condition : *conditions) {
            if (condition.of.dimension != Dimension::Feature || condition.isExcluded || condition.match != Match::Is)
                return std::nullopt;
            features = condition.values;
        }
    return features;
}

/// A limit where the parameter sets one.
void limit(PolicyRule& rule, PolicyFigure figure, const simulation::Setting& setting, std::string_view id)
{
    const double most = setting.number(id);
    if (most == parameterOf(setting.lever(), id)->neutral)
        return;

    const auto known = std::find_if(rule.limits.begin(), rule.limits.end(),
                                    [&](const PolicyLimit& of) { return of.figure == figure; });
    if (known == rule.limits.end())
        rule.limits.push_back({.figure = figure, .most = most});
    else
        known->most = std::min(known->most, most);
}

} // namespace

Policy policyOf(const Scenario& scenario)
{
    std::map<std::string, PolicyRule> rules; // by feature; empty: all others
    for (const LeverUse& use : scenario.levers) {
        const Lever* const lever = leverOf(use.lever);
        if (!lever || !use.isOn)
            continue;
        const simulation::Setting setting(*lever, use, nullptr);
        if (setting.isNeutral())
            continue;
        std::optional<std::vector<std::string>> features = featuresOf(scenario, use);
        if (!features)
            continue;
        if (features->empty())
            features->emplace_back();
        for (const std::string& feature : *features) {
            PolicyRule& rule = rules[feature];
            if (!feature.empty())
                rule.features = {feature};
            if (use.lever == "history-policy")
                limit(rule, PolicyFigure::HistoryTurns, setting, "turns");
            else if (use.lever == "fewer-documents")
                limit(rule, PolicyFigure::Documents, setting, "documents");
            else if (use.lever == "cap-output")
                limit(rule, PolicyFigure::OutputTokens, setting, "tokens");
            else if (use.lever == "route-model" && setting.number("share") >= 100)
                rule.models = {setting.text("to")};
        }
    }
    Policy policy;
    for (auto& [feature, rule] : rules)
        if (!rule.limits.empty() || !rule.models.empty())
            policy.rules.push_back(std::move(rule));
    return policy;
}

std::string policyJsonOf(const Scenario& scenario)
{
    return toJson(policyOf(scenario));
}

} // namespace plumbline
