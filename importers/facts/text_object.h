// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "importers/json/json.h"

namespace plumbline::facts {

/// Puts a compact JSON object together, member by member: metadata of sources that keep it in columns.
class TextObject
{
public:
    /// Nothing for an empty text.
    void add(std::string_view key, std::string_view text)
    {
        if (text.empty())
            return;
        begin(key);
        json::appendQuoted(m_text, text);
    }
    void add(std::string_view key, json::Value value)
    {
        begin(key);
        value.appendCompact(m_text);
    }
    /// Empty without members.
    std::string text() const { return m_text.empty() ? m_text : m_text + "}"; }

private:
    void begin(std::string_view key)
    {
        m_text += m_text.empty() ? "{" : ",";
        json::appendQuoted(m_text, key);
        m_text += ":";
    }
    std::string m_text;
};

} // namespace plumbline::facts
