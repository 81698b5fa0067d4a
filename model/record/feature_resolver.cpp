// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/feature_resolver.h"

#include <nlohmann/json.hpp>

namespace plumbline::record {

namespace {

constexpr std::size_t mostVerdicts = 200'000;

bool holds(const FeatureRule& rule, std::string_view text)
{
    switch (rule.test) {
    case RuleTest::IsSet:
        return !text.empty();
    case RuleTest::Equals:
        return text == rule.value;
    case RuleTest::Matches:
        return matchesPattern(text, rule.value);
    }
    return false;
}

NameId fieldOf(RuleField field, const FeatureEvidence& evidence)
{
    switch (field) {
    case RuleField::Attribute:
        return evidence.feature;
    case RuleField::TraceName:
        return evidence.traceName;
    case RuleField::RootName:
        return evidence.rootName;
    case RuleField::PromptName:
        return evidence.promptName;
    case RuleField::Service:
        return evidence.service;
    case RuleField::Step:
        return evidence.step;
    case RuleField::Tag:
        return evidence.tags;
    case RuleField::Model:
        return evidence.model;
    case RuleField::Environment:
        return evidence.environment;
    case RuleField::User:
        return evidence.user;
    case RuleField::Agent:
        return evidence.agent;
    case RuleField::Metadata:
        return evidence.attributes;
    }
    return 0;
}

} // namespace

Result<FeatureResolver> FeatureResolver::open(const store::Workspace& workspace, store::NameWriter& names,
                                              FeatureRules rules)
{
    const store::Database& database = workspace.database();
    return FeatureResolver(std::move(rules), names, TRY(store::NameReader::open(database)),
                           TRY(database.prepare("SELECT json FROM attribute_set WHERE id = ?")));
}

Result<FeatureDecision> FeatureResolver::resolve(const FeatureEvidence& evidence)
{
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        const NameId text = fieldOf(m_rules[i].field, evidence);
        if (text == 0)
            continue;
        if (const NameId feature = TRY(verdict(i, text)))
            return FeatureDecision{feature, static_cast<int>(i)};
    }
    return byRoute(evidence.rootName);
}

Result<FeatureDecision> FeatureResolver::byRoute(NameId rootName)
{
    for (std::size_t i = 0; rootName != 0 && i < m_rules.size(); ++i)
        if (m_rules[i].field == RuleField::RootName && m_rules[i].test == RuleTest::IsSet && m_rules[i].feature.empty())
            if (isHttpRoute(TRY(m_reader.textOf(rootName))))
                return FeatureDecision{rootName, static_cast<int>(i)};
    return FeatureDecision{};
}

Result<NameId> FeatureResolver::verdict(std::size_t index, NameId text)
{
    auto& verdicts = m_verdicts[index];
    if (const auto known = verdicts.find(text); known != verdicts.end())
        return known->second;
    const FeatureRule& rule = m_rules[index];
    NameId feature = 0;
    if (rule.field == RuleField::Tag)
        feature = TRY(judgeTags(index, text));
    else if (rule.field == RuleField::Metadata)
        feature = TRY(judgeMetadata(index, text));
    else
        feature = TRY(judge(rule, TRY(m_reader.textOf(text))));
    if (verdicts.size() >= mostVerdicts)
        verdicts.clear();
    verdicts.emplace(text, feature);
    return feature;
}

Result<NameId> FeatureResolver::judge(const FeatureRule& rule, std::string_view text)
{
    if (!holds(rule, text))
        return 0;
    // A root that is only an SDK's operation name or a route tells nothing; a rule that names it does.
    if (rule.field == RuleField::RootName && rule.test == RuleTest::IsSet &&
        (isOperationName(text) || isHttpRoute(text)))
        return 0;
    return m_names->idOf(rule.feature.empty() ? text : std::string_view(rule.feature));
}

Result<NameId> FeatureResolver::judgeTags(std::size_t index, NameId tags)
{
    const auto list = nlohmann::json::parse(TRY(m_reader.textOf(tags)), nullptr, false);
    if (list.is_array())
        for (const auto& tag : list)
            if (tag.is_string())
                if (const NameId feature = TRY(judge(m_rules[index], tag.get_ref<const std::string&>())))
                    return feature;
    return 0;
}

Result<NameId> FeatureResolver::judgeMetadata(std::size_t index, std::int64_t attributes)
{
    const FeatureRule& rule = m_rules[index];
    TRY(m_attributes.bind(attributes));
    std::string text;
    if (TRY(m_attributes.next()))
        text = m_attributes.text(0);
    m_attributes.reset();
    const auto object = nlohmann::json::parse(text, nullptr, false);
    if (!object.is_object() || !object.contains(rule.key))
        return 0;
    const auto& value = object[rule.key];
    return judge(rule, value.is_string() ? value.get_ref<const std::string&>() : value.dump());
}

} // namespace plumbline::record
