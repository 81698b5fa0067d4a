// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/core/money.h"
#include "model/core/usage.h"

namespace plumbline {

/// What one token costs, after discount, tier, geography and long context: whole picodollars, rounded already.
struct Rates
{
    Money input = {};
    Money output = {};
    Money cacheRead = {};
    Money cacheWrite5m = {};
    Money cacheWrite1h = {};
    Money audioInput = {};
    std::optional<Money> webSearch = {}; ///< per search; empty: no fee is known

    bool operator==(const Rates&) const = default;
};

enum class CostBucket : std::uint8_t
{
    UncachedInput,
    AudioInput,
    CacheRead,
    CacheWrite5m,
    CacheWrite1h,
    VisibleOutput,
    Reasoning,
    WebSearch,
};

/// `uncached input`, `reasoning`, …
std::string_view describe(CostBucket bucket);

/// One step of *Explain cost*: `quantity` tokens (or searches) at `rate`.
struct CostLine
{
    CostBucket bucket = CostBucket::UncachedInput;
    TokenCount quantity = 0;
    Money rate = {};
    Money cost = {};

    bool operator==(const CostLine&) const = default;
};

/// The buckets that are known and not empty; their costs add up to costOf exactly. Audio is taken out of the uncached
/// input it is part of. Searches without a known fee have no line. Empty beyond nine million dollars.
std::optional<std::vector<CostLine>> costLines(const Usage& usage, const Rates& rates);

/// Each known bucket times its rate. Empty, which is unknown and not zero: no input bucket is known, or the cost is
/// beyond nine million dollars.
std::optional<Money> costOf(const Usage& usage, const Rates& rates);

} // namespace plumbline
