// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/facts/amounts.h"

#include <algorithm>
#include <string>

#include "model/core/ascii.h"

namespace plumbline::facts {

namespace {

constexpr TokenCount mostTokens = 4'000'000'000;

} // namespace

std::optional<TokenCount> tokenCount(json::Value value)
{
    if (value.isNull() || value.isBool())
        return {};
    const auto tokens = value.integer();
    return tokens && *tokens >= 0 && *tokens <= mostTokens ? tokens : std::nullopt;
}

std::optional<Money> money(json::Value value)
{
    const auto amount = signedMoney(value);
    return amount && amount->picodollars() >= 0 ? amount : std::nullopt;
}

std::optional<Money> signedMoney(json::Value value)
{
    const std::string_view text = value.text();
    const auto number = text.empty() ? value.number() : std::nullopt;
    if (text.empty() && !number)
        return {};
    const auto amount = number ? moneyFromDollars(*number) : moneyFromDecimal(text);
    return amount ? std::optional<Money>(*amount) : std::nullopt;
}

std::optional<Money> writtenMoney(std::string_view text)
{
    constexpr std::string_view minus = "\xE2\x88\x92"; // U+2212
    std::string marks;                                 // digits and what parts them
    for (const char c : text)
        if (isDigit(c) || c == '.' || c == ',')
            marks += c;
    const std::size_t dots = static_cast<std::size_t>(std::count(marks.begin(), marks.end(), '.'));
    const std::size_t commas = static_cast<std::size_t>(std::count(marks.begin(), marks.end(), ','));
    const std::size_t last = marks.find_last_of(".,");
    std::size_t decimal = last; // where the cents begin, if anywhere
    if (last != std::string::npos && (dots == 0 || commas == 0)) {
        // Of one kind: several part thousands, and so does a comma with three digits behind it.
        const bool isThousands = marks[last] == ',' && marks.size() - last == 4 && last > 0 && marks[0] != '0';
        if (dots + commas > 1 || isThousands)
            decimal = std::string::npos;
    }
    std::string plain;
    const bool isNegative = text.find('-') != std::string_view::npos || text.find(minus) != std::string_view::npos ||
                            (text.find('(') != std::string_view::npos && text.find(')') != std::string_view::npos);
    if (isNegative)
        plain += '-';
    for (std::size_t at = 0; at < marks.size(); ++at)
        if (isDigit(marks[at]))
            plain += marks[at];
        else if (at == decimal)
            plain += '.';
    const auto amount = moneyFromDecimal(plain);
    return amount ? std::optional<Money>(*amount) : std::nullopt;
}

} // namespace plumbline::facts
