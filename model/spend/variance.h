// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "model/core/money.h"
#include "model/core/usage.h"

/// Why the spend of one period differs from that of another (drains-and-simulation.md §5).
namespace plumbline::spend {

/// What tokens are billed as: uncached input, cache read, cache write, visible output, reasoning.
constexpr std::size_t billedBuckets = 5;

/// A feature's calls to one model in one period.
struct VarianceCell
{
    std::string feature = {}, model = {};
    std::int64_t calls = 0;
    std::array<TokenCount, billedBuckets> tokens = {};
    std::array<MoneySum, billedBuckets> list = {}; ///< of each bucket at its rates
    MoneySum cost = {};                            ///< what was billed: with fees that no token explains
};

/// One period.
struct VarianceSide
{
    std::vector<VarianceCell> cells = {};                          ///< each feature and model once
    std::vector<std::pair<std::string, std::int64_t>> traces = {}; ///< by feature, each once
};

/// Spend = N · Σ_f w_f · c_f · Σ_m q_fm · T_fm · Σ_j s_fmj · p_fmj.
enum class Factor : std::uint8_t
{
    Volume,        ///< N: traces
    FeatureMix,    ///< w: share of traces by feature
    CallsPerTrace, ///< c
    ModelMix,      ///< q: share of calls by model
    TokensPerCall, ///< T
    CacheShare,    ///< s: how tokens divide among buckets
    Price,         ///< p: of a token, fees among it
};
constexpr std::size_t factorCount = 7;
/// English, translated where it is shown: `Tokens per call`.
const char* titleOf(Factor factor);
std::string_view idOf(Factor factor);

enum class VarianceMethod : std::uint8_t
{
    Shapley,    ///< the mean over all orders: symmetric
    Sequential, ///< in the order above: depends on it
};

/// In whole cents, so that they add up as they are printed: before + newItems + retired + Σ factors = after.
struct Variance
{
    std::int64_t before = 0, after = 0;
    std::int64_t newItems = 0, retired = 0; ///< features that were not there before, or no longer are: retired < 0
    std::array<std::int64_t, factorCount> factors = {};
    bool operator==(const Variance&) const = default;
};

/// Cents by largest remainder. A feature without traces or tokens in either period has its whole difference in Price:
/// nothing else explains it.
Variance varianceOf(const VarianceSide& before, const VarianceSide& after, VarianceMethod method);

/// Whole numbers that are as near as can be to `parts` and add up to `total`: by largest remainder.
std::vector<std::int64_t> apportioned(const std::vector<double>& parts, std::int64_t total);

} // namespace plumbline::spend
