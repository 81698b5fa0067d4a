// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/core/feature_rules.h"
#include "model/record/observation.h"
#include "model/store/names.h"

namespace plumbline::record {

/// What the rules may look at, of one call.
struct FeatureEvidence
{
    NameId feature = 0, traceName = 0, rootName = 0, promptName = 0, service = 0, step = 0, tags = 0, model = 0,
           environment = 0, user = 0, agent = 0;
    std::int64_t attributes = 0;
};

struct FeatureDecision
{
    NameId feature = 0; ///< 0: unallocated
    int rule = -1;      ///< index of the rule that held
};

/// Applies the workspace's feature rules to calls. Texts are looked up once; a rule's verdict on a text is remembered.
class FeatureResolver
{
public:
    static Result<FeatureResolver> open(const store::Workspace& workspace, store::NameWriter& names,
                                        FeatureRules rules);

    Result<FeatureDecision> resolve(const FeatureEvidence& evidence);

private:
    FeatureResolver(FeatureRules rules, store::NameWriter& names, store::NameReader reader, store::Statement attributes)
        : m_rules(std::move(rules))
        , m_names(&names)
        , m_reader(std::move(reader))
        , m_attributes(std::move(attributes))
        , m_verdicts(m_rules.size())
    {
    }
    /// What no rule names may still have come by an HTTP route.
    Result<FeatureDecision> byRoute(NameId rootName);
    /// The feature a rule makes of a text; 0 if it does not hold.
    Result<NameId> verdict(std::size_t rule, NameId text);
    Result<NameId> judge(const FeatureRule& rule, std::string_view text);
    Result<NameId> judgeTags(std::size_t rule, NameId tags);
    Result<NameId> judgeMetadata(std::size_t rule, std::int64_t attributes);

    FeatureRules m_rules;
    store::NameWriter* m_names;
    store::NameReader m_reader;
    store::Statement m_attributes;
    std::vector<std::unordered_map<std::int64_t, NameId>> m_verdicts;
};

} // namespace plumbline::record
