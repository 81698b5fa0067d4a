// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/prices/match_rule.h"
#include "model/prices/model_names.h"

namespace plumbline {

/// Finds a model by name among the rules of all providers. Within a provider the rule added first wins.
///
/// The providers that the name or its source mentions are asked first, each spelling of the name in turn, so that a
/// full name beats a shortened one. Then all others, one after the other – unless somebody was mentioned who sets
/// their own prices.
class ModelIndex
{
public:
    using Position = std::uint32_t;

    /// Providers are asked in the order in which they are added here or in `add`.
    void addProvider(std::string_view provider) { groupOf(provider); }
    /// A rule without a provider wins over those with one, unless they know a fuller spelling.
    void add(std::string_view provider, const MatchRule& rule, Position position);

    std::optional<Position> find(const ModelName& name) const;

private:
    struct Group
    {
        std::string provider;
        std::unordered_map<std::string, Position> exact;
        std::vector<std::pair<MatchRule, Position>> others;

        std::optional<Position> find(const std::string& spelling) const;
    };

    struct Match
    {
        Position position = 0;
        std::size_t rank = 0; ///< which spelling it took, 0 the fullest
    };

    static std::optional<Match> findAmong(const Group& group, const ModelName& name);
    std::optional<Match> findNamed(const ModelName& name) const;
    Group& groupOf(std::string_view provider);

    std::vector<Group> m_groups;
};

} // namespace plumbline
