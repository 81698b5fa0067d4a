// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/core/error.h"

namespace plumbline {

/// What a feature rule looks at. `Attribute` is a metadata key or attribute that is `feature` or ends in `.feature`,
/// or a tag `feature:X`, nearest ancestor first. `RootName` skips the operation names of SDKs.
enum class RuleField
{
    Attribute,
    TraceName,
    RootName,
    PromptName,
    Service,
    Step,
    Tag,
    Model,
    Environment,
    User,
    Agent,
    Metadata,
};

enum class RuleTest
{
    IsSet,
    Equals,
    Matches, ///< a pattern with `*` for any text, case kept
};

/// "When this holds, the spend belongs to that feature." Without a feature of its own the rule takes the field's value.
struct FeatureRule
{
    RuleField field = RuleField::Attribute;
    std::string key = {}; ///< of Metadata
    RuleTest test = RuleTest::IsSet;
    std::string value = {};
    std::string feature = {}; ///< empty: the field's value

    bool operator==(const FeatureRule&) const = default;
};

/// Ordered: the first rule that holds decides. What none decides is unallocated.
using FeatureRules = std::vector<FeatureRule>;

/// The default order: reference of the house for feature identity. Attribute, trace name, root name, prompt name,
/// service.
FeatureRules defaultFeatureRules();

/// `metadata.tenant = acme -> support`, `trace-name is set`, `tag ~ nightly-* -> batch`: one rule a line for people,
/// files and undo. Usage: which line is wrong and why.
std::string textOf(const FeatureRule& rule);
Result<FeatureRule> featureRuleFromText(std::string_view line);
std::string textOf(const FeatureRules& rules);
Result<FeatureRules> featureRulesFromText(std::string_view text);

/// `*` stands for any run of bytes, also none.
bool matchesPattern(std::string_view text, std::string_view pattern);

/// An operation name of an SDK, which says nothing about a feature: `ai.generateText`, `invoke_agent x`, `ChatOpenAI`.
bool isOperationName(std::string_view name);
/// `POST /v1/assist`: what HTTP instrumentations call the span of a request. The service that serves it says more.
bool isHttpRoute(std::string_view name);

} // namespace plumbline
