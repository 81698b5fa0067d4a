// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/prompts/marked_documents.h"

#include <array>
#include <string>

namespace plumbline::prompts {

namespace {

constexpr std::array<std::string_view, 6> tags{"document", "doc", "passage", "chunk", "search_result", "context"};
constexpr std::size_t contextTag = tags.size() - 1;
/// What is shorter is talk about documents: `<document>…</document>` in instructions.
constexpr std::size_t shortest = 24;
/// A tag with more attributes than that is none.
constexpr std::size_t longestTag = 1000;

bool isNameEnd(char c)
{
    return c == '>' || c == ' ' || c == '\n' || c == '\t';
}

/// The tag that begins at `<`, by its place among them; their number if it is none.
std::size_t tagAt(std::string_view text, std::size_t at)
{
    for (std::size_t i = 0; i < tags.size(); ++i) {
        const std::size_t end = at + 1 + tags[i].size();
        if (end < text.size() && text.compare(at + 1, tags[i].size(), tags[i]) == 0 && isNameEnd(text[end]))
            return i;
    }
    return tags.size();
}

/// Whether another tag begins in a text.
bool holdsDocument(std::string_view text)
{
    for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1))
        if (tagAt(text, at) < contextTag)
            return true;
    return false;
}

/// `id="a"`, `index=1`: the value of an attribute.
std::string_view attribute(std::string_view attributes, std::string_view name)
{
    for (std::size_t at = attributes.find(name); at != attributes.npos; at = attributes.find(name, at + 1)) {
        const std::size_t equals = at + name.size();
        const bool isWhole = at == 0 || attributes[at - 1] == ' ' || attributes[at - 1] == '\n';
        if (!isWhole || equals >= attributes.size() || attributes[equals] != '=')
            continue;
        std::string_view value = attributes.substr(equals + 1);
        if (!value.empty() && (value.front() == '"' || value.front() == '\'')) {
            const std::size_t end = value.find(value.front(), 1);
            return end == value.npos ? std::string_view() : value.substr(1, end - 1);
        }
        return value.substr(0, value.find_first_of(" \n\t"));
    }
    return {};
}

std::string_view between(std::string_view text, std::string_view open, std::string_view close)
{
    const std::size_t first = text.find(open);
    if (first == text.npos)
        return {};
    const std::size_t end = text.find(close, first + open.size());
    return end == text.npos ? std::string_view() : text.substr(first + open.size(), end - first - open.size());
}

} // namespace

bool MarkedDocuments::next(MarkedDocument& found)
{
    for (std::size_t at = m_text.find('<', m_at); at != m_text.npos; at = m_text.find('<', at + 1)) {
        const std::size_t number = tagAt(m_text, at);
        if (number == tags.size() || m_unclosed >> number & 1U)
            continue;
        if (number == contextTag && (!m_takesContext || at < m_contextUntil))
            continue;
        const std::string_view tag = tags[number];
        const std::string_view head = m_text.substr(at, longestTag);
        const std::size_t length = head.find('>');
        if (length == head.npos)
            continue;
        const std::size_t content = at + length;
        const std::string close = "</" + std::string(tag) + ">";
        const std::size_t end = m_text.find(close, content);
        if (end == m_text.npos) {
            m_unclosed |= 1U << number;
            continue;
        }
        if (end - content < shortest)
            continue;
        if (number == contextTag && holdsDocument(m_text.substr(content, end - content))) {
            m_contextUntil = end; // they are looked for one by one
            continue;
        }
        const std::string_view attributes = head.substr(1 + tag.size(), length - 1 - tag.size());
        found = {.first = at, .end = end + close.size()};
        m_at = found.end;
        for (const std::string_view name : {"id", "index", "source", "name", "title"})
            if (found.id.empty())
                found.id = attribute(attributes, name);
        if (found.id.empty())
            found.id = between(m_text.substr(content, end - content), "<source>", "</source>");
        return true;
    }
    return false;
}

} // namespace plumbline::prompts
