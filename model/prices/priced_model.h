// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/price_terms.h"
#include "model/core/time.h"
#include "model/core/usage.h"
#include "model/prices/match_rule.h"
#include "model/prices/rates.h"

namespace plumbline {

/// Hours of every day (UTC) in minutes since midnight, half-open; one that ends before it begins spans midnight.
struct DailyWindow
{
    int begin = 0;
    int end = 0;

    bool operator==(const DailyWindow&) const = default;
    bool contains(Timestamp time) const;
};

/// The price of a model from some moment on.
struct PriceRow
{
    std::optional<Timestamp> validFrom = {}; ///< empty: ever since
    std::optional<DailyWindow> window = {};
    PriceTerms terms = {};
    Ratio discount = {};           ///< what the user pays of everything in this row
    bool hasNoPrice = false;       ///< an override ran out, and nothing was known before it
    bool isOverride = false;       ///< the user's
    std::string source = {};       ///< empty: the provider's
    int id = -1;                   ///< given by the book
    std::vector<Rates> rates = {}; ///< computed by the book, addressed by rate_table::indexOf
};

/// Where inference runs, if the provider charges for the choice.
struct Geography
{
    std::string name; ///< as the provider's response states it: `us`, `eu`
    Ratio factor = {};
};

/// A model somebody sells, with its prices in order of time.
struct PricedModel
{
    std::string id;
    std::string name = {};
    std::string provider = {}; ///< canonical; empty in an override for everybody's model
    MatchRule match = {};
    std::optional<TokenCount> contextWindow = {};
    std::optional<TokenCount> maxOutput = {};
    std::optional<TokenCount> promptCacheMinTokens = {}; ///< a shorter prefix is not cached
    bool isDeprecated = false;
    std::optional<std::int32_t> deprecatedOn = {}; ///< day number
    std::vector<Geography> geographies = {};
    std::string note = {};
    std::vector<PriceRow> rows = {};
};

/// The row in force at `start`: the last that has begun and whose hours contain it. A call before the first row takes
/// the earliest whose hours fit: a model is not free before somebody wrote its price down. Null if no row fits the
/// hour.
const PriceRow* rowAt(const std::vector<PriceRow>& rows, Timestamp start);

/// Makes `time` the first moment of rows of their own, so that what follows can change without what precedes.
void splitRowsAt(std::vector<PriceRow>& rows, Timestamp time);

} // namespace plumbline
