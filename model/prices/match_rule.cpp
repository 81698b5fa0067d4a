// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/match_rule.h"

#include <algorithm>

#include "model/prices/model_names.h"

namespace plumbline {

namespace {

// std::regex recurses per character; no model name is longer.
constexpr std::size_t longestNameForRegex = 256;

} // namespace

MatchRule MatchRule::of(Kind kind, std::string_view text)
{
    MatchRule rule;
    rule.m_kind = kind;
    rule.m_text = lowerCase(text);
    return rule;
}

MatchRule MatchRule::of(Kind kind, std::vector<MatchRule> parts)
{
    MatchRule rule;
    rule.m_kind = kind;
    rule.m_parts = std::move(parts);
    return rule;
}

Result<MatchRule> MatchRule::regex(std::string_view pattern)
{
    MatchRule rule;
    rule.m_kind = Kind::Regex;
    rule.m_text = pattern;
    // PostgreSQL's and Python's way to say what we do anyway.
    constexpr std::string_view ignoreCase = "(?i)";
    if (pattern.starts_with(ignoreCase))
        pattern.remove_prefix(ignoreCase.size());
    try {
        rule.m_regex = std::make_shared<const std::regex>(pattern.begin(), pattern.end(),
                                                          std::regex::ECMAScript | std::regex::icase);
    } catch (const std::regex_error&) {
        return fail(ErrorKind::Malformed, "not a regular expression: '" + rule.m_text + "'");
    }
    return rule;
}

bool MatchRule::matches(std::string_view name) const
{
    const auto matchesName = [name](const MatchRule& rule) { return rule.matches(name); };
    switch (m_kind) {
    case Kind::Equals:
        return name == m_text;
    case Kind::StartsWith:
        return name.starts_with(m_text);
    case Kind::EndsWith:
        return name.ends_with(m_text);
    case Kind::Contains:
        return name.find(m_text) != name.npos;
    case Kind::Glob:
        return fitsGlob(name, m_text);
    case Kind::Regex:
        try {
            return name.size() <= longestNameForRegex && std::regex_match(name.begin(), name.end(), *m_regex);
        } catch (const std::regex_error&) {
            return false; // too complex for this name
        }
    case Kind::Any:
        return std::any_of(m_parts.begin(), m_parts.end(), matchesName);
    case Kind::All:
        return std::all_of(m_parts.begin(), m_parts.end(), matchesName);
    case Kind::Not:
        return std::none_of(m_parts.begin(), m_parts.end(), matchesName);
    }
    return false;
}

bool fitsGlob(std::string_view name, std::string_view glob)
{
    // Where to resume when the last star has to take one character more.
    std::size_t afterStar = glob.npos;
    std::size_t resumeAt = 0;
    std::size_t at = 0;
    std::size_t inGlob = 0;
    while (at < name.size()) {
        if (inGlob < glob.size() && glob[inGlob] == '*') {
            afterStar = ++inGlob;
            resumeAt = at;
        } else if (inGlob < glob.size() && (glob[inGlob] == '#' ? isDigit(name[at]) : glob[inGlob] == name[at])) {
            ++inGlob;
            ++at;
        } else if (afterStar != glob.npos) {
            inGlob = afterStar;
            at = ++resumeAt;
        } else {
            return false;
        }
    }
    return glob.find_first_not_of('*', inGlob) == glob.npos;
}

} // namespace plumbline
