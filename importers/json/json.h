// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "model/core/error.h"

/// The only door to simdjson: a parser for one record after another, and a lenient view of what it read.
namespace plumbline::json {

/// Bytes that must be readable (of any value) behind a text given to Parser::parse.
constexpr std::size_t padding = simdjson::SIMDJSON_PADDING;

class Object;
class Array;

/// A JSON value of the record last parsed; valid until the parser reads the next one. Questions that do not fit the
/// value answer empty: exports spell the same fact as number, string or null.
class Value
{
public:
    Value() = default;
    explicit Value(simdjson::dom::element element) : m_element(element), m_exists(true) {}

    /// False for a missing key.
    bool exists() const { return m_exists; }
    bool isNull() const { return !m_exists || m_element.is_null(); }
    bool isString() const { return m_exists && m_element.is_string(); }
    bool isObject() const { return m_exists && m_element.is_object(); }
    bool isArray() const { return m_exists && m_element.is_array(); }
    bool isBool() const { return m_exists && m_element.is_bool(); }
    bool isNumber() const { return m_exists && m_element.is_number(); }

    /// The string, or empty if it is none.
    std::string_view text() const
    {
        std::string_view value;
        if (m_exists && m_element.get_string().get(value) == simdjson::SUCCESS)
            return value;
        return {};
    }
    /// A whole number, also one written as a string (`"1234"`) or with zero decimals (`12.0`).
    std::optional<std::int64_t> integer() const;
    /// A number, also one written as a string.
    std::optional<double> number() const;
    std::optional<bool> boolean() const;

    /// The object or array, or an empty one.
    Object object() const;
    Array array() const;
    /// `object()[key]`.
    Value operator[](std::string_view key) const;

    /// Compact JSON of the value, appended to `into`.
    void appendCompact(std::string& into) const;
    std::string compact() const
    {
        std::string text;
        appendCompact(text);
        return text;
    }

private:
    simdjson::dom::element m_element = {};
    bool m_exists = false;
};

struct Member
{
    std::string_view key;
    Value value;
};

class Object
{
public:
    class Iterator
    {
    public:
        explicit Iterator(simdjson::dom::object::iterator at) : m_at(at) {}
        Member operator*() const { return {m_at.key(), Value(m_at.value())}; }
        Iterator& operator++()
        {
            ++m_at;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return m_at != other.m_at; }

    private:
        simdjson::dom::object::iterator m_at;
    };

    Object() = default;
    explicit Object(simdjson::dom::object object) : m_object(object) {}
    Iterator begin() const { return Iterator(m_object ? m_object->begin() : simdjson::dom::object::iterator()); }
    Iterator end() const { return Iterator(m_object ? m_object->end() : simdjson::dom::object::iterator()); }
    std::size_t size() const { return m_object ? m_object->size() : 0; }
    bool isEmpty() const { return size() == 0; }
    /// The last member of that name, as JavaScript and Python have it.
    Value operator[](std::string_view key) const;

private:
    std::optional<simdjson::dom::object> m_object;
};

class Array
{
public:
    class Iterator
    {
    public:
        explicit Iterator(simdjson::dom::array::iterator at) : m_at(at) {}
        Value operator*() const { return Value(*m_at); }
        Iterator& operator++()
        {
            ++m_at;
            return *this;
        }
        bool operator!=(const Iterator& other) const { return m_at != other.m_at; }

    private:
        simdjson::dom::array::iterator m_at;
    };

    Array() = default;
    explicit Array(simdjson::dom::array array) : m_array(array) {}
    Iterator begin() const { return Iterator(m_array ? m_array->begin() : simdjson::dom::array::iterator()); }
    Iterator end() const { return Iterator(m_array ? m_array->end() : simdjson::dom::array::iterator()); }
    std::size_t size() const { return m_array ? m_array->size() : 0; }
    bool isEmpty() const { return size() == 0; }

private:
    std::optional<simdjson::dom::array> m_array;
};

/// Parses one record at a time and keeps it until the next. Texts of Values point into the parser's own memory, never
/// into the input. One parser serves one thread.
class Parser
{
public:
    /// `padding` bytes behind `text` must be readable. Malformed with simdjson's reason otherwise.
    Result<Value> parse(std::string_view text);
    /// The same for a text without readable bytes behind it: it is copied.
    Result<Value> parseCopy(std::string_view text);

private:
    Result<Value> read(std::string_view text, bool copies);

    simdjson::dom::parser m_parser;
};

/// `text` as a JSON string with quotes, appended to `into`. Ill-formed UTF-8 passes through.
void appendQuoted(std::string& into, std::string_view text);

} // namespace plumbline::json
