// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/money.h"
#include "model/core/time.h"
#include "model/core/usage.h"
#include "model/prices/match_rule.h"
#include "model/prices/rates.h"
#include "model/prices/ratio.h"
#include "model/prices/service_tier.h"

namespace plumbline {

/// Prices as a provider lists them: dollars per **million** tokens. An empty one is not listed; rate_table.h says what
/// holds then.
struct ListPrices
{
    std::optional<Money> input = {};
    std::optional<Money> output = {};
    std::optional<Money> cacheRead = {};
    std::optional<Money> cacheWrite5m = {};
    std::optional<Money> cacheWrite1h = {};
    std::optional<Money> audioInput = {};

    bool operator==(const ListPrices&) const = default;
};

/// Prices of a request with more input than `over` tokens: all of its tokens, not those above alone.
struct LongContext
{
    TokenCount over = 0;
    ListPrices prices = {};

    bool operator==(const LongContext&) const = default;
};

/// What a tier makes of the standard prices. Cache writes and audio go with the input.
struct TierFactor
{
    Ratio input = {};
    Ratio output = {};
    Ratio cacheRead = {};

    bool operator==(const TierFactor&) const = default;
};

/// Empty: not offered, or no public price.
using TierFactors = std::array<std::optional<TierFactor>, serviceTierCount>;

/// Everything that decides a price but time.
struct PriceTerms
{
    ListPrices prices = {};
    std::optional<LongContext> longContext = {};
    TierFactors tiers = {};
    std::optional<Money> webSearchPerThousand = {};

    bool operator==(const PriceTerms&) const = default;
};

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
