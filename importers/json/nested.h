// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>

#include "importers/json/json.h"

namespace plumbline::json {

/// Reads JSON that stands inside strings, as many exports have it. What it read lives until `clear`.
class Nested
{
public:
    /// The value itself; for a string that holds an object or array, that.
    Value unwrapped(Value value)
    {
        const std::string_view text = value.text();
        if (text.size() < 2 || (text.front() != '{' && text.front() != '['))
            return value;
        if (m_used == m_parsers.size())
            m_parsers.emplace_back();
        const auto inner = m_parsers[m_used].parseCopy(text);
        if (!inner)
            return value;
        ++m_used;
        return *inner;
    }
    void clear() { m_used = 0; }

private:
    std::deque<Parser> m_parsers;
    std::size_t m_used = 0;
};

} // namespace plumbline::json
