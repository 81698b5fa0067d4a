// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/error.h"

namespace plumbline {

/// Which names mean a model. Names are compared in lower case. In a glob `*` is any text and `#` one digit. Regular
/// expressions are for the files of others: ours do with the rest, which costs nothing to load.
class MatchRule
{
public:
    enum class Kind : std::uint8_t
    {
        Equals,
        StartsWith,
        EndsWith,
        Contains,
        Glob,
        Regex,
        Any, ///< of the parts; without parts: nothing
        All,
        Not, ///< the only part
    };

    /// Matches nothing.
    MatchRule() = default;
    /// Any kind made of one text, but a regular expression.
    static MatchRule of(Kind kind, std::string_view text);
    /// The whole name, upper and lower case alike. Malformed: not a regular expression (ECMAScript).
    static Result<MatchRule> regex(std::string_view pattern);
    static MatchRule of(Kind kind, std::vector<MatchRule> parts);

    Kind kind() const { return m_kind; }
    const std::string& text() const { return m_text; }
    const std::vector<MatchRule>& parts() const { return m_parts; }
    bool matches(std::string_view lowerCaseName) const;

private:
    Kind m_kind = Kind::Any;
    std::string m_text;
    std::vector<MatchRule> m_parts;
    std::shared_ptr<const std::regex> m_regex; // shared: compiling is the dear part of copying a book
};

/// Whether all of `name` fits the glob. Both in lower case.
bool fitsGlob(std::string_view name, std::string_view glob);

} // namespace plumbline
