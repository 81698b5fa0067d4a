// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/csv.h"

#include <charconv>

namespace plumbline {

namespace {

bool isNumber(std::string_view text)
{
    double value = 0;
    const std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size();
}

/// What begins so is run, unless it is a number.
bool looksLikeFormula(std::string_view text)
{
    return !text.empty() && std::string_view("=+-@\t").find(text[0]) != std::string_view::npos && !isNumber(text);
}

} // namespace

std::string csvField(std::string_view text)
{
    std::string field = (looksLikeFormula(text) ? "'" : "") + std::string(text);
    if (field.find_first_of(",\"\n\r") == std::string::npos)
        return field;
    std::string quoted = "\"";
    for (const char letter : field)
        quoted.append(letter == '"' ? 2 : 1, letter);
    return quoted + '"';
}

} // namespace plumbline
