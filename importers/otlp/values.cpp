// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/otlp/values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "model/core/ascii.h"

namespace plumbline::otlp {

namespace {

constexpr int deepestValue = 64;

constexpr std::string_view scalarNames[] = {"stringValue", "intValue", "doubleValue", "boolValue"};

std::string snakeCase(std::string_view camelName)
{
    std::string name;
    for (const char c : camelName) {
        if (isCapital(c))
            name.push_back('_');
        name.push_back(lowerCase(c));
    }
    return name;
}

/// The bytes of base64 of either alphabet, as hexadecimal; empty if it is none.
std::string hexOfBase64(std::string_view text)
{
    constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    unsigned bits = 0;
    unsigned count = 0;
    while (text.ends_with('='))
        text.remove_suffix(1);
    for (const char c : text) {
        unsigned six = 0;
        if (c >= 'A' && c <= 'Z')
            six = static_cast<unsigned>(c - 'A');
        else if (c >= 'a' && c <= 'z')
            six = static_cast<unsigned>(c - 'a') + 26;
        else if (c >= '0' && c <= '9')
            six = static_cast<unsigned>(c - '0') + 52;
        else if (c == '+' || c == '-')
            six = 62;
        else if (c == '/' || c == '_')
            six = 63;
        else
            return {};
        bits = (bits << 6U) | six;
        count += 6;
        if (count >= 8) {
            count -= 8;
            const unsigned byte = (bits >> count) & 255U;
            hex.push_back(digits[byte >> 4U]);
            hex.push_back(digits[byte & 15U]);
        }
    }
    return hex;
}

/// `arrayValue` and `kvlistValue` hold their elements under `values`.
json::Value elementsOf(json::Value structured)
{
    return structured.isArray() ? structured : structured["values"];
}

} // namespace

json::Value member(json::Object object, std::string_view camelName)
{
    const json::Value value = object[camelName];
    return value.exists() ? value : object[snakeCase(camelName)];
}

std::string idText(json::Value id, std::size_t bytes)
{
    const std::string_view text = id.text();
    std::string hex;
    if (text.size() == bytes * 2 && std::all_of(text.begin(), text.end(), isHexDigit)) {
        hex = lowerCase(text);
    } else if (text.size() == (bytes + 2) / 3 * 4) {
        hex = hexOfBase64(text);
    }
    return hex.size() == bytes * 2 && hex.find_first_not_of('0') != std::string::npos ? hex : std::string();
}

std::optional<Timestamp> timeOf(json::Value nanoseconds)
{
    // Beyond 2200 is no time of a call.
    constexpr std::int64_t latest = 7'258'118'400'000'000;
    std::optional<std::int64_t> count;
    if (nanoseconds.isNumber() && !nanoseconds.integer()) {
        // A double above 2^53: some exporters multiply milliseconds.
        if (const auto number = nanoseconds.number(); number && *number > 0 && *number < 9e18)
            count = static_cast<std::int64_t>(*number);
    } else {
        count = nanoseconds.integer();
    }
    if (!count || *count <= 0 || *count / 1000 > latest)
        return {};
    return Timestamp(*count / 1000);
}

std::optional<Timestamp> later(std::optional<Timestamp> time, double milliseconds)
{
    constexpr double year = 366.0 * 86'400'000;
    if (!time || !std::isfinite(milliseconds) || std::abs(milliseconds) > year)
        return {};
    const Timestamp moved(time->microseconds() + static_cast<std::int64_t>(milliseconds * 1000));
    return moved.microseconds() > 0 ? std::optional(moved) : std::nullopt;
}

json::Value scalarOf(json::Value anyValue)
{
    if (!anyValue.isObject())
        return anyValue.isArray() || anyValue.isNull() ? json::Value() : anyValue;
    for (const auto [key, value] : anyValue.object()) {
        for (const std::string_view name : scalarNames)
            if (key == name && !value.isNull())
                return value;
        if (key == "string_value" || key == "int_value" || key == "double_value" || key == "bool_value")
            return value;
    }
    return {};
}

bool isStructured(json::Value anyValue)
{
    const json::Object object = anyValue.object();
    return member(object, "arrayValue").exists() || member(object, "kvlistValue").exists();
}

void appendPlain(std::string& into, json::Value anyValue, int depth)
{
    if (depth > deepestValue || !anyValue.isObject()) {
        if (depth > deepestValue)
            into += "null";
        else
            anyValue.appendCompact(into);
        return;
    }
    const json::Object object = anyValue.object();
    if (const json::Value list = member(object, "arrayValue"); list.exists()) {
        char separator = '[';
        for (const json::Value element : elementsOf(list).array()) {
            into.push_back(std::exchange(separator, ','));
            appendPlain(into, element, depth + 1);
        }
        into += separator == '[' ? "[]" : "]";
    } else if (const json::Value map = member(object, "kvlistValue"); map.exists()) {
        char separator = '{';
        for (const json::Value pair : elementsOf(map).array()) {
            into.push_back(std::exchange(separator, ','));
            json::appendQuoted(into, pair["key"].text());
            into.push_back(':');
            appendPlain(into, pair["value"], depth + 1);
        }
        into += separator == '{' ? "{}" : "}";
    } else if (const json::Value bytes = member(object, "bytesValue"); bytes.exists()) {
        json::appendQuoted(into, bytes.text());
    } else if (const json::Value whole = member(object, "intValue"); whole.isString() && whole.integer()) {
        into += std::to_string(*whole.integer());
    } else {
        scalarOf(anyValue).appendCompact(into);
    }
}

} // namespace plumbline::otlp
