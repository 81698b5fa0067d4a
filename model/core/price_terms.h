// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>

#include "model/core/money.h"
#include "model/core/ratio.h"
#include "model/core/service_tier.h"
#include "model/core/usage.h"

namespace plumbline {

/// Prices as a provider lists them: dollars per **million** tokens. An empty one is not listed;
/// model/prices/rate_table.h says what holds then.
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

} // namespace plumbline
