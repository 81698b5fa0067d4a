// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/core/price_terms.h"
#include "model/core/time.h"

namespace plumbline {

/// Which names an override's `model` means.
enum class NameMatch
{
    Equals,
    Glob,  ///< `*` is any text and `#` one digit
    Regex, ///< ECMAScript, the whole name
};

/// A price the user knows better. `model` that is the id of a model of the book changes that model with all its
/// spellings; any other name, and every pattern, is a model of its own, and is asked before the book unless that knows
/// a fuller spelling of the name.
struct PriceOverride
{
    NameMatch match = NameMatch::Equals;
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
    std::string apiKey = {};   ///< its alias or id, as traces name it, never the key; empty: all
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

/// The aliases and ids of API keys that some discount is for, each once.
std::vector<std::string> apiKeysOf(const PriceOverrides& overrides);
/// What holds for the calls of one key: discounts of other keys are gone, those of this one are for all.
PriceOverrides forApiKey(PriceOverrides overrides, const std::string& apiKey);

/// Who wrote a list of prices.
enum class PriceList
{
    Plumbline,
    LiteLlm,
    Langfuse,
    LangSmith,
};

/// `own` with what a list says. The user's prices stand after the list's and so above them; what an earlier list of
/// the same source said goes.
PriceOverrides withList(const PriceOverrides& own, PriceOverrides list);

} // namespace plumbline
