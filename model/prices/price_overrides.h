// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/error.h"
#include "model/core/time.h"
#include "model/prices/match_rule.h"
#include "model/prices/priced_model.h"

namespace plumbline {

/// A price the user knows better. `model` that is the id of a model of the book changes that model with all its
/// spellings; any other name, and every pattern, is a model of its own, and is asked before
/// the book unless that knows a fuller spelling of the name.
struct PriceOverride
{
    MatchRule::Kind match = MatchRule::Kind::Equals; ///< or Glob, Regex
    std::string model = {};
    std::string provider = {};                ///< as anybody spells it; empty: whoever sells it
    std::optional<Timestamp> validFrom = {};  ///< empty: ever since
    std::optional<Timestamp> validUntil = {}; ///< exclusive; then the book's price holds again
    PriceTerms terms = {};                    ///< tiers and search fee that are empty are the book's
    std::optional<TokenCount> contextWindow = {};
    std::string source = {};

    bool operator==(const PriceOverride&) const = default;
};

/// A discount off everything, overrides included. Of several that fit a row the last counts.
struct Discount
{
    std::string model = {};    ///< a glob on the ids of models, such as `*claude-*`; empty: all
    std::string provider = {}; ///< empty: all
    Ratio paid = {};           ///< what is left to pay: 0.9 after 10 percent
    std::optional<Timestamp> validFrom = {};
    std::optional<Timestamp> validUntil = {};

    bool operator==(const Discount&) const = default;
};

/// What the user changed about the price book.
struct PriceOverrides
{
    std::vector<PriceOverride> prices = {};
    std::vector<Discount> discounts = {};

    bool operator==(const PriceOverrides&) const = default;
    bool isEmpty() const { return prices.empty() && discounts.empty(); }
};

/// `{"prices": [{"model" | "pattern" | "regex", "provider", "valid_from", "valid_until", "input", …, "batch", …,
/// "context_window", "source"}], "discounts": [{"model", "provider", "percent", "valid_from", "valid_until"}]}`.
/// Prices are decimal dollars per million tokens. Malformed: names the entry (from 1).
Result<PriceOverrides> overridesFromJson(std::string_view text);

/// Indented JSON that overridesFromJson reads to the same value.
std::string toJson(const PriceOverrides& overrides);

} // namespace plumbline
