// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "model/core/time.h"

// Writing JSON by appending to a string: files of samples are gigabytes, and nearly all of it is text to escape.
namespace plumbline::sample {

/// Appends `text` with what JSON demands escaped; UTF-8 passes through. Without quotes.
void appendEscaped(std::string& into, std::string_view text);

inline void appendJsonString(std::string& into, std::string_view text)
{
    into += '"';
    appendEscaped(into, text);
    into += '"';
}

template <std::integral Number>
void appendNumber(std::string& into, Number number)
{
    char digits[24];
    into.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

/// Whether days and hours are joined by a blank, as databases print them, or by a T; and what stands behind.
struct TimeStyle
{
    char joint = 'T';
    int digits = 6; ///< of a second: 3 or 6
    std::string_view suffix = "Z";
};
void appendTime(std::string& into, Timestamp time, const TimeStyle& style);

/// A comma before every member but the first, as `begin` and what is appended decide.
class JsonObject
{
public:
    explicit JsonObject(std::string& into) : m_into(into) { m_into += '{'; }
    JsonObject(const JsonObject&) = delete;
    JsonObject& operator=(const JsonObject&) = delete;
    ~JsonObject() { m_into += '}'; }

    /// The caller appends the value. Names need no escaping: they are ours.
    std::string& member(std::string_view name)
    {
        m_into.append(m_isEmpty ? "\"" : ",\"").append(name).append("\":");
        m_isEmpty = false;
        return m_into;
    }
    /// What is written to: for values in several pieces.
    std::string& string() { return m_into; }
    void text(std::string_view name, std::string_view value) { appendJsonString(member(name), value); }
    void time(std::string_view name, Timestamp time, const TimeStyle& style)
    {
        member(name) += '"';
        appendTime(m_into, time, style);
        m_into += '"';
    }
    /// null where there is none.
    void textOrNull(std::string_view name, std::string_view value)
    {
        if (value.empty())
            json(name, "null");
        else
            text(name, value);
    }
    void json(std::string_view name, std::string_view value) { member(name) += value; }
    template <std::integral Number>
    void number(std::string_view name, Number value)
    {
        appendNumber(member(name), value);
    }

private:
    std::string& m_into;
    bool m_isEmpty = true;
};

class JsonArray
{
public:
    explicit JsonArray(std::string& into) : m_into(into) { m_into += '['; }
    JsonArray(const JsonArray&) = delete;
    JsonArray& operator=(const JsonArray&) = delete;
    ~JsonArray() { m_into += ']'; }

    /// The caller appends the element.
    std::string& element()
    {
        if (!m_isEmpty)
            m_into += ',';
        m_isEmpty = false;
        return m_into;
    }

private:
    std::string& m_into;
    bool m_isEmpty = true;
};

} // namespace plumbline::sample
