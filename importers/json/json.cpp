// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/json/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "importers/json/mended.h"

namespace plumbline::json {

namespace {

template <class Number>
std::optional<Number> fromText(std::string_view text)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return {};
    return value;
}

std::optional<std::int64_t> wholeNumber(double value)
{
    // Above 2^53 a double no longer tells neighbouring integers apart.
    if (std::isfinite(value) && std::floor(value) == value && std::abs(value) <= 9007199254740992.0)
        return static_cast<std::int64_t>(value);
    return {};
}

/// How many bytes at the beginning of `text` stand in a JSON string as they are. Looks at eight at a time: a byte that
/// does not leaves its top bit set.
std::size_t plainBytes(std::string_view text)
{
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t tops = ones * 0x80;
    const auto isBelow = [](std::uint64_t bytes, std::uint8_t limit) { return (bytes - ones * limit) & ~bytes & tops; };
    std::size_t plain = 0;
    for (std::uint64_t bytes = 0; text.size() - plain >= sizeof bytes; plain += sizeof bytes) {
        std::memcpy(&bytes, text.data() + plain, sizeof bytes);
        if (isBelow(bytes, 0x20) | isBelow(bytes ^ ones * '"', 1) | isBelow(bytes ^ ones * '\\', 1))
            break;
    }
    const auto isPlain = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; };
    while (plain < text.size() && isPlain(text[plain]))
        ++plain;
    return plain;
}

template <class Number>
void appendNumber(std::string& into, Number value)
{
    char digits[40];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
    into.append(digits, end);
}

} // namespace

std::optional<std::int64_t> Value::integer() const
{
    if (!m_exists)
        return {};
    std::int64_t value = 0;
    if (m_element.get_int64().get(value) == simdjson::SUCCESS)
        return value;
    double real = 0;
    if (m_element.get_double().get(real) == simdjson::SUCCESS)
        return wholeNumber(real);
    const std::string_view digits = text();
    if (const auto whole = fromText<std::int64_t>(digits))
        return whole;
    if (const auto decimal = fromText<double>(digits))
        return wholeNumber(*decimal);
    return {};
}

std::optional<double> Value::number() const
{
    if (!m_exists)
        return {};
    double value = 0;
    if (m_element.get_double().get(value) == simdjson::SUCCESS)
        return value;
    return fromText<double>(text());
}

std::optional<bool> Value::boolean() const
{
    bool value = false;
    if (m_exists && m_element.get_bool().get(value) == simdjson::SUCCESS)
        return value;
    const std::string_view word = text();
    if (word == "true" || word == "True")
        return true;
    if (word == "false" || word == "False")
        return false;
    return {};
}

Object Value::object() const
{
    simdjson::dom::object value;
    if (m_exists && m_element.get_object().get(value) == simdjson::SUCCESS)
        return Object(value);
    return {};
}

Array Value::array() const
{
    simdjson::dom::array value;
    if (m_exists && m_element.get_array().get(value) == simdjson::SUCCESS)
        return Array(value);
    return {};
}

Value Value::operator[](std::string_view key) const
{
    return object()[key];
}

Value Object::operator[](std::string_view key) const
{
    Value found;
    if (!m_object)
        return found;
    // Names of one length seldom begin alike: most are told apart without a call.
    const auto end = m_object->end();
    for (auto at = m_object->begin(); at != end; ++at) {
        if (at.key_length() != key.size())
            continue;
        const char* name = at.key_c_str();
        if (key.empty() || (*name == key.front() && std::memcmp(name, key.data(), key.size()) == 0))
            found = Value(at.value());
    }
    return found;
}

void appendQuoted(std::string& into, std::string_view text)
{
    constexpr char hex[] = "0123456789abcdef";
    into.push_back('"');
    for (std::size_t i = 0;;) {
        const std::size_t plain = plainBytes(text.substr(i));
        into.append(text, i, plain);
        i += plain;
        if (i == text.size())
            break;
        const auto c = static_cast<unsigned char>(text[i++]);
        switch (c) {
        case '"':
            into += "\\\"";
            break;
        case '\\':
            into += "\\\\";
            break;
        case '\n':
            into += "\\n";
            break;
        case '\r':
            into += "\\r";
            break;
        case '\t':
            into += "\\t";
            break;
        default:
            into += "\\u00";
            into.push_back(hex[c >> 4]);
            into.push_back(hex[c & 15]);
        }
    }
    into.push_back('"');
}

void Value::appendCompact(std::string& into) const
{
    if (!m_exists) {
        into += "null";
        return;
    }
    switch (m_element.type()) {
    case simdjson::dom::element_type::OBJECT: {
        into.push_back('{');
        bool first = true;
        for (const auto [key, value] : object()) {
            if (!first)
                into.push_back(',');
            first = false;
            appendQuoted(into, key);
            into.push_back(':');
            value.appendCompact(into);
        }
        into.push_back('}');
        return;
    }
    case simdjson::dom::element_type::ARRAY: {
        into.push_back('[');
        bool first = true;
        for (const Value value : array()) {
            if (!first)
                into.push_back(',');
            first = false;
            value.appendCompact(into);
        }
        into.push_back(']');
        return;
    }
    case simdjson::dom::element_type::STRING:
        appendQuoted(into, text());
        return;
    case simdjson::dom::element_type::DOUBLE:
        appendNumber(into, double(m_element));
        return;
    case simdjson::dom::element_type::INT64:
        appendNumber(into, std::int64_t(m_element));
        return;
    case simdjson::dom::element_type::UINT64:
        appendNumber(into, std::uint64_t(m_element));
        return;
    case simdjson::dom::element_type::BOOL:
        into += bool(m_element) ? "true" : "false";
        return;
    case simdjson::dom::element_type::NULL_VALUE:
        into += "null";
        return;
    }
}

Result<Value> Parser::parse(std::string_view text)
{
    return read(text, false);
}

Result<Value> Parser::parseCopy(std::string_view text)
{
    return read(text, true);
}

Result<Value> Parser::read(std::string_view text, bool copies)
{
    simdjson::dom::element element;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    auto error = m_parser.parse(bytes, text.size(), copies).get(element);
    const bool mayBeMended = error == simdjson::NUMBER_ERROR || error == simdjson::STRING_ERROR ||
                             error == simdjson::UTF8_ERROR || error == simdjson::UNESCAPED_CHARS ||
                             error == simdjson::TAPE_ERROR; // for a word that is none of JSON's
    if (mayBeMended)
        error = m_parser.parse(mended(text)).get(element);
    if (error != simdjson::SUCCESS)
        return fail(ErrorKind::Malformed, simdjson::error_message(error));
    return Value(element);
}

} // namespace plumbline::json
