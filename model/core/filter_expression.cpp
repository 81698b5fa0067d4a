// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/filter_expression.h"

#include <algorithm>

namespace plumbline {

namespace {

using Kind = ExpressionPiece::Kind;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Reads one expression from its beginning to its end.
class Reading
{
public:
    explicit Reading(std::string_view text) : m_text(text) {}

    FilterExpression read()
    {
        while (m_into.isValid()) {
            while (m_at < m_text.size() && isSpace(m_text[m_at]))
                ++m_at;
            if (m_at == m_text.size())
                break;
            readPart();
        }
        return std::move(m_into);
    }

private:
    char at(std::size_t place) const { return place < m_text.size() ? m_text[place] : '\0'; }

    void refuse(std::size_t place, std::string why)
    {
        m_into.problem = std::move(why);
        m_into.problemAt = place;
    }
    void add(Kind kind, std::size_t first, const std::string& field = {})
    {
        m_into.pieces.push_back({kind, first, m_at - first, field});
    }

    /// A value up to a space or a comma, or in quotes. False: its quotes do not end.
    bool readValue(std::string& into)
    {
        if (at(m_at) != '"') {
            while (m_at < m_text.size() && !isSpace(m_text[m_at]) && m_text[m_at] != ',')
                into += m_text[m_at++];
            return true;
        }
        const std::size_t quote = m_at++;
        for (; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == '"') {
                ++m_at;
                return true;
            }
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            into += m_text[m_at];
        }
        refuse(quote, "these quotes do not end");
        return false;
    }

    void readPart()
    {
        Condition condition;
        const std::size_t start = m_at;
        if (at(m_at) == '-' && m_at + 1 < m_text.size() && !isSpace(at(m_at + 1))) {
            condition.isExcluded = true;
            ++m_at;
        }
        const std::size_t first = m_at;
        constexpr std::string_view metadata = "metadata.\"";
        if (m_text.substr(m_at).starts_with(metadata)) {
            std::string key;
            m_at += metadata.size() - 1;
            if (!readValue(key))
                return;
            readComparison(first, std::move(condition), std::string(metadata.substr(0, metadata.size() - 1)) + key);
            return;
        }
        if (at(m_at) != '"') {
            const std::size_t end = std::min(m_text.find_first_of(" \t\n\r\":=~<>!", m_at), m_text.size());
            const bool hasSign =
                end > first && std::string_view(":=~<>!").find(at(end)) != std::string_view::npos &&
                (at(end) != '!' || std::string_view(":=~<>").find(at(end + 1)) != std::string_view::npos);
            if (hasSign) {
                m_at = end;
                readComparison(first, std::move(condition), std::string(m_text.substr(first, end - first)));
                return;
            }
        }
        std::string words;
        const bool isQuoted = at(m_at) == '"';
        if (isQuoted) {
            if (!readValue(words))
                return;
        } else {
            while (m_at < m_text.size() && !isSpace(m_text[m_at]))
                words += m_text[m_at++];
        }
        add(isQuoted ? Kind::Phrase : Kind::Word, first);
        if (words.find_first_not_of(" \t\n\r") == std::string::npos)
            return refuse(start, "there is nothing to look for");
        condition.of = {Dimension::Text, {}};
        condition.match = Match::Contains;
        condition.values = {std::move(words)};
        m_into.conditions.push_back(std::move(condition));
    }

    /// From the sign behind the field that begins at `first`.
    void readComparison(std::size_t first, Condition condition, const std::string& name)
    {
        add(Kind::Field, first, name);
        const std::size_t sign = m_at;
        if (at(m_at) == '!') {
            condition.isExcluded = !condition.isExcluded;
            ++m_at;
        }
        const char kind = at(m_at);
        if (std::string_view(":=~<>").find(kind) == std::string_view::npos || kind == '\0')
            return refuse(m_at, "a sign is missing: one of : = ~ < >");
        ++m_at;
        const bool isIncluded = (kind == '<' || kind == '>') && at(m_at) == '=';
        m_at += isIncluded;
        if (kind == '~')
            condition.match = Match::Contains;
        else if (kind == '<')
            condition.match = isIncluded ? Match::OrLess : Match::Less;
        else if (kind == '>')
            condition.match = isIncluded ? Match::OrMore : Match::More;
        add(Kind::Sign, sign, name);
        auto field = fieldFromId(name);
        if (!field)
            return refuse(first, field.error().reason);
        condition.of = *std::move(field);
        // Words are looked for, however the user writes it.
        if (condition.of.dimension == Dimension::Text && condition.match == Match::Is)
            condition.match = Match::Contains;
        for (;;) {
            const std::size_t value = m_at;
            condition.values.emplace_back();
            if (!readValue(condition.values.back()))
                return;
            add(Kind::Value, value, name);
            if (condition.values.back().empty())
                return refuse(value, "a value is missing");
            if (at(m_at) != ',')
                break;
            ++m_at;
        }
        if (m_at < m_text.size() && !isSpace(m_text[m_at]))
            return refuse(m_at, "a space is missing");
        if (const auto fits = check(condition); !fits)
            return refuse(first, fits.error().reason);
        m_into.conditions.push_back(std::move(condition));
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    FilterExpression m_into;
};

} // namespace

FilterExpression readExpression(std::string_view text)
{
    return Reading(text).read();
}

Result<std::vector<Condition>> conditionsFromExpression(std::string_view text)
{
    FilterExpression expression = readExpression(text);
    if (!expression.isValid())
        return fail(ErrorKind::Usage, "'" + std::string(text) + "', at " + std::to_string(expression.problemAt + 1) +
                                          ": " + expression.problem);
    return std::move(expression.conditions);
}

namespace {

std::string inQuotes(std::string_view value)
{
    std::string quoted = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

/// Keys of metadata may hold anything: `metadata."app:tenant"`.
std::string fieldText(const DimensionChoice& of)
{
    if (of.dimension != Dimension::Metadata || of.key.find_first_of(" \t\n\r\":=~<>!") == std::string::npos)
        return idOf(of);
    const std::string id = idOf(of);
    return id.substr(0, id.size() - of.key.size()) + inQuotes(of.key);
}

} // namespace

std::string quotedValue(std::string_view value)
{
    const bool isPlain = !value.empty() && value.find_first_of(" \t\n\r,\"") == std::string_view::npos;
    return isPlain ? std::string(value) : inQuotes(value);
}

std::string expressionOf(const std::vector<Condition>& conditions)
{
    std::string text;
    for (const Condition& condition : conditions) {
        text += text.empty() ? "" : " ";
        text += condition.isExcluded ? "-" : "";
        if (condition.of.dimension == Dimension::Text && condition.values.size() == 1) {
            text += inQuotes(condition.values[0]);
            continue;
        }
        text += fieldText(condition.of);
        text +=
            condition.match == Match::Is || condition.of.dimension == Dimension::Text ? ":" : signOf(condition.match);
        for (std::size_t i = 0; i < condition.values.size(); ++i)
            text += (i ? "," : "") + quotedValue(condition.values[i]);
    }
    return text;
}

} // namespace plumbline
