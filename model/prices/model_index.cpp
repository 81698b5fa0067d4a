// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/model_index.h"

#include <algorithm>

namespace plumbline {

ModelIndex::Group& ModelIndex::groupOf(std::string_view provider)
{
    for (Group& group : m_groups)
        if (group.provider == provider)
            return group;
    m_groups.push_back({std::string(provider), {}, {}});
    return m_groups.back();
}

void ModelIndex::add(std::string_view provider, const MatchRule& rule, Position position)
{
    Group& group = groupOf(provider);
    switch (rule.kind()) {
    case MatchRule::Kind::Equals:
        group.exact.try_emplace(rule.text(), position);
        return;
    case MatchRule::Kind::Any:
        for (const MatchRule& part : rule.parts())
            add(provider, part, position);
        return;
    default:
        group.others.emplace_back(rule, position);
    }
}

std::optional<ModelIndex::Position> ModelIndex::Group::find(const std::string& spelling) const
{
    const auto same = exact.find(spelling);
    const auto known = same == exact.end() ? std::nullopt : std::optional(same->second);
    // Rules stand in order of position, so the first that matches is the first in the book.
    for (const auto& [rule, position] : others) {
        if (known && *known <= position)
            break;
        if (rule.matches(spelling))
            return position;
    }
    return known;
}

std::optional<ModelIndex::Match> ModelIndex::findAmong(const Group& group, const ModelName& name)
{
    for (std::size_t rank = 0; rank < name.spellings.size(); ++rank)
        if (const auto position = group.find(name.spellings[rank]))
            return Match{*position, rank};
    return {};
}

std::optional<ModelIndex::Match> ModelIndex::findNamed(const ModelName& name) const
{
    std::vector<const Group*> mentioned;
    for (const std::string& provider : name.providers)
        for (const Group& group : m_groups)
            if (group.provider == provider)
                mentioned.push_back(&group);
    for (std::size_t rank = 0; rank < name.spellings.size(); ++rank)
        for (const Group* group : mentioned)
            if (const auto position = group->find(name.spellings[rank]))
                return Match{*position, rank};

    if (std::any_of(name.providers.begin(), name.providers.end(), setsOwnPrices))
        return {};
    for (const Group& group : m_groups) {
        if (group.provider.empty() || std::find(mentioned.begin(), mentioned.end(), &group) != mentioned.end())
            continue;
        if (const auto match = findAmong(group, name))
            return match;
    }
    return {};
}

std::optional<ModelIndex::Position> ModelIndex::find(const ModelName& name) const
{
    std::optional<Match> everybodys;
    for (const Group& group : m_groups)
        if (group.provider.empty())
            everybodys = findAmong(group, name);
    const auto named = findNamed(name);
    if (everybodys && (!named || everybodys->rank <= named->rank))
        return everybodys->position;
    return named ? std::optional(named->position) : std::nullopt;
}

} // namespace plumbline
