// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/otlp/attributes.h"

#include <algorithm>

namespace plumbline::otlp {

namespace {

/// A span with more JSON in strings than that is no span of a model call.
constexpr std::size_t mostParsed = 512;
constexpr std::size_t mostBytes = std::size_t{8} << 20;

} // namespace

json::Value Scratch::parse(std::string_view text)
{
    if (m_used >= mostParsed)
        return {};
    if (m_used == m_parsers.size())
        m_parsers.emplace_back();
    m_bytes += text.size();
    const auto value = m_parsers[m_used].parseCopy(text);
    if (!value)
        return {};
    ++m_used;
    return *value;
}

void Scratch::clear()
{
    m_texts.clear();
    m_used = 0;
    if (m_bytes > mostBytes) {
        m_parsers.clear();
        m_bytes = 0;
    }
}

void Attributes::read(json::Value keyValues)
{
    m_entries.clear();
    for (const json::Value pair : keyValues.array())
        if (const std::string_view key = pair["key"].text(); !key.empty())
            m_entries.push_back({key, pair["value"]});
    for (const auto [key, value] : keyValues.object())
        m_entries.push_back({key, value});
    const auto isBefore = [](const Entry& a, const Entry& b) { return a.key < b.key; };
    std::stable_sort(m_entries.begin(), m_entries.end(), isBefore);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        if (i + 1 == m_entries.size() || m_entries[i].key != m_entries[i + 1].key)
            m_entries[kept++] = m_entries[i];
    m_entries.resize(kept);
}

const Attributes::Entry* Attributes::find(std::string_view key) const
{
    const auto at = std::lower_bound(m_entries.begin(), m_entries.end(), key,
                                     [](const Entry& entry, std::string_view sought) { return entry.key < sought; });
    return at != m_entries.end() && at->key == key ? &*at : nullptr;
}

std::pair<const Attributes::Entry*, const Attributes::Entry*> Attributes::withPrefix(std::string_view prefix) const
{
    const Entry* const end = m_entries.data() + m_entries.size();
    const Entry* const first = std::lower_bound(
        m_entries.data(), end, prefix, [](const Entry& entry, std::string_view sought) { return entry.key < sought; });
    const Entry* last = first;
    while (last != end && last->key.starts_with(prefix))
        ++last;
    return {first, last};
}

bool Attributes::hasPrefix(std::string_view prefix) const
{
    const auto range = withPrefix(prefix);
    return range.first != range.second;
}

std::string_view textOf(json::Value anyValue, Scratch& scratch)
{
    const json::Value scalar = scalarOf(anyValue);
    if (scalar.isNumber() || scalar.isBool())
        return scratch.keep(scalar.compact());
    const std::string_view text = scalar.text();
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        if (const json::Value inner = scratch.parse(text); inner.isString())
            return inner.text();
    return text;
}

json::Value valueOf(json::Value anyValue, Scratch& scratch)
{
    if (!isStructured(anyValue))
        return scalarOf(anyValue);
    std::string plain;
    appendPlain(plain, anyValue);
    return scratch.parse(plain);
}

std::string_view Attributes::text(std::string_view key) const
{
    const Entry* const entry = find(key);
    return entry ? textOf(entry->anyValue, *m_scratch) : std::string_view();
}

std::string_view Attributes::text(Keys keys) const
{
    for (const std::string_view key : keys)
        if (const std::string_view found = text(key); !found.empty())
            return found;
    return {};
}

std::optional<std::int64_t> Attributes::integer(std::string_view key) const
{
    const Entry* const entry = find(key);
    return entry ? scalarOf(entry->anyValue).integer() : std::nullopt;
}

std::optional<double> Attributes::number(std::string_view key) const
{
    const Entry* const entry = find(key);
    return entry ? scalarOf(entry->anyValue).number() : std::nullopt;
}

json::Value Attributes::value(std::string_view key) const
{
    const Entry* const entry = find(key);
    return entry ? valueOf(entry->anyValue, *m_scratch) : json::Value();
}

json::Value Attributes::value(Keys keys) const
{
    for (const std::string_view key : keys)
        if (const json::Value found = value(key); found.exists() && !(found.isString() && found.text().empty()))
            return found;
    return {};
}

json::Value Attributes::parsed(std::string_view key) const
{
    const json::Value raw = value(key);
    const std::string_view text = raw.text();
    if (text.size() < 2 || (text.front() != '{' && text.front() != '[' && text.front() != '"'))
        return raw;
    const json::Value inner = m_scratch->parse(text);
    return inner.exists() ? inner : raw;
}

json::Value Attributes::parsed(Keys keys) const
{
    for (const std::string_view key : keys)
        if (const json::Value found = parsed(key); found.exists() && !(found.isString() && found.text().empty()))
            return found;
    return {};
}

} // namespace plumbline::otlp
