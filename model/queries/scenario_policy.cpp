// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/scenario_policy.h"

#include <algorithm>
#include <map>
#include <optional>

#include "model/core/filter_expression.h"
#include "model/queries/policy_json.h"
#include "model/simulation/lever.h"
#include "model/simulation/setting.h"

namespace plumbline {

namespace {

/// The calls a lever is about, as rules name them.
struct RuleScope
{
    std::optional<std::vector<std::string>> features = {}; ///< none: any
    std::vector<Condition> where = {};                     ///< what else must hold
};

RuleScope scopeOf(const Scenario& scenario, const LeverUse& use)
{
    RuleScope scope;
    for (const auto* conditions : {&scenario.filter, &use.scope})
        for (const Condition& condition : *conditions) {
            if (condition.of.dimension != Dimension::Feature || condition.isExcluded || condition.match != Match::Is) {
                scope.where.push_back(condition);
                continue;
            }
            std::vector<std::string> features = condition.values;
            if (scope.features)
                std::erase_if(features, [&](const std::string& feature) {
                    return std::find(scope.features->begin(), scope.features->end(), feature) == scope.features->end();
                });
            scope.features = std::move(features);
        }
    return scope;
}

/// Of two limits on one figure the lower one holds.
void limit(PolicyRule& rule, const PolicyLimit& limit)
{
    const auto known = std::find_if(rule.limits.begin(), rule.limits.end(),
                                    [&](const PolicyLimit& of) { return of.figure == limit.figure; });
    if (known == rule.limits.end())
        rule.limits.push_back(limit);
    else
        known->most = std::min(known->most, limit.most);
}

/// A limit where the parameter sets one.
void limit(PolicyRule& rule, PolicyFigure figure, const simulation::Setting& setting, std::string_view id)
{
    const double most = setting.number(id);
    if (most != parameterOf(setting.lever(), id)->neutral)
        limit(rule, {.figure = figure, .most = most});
}

} // namespace

Policy policyOf(const Scenario& scenario)
{
    std::map<std::pair<std::string, std::string>, PolicyRule> rules; // by conditions and feature; empty: all others
    for (const LeverUse& use : scenario.levers) {
        const Lever* const lever = leverOf(use.lever);
        if (!lever || !use.isOn)
            continue;
        const simulation::Setting setting(*lever, use, nullptr);
        if (setting.isNeutral())
            continue;
        const RuleScope scope = scopeOf(scenario, use);
        for (const std::string& feature : scope.features.value_or(std::vector<std::string>{""})) {
            PolicyRule& rule = rules[{expressionOf(scope.where), feature}];
            rule.where = scope.where;
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
    // What holds for all features holds for those that have a rule of their own as well.
    if (const auto others = rules.find({}); others != rules.end())
        for (auto& [of, rule] : rules)
            if (of.first.empty() && !of.second.empty()) {
                for (const PolicyLimit& common : others->second.limits)
                    limit(rule, common);
                if (rule.models.empty())
                    rule.models = others->second.models;
            }
    Policy policy;
    for (auto& [of, rule] : rules)
        if (!rule.limits.empty() || !rule.models.empty())
            policy.rules.push_back(std::move(rule));
    return policy;
}

std::string policyJsonOf(const Scenario& scenario)
{
    return toJson(policyOf(scenario));
}

} // namespace plumbline
