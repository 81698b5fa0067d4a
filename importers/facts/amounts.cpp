// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/facts/amounts.h"

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
    const std::string_view text = value.text();
    if (!text.empty()) {
        const auto amount = moneyFromDecimal(text);
        return amount && amount->picodollars() >= 0 ? std::optional<Money>(*amount) : std::nullopt;
    }
    const auto number = value.number();
    if (!number || *number < 0)
        return {};
    const auto amount = moneyFromDollars(*number);
    return amount ? std::optional<Money>(*amount) : std::nullopt;
}

} // namespace plumbline::facts
