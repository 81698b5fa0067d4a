// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/spend/variance.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>

namespace plumbline::spend {

namespace {

constexpr double picodollarsPerCent = 1e10;

/// What a cell is made of. Of a period without calls it is what it is in the other one: only its share is nothing.
struct Make
{
    double share = 0;  ///< q
    double tokens = 0; ///< T
    std::array<double, billedBuckets> shares = {};
    std::array<double, billedBuckets> prices = {}; ///< cents a token
    bool hasTokens = false;
    std::array<bool, billedBuckets> isPriceKnown = {};
};

/// A feature that is there in both periods.
struct Item
{
    std::array<double, 2> traces = {}, calls = {};
    std::map<std::string, std::array<Make, 2>> models = {};
};

using Sides = std::array<const VarianceSide*, 2>;

Make makeOf(const VarianceCell& cell, double callsOfFeature)
{
    Make make{.share = static_cast<double>(cell.calls) / callsOfFeature};
    const auto all = static_cast<double>(std::accumulate(cell.tokens.begin(), cell.tokens.end(), TokenCount{0}));
    if (cell.calls == 0 || all == 0)
        return make;
    make.hasTokens = true;
    make.tokens = all / static_cast<double>(cell.calls);
    double list = 0;
    for (const MoneySum& of : cell.list)
        list += of.dollars();
    const double cost = cell.cost.dollars();
    for (std::size_t bucket = 0; bucket < billedBuckets; ++bucket) {
        const auto tokens = static_cast<double>(cell.tokens[bucket]);
        make.shares[bucket] = tokens / all;
        make.isPriceKnown[bucket] = tokens > 0;
        // Fees and roundings are spread over the tokens, in proportion to what these cost.
        if (tokens > 0)
            make.prices[bucket] = 100 * (list > 0 ? cell.list[bucket].dollars() / tokens * (cost / list) : cost / all);
    }
    return make;
}

/// What one period does not tell is taken from the other.
void completeBoth(std::array<Make, 2>& both)
{
    for (int side = 0; side < 2; ++side) {
        Make& make = both[static_cast<std::size_t>(side)];
        const Make& other = both[static_cast<std::size_t>(1 - side)];
        if (!make.hasTokens && other.hasTokens) {
            // Calls whose usage is missing have none; of calls that are not there nothing is known.
            if (make.share == 0)
                make.tokens = other.tokens;
            make.shares = other.shares;
            make.prices = other.prices;
            continue;
        }
        for (std::size_t bucket = 0; bucket < billedBuckets; ++bucket)
            if (!make.isPriceKnown[bucket] && other.isPriceKnown[bucket])
                make.prices[bucket] = other.prices[bucket];
    }
}

/// Spend with each factor as it is before (0) or after (1), in cents.
class Formula
{
public:
    void add(Item item) { m_items.push_back(std::move(item)); }
    void finish()
    {
        for (std::size_t side = 0; side < 2; ++side)
            for (const Item& item : m_items)
                m_traces[side] += item.traces[side];
    }

    double spend(unsigned changed) const
    {
        const auto side = [&](Factor factor) -> std::size_t { return changed >> static_cast<unsigned>(factor) & 1; };
        double sum = 0;
        for (const Item& item : m_items) {
            const std::size_t mix = side(Factor::FeatureMix), calls = side(Factor::CallsPerTrace);
            double models = 0;
            for (const auto& [name, make] : item.models) {
                double rate = 0;
                for (std::size_t bucket = 0; bucket < billedBuckets; ++bucket)
                    rate += make[side(Factor::CacheShare)].shares[bucket] * make[side(Factor::Price)].prices[bucket];
                models += make[side(Factor::ModelMix)].share * make[side(Factor::TokensPerCall)].tokens * rate;
            }
            sum += item.traces[mix] / m_traces[mix] * (item.calls[calls] / item.traces[calls]) * models;
        }
        return m_items.empty() ? 0 : m_traces[side(Factor::Volume)] * sum;
    }

private:
    std::vector<Item> m_items;
    std::array<double, 2> m_traces = {};
};

std::array<double, factorCount> shapley(const Formula& formula)
{
    constexpr unsigned subsets = 1U << factorCount;
    std::array<double, subsets> spend{};
    for (unsigned subset = 0; subset < subsets; ++subset)
        spend[subset] = formula.spend(subset);
    std::array<double, factorCount + 1> factorial{1};
    for (std::size_t i = 1; i <= factorCount; ++i)
        factorial[i] = factorial[i - 1] * static_cast<double>(i);
    std::array<double, factorCount> effects{};
    for (unsigned factor = 0; factor < factorCount; ++factor)
        for (unsigned subset = 0; subset < subsets; ++subset) {
            if (subset >> factor & 1)
                continue;
            const auto size = static_cast<std::size_t>(std::popcount(subset));
            const double weight = factorial[size] * factorial[factorCount - size - 1] / factorial[factorCount];
            effects[factor] += weight * (spend[subset | 1U << factor] - spend[subset]);
        }
    return effects;
}

std::array<double, factorCount> sequential(const Formula& formula)
{
    std::array<double, factorCount> effects{};
    unsigned changed = 0;
    for (unsigned factor = 0; factor < factorCount; ++factor) {
        const double before = formula.spend(changed);
        changed |= 1U << factor;
        effects[factor] = formula.spend(changed) - before;
    }
    return effects;
}

double centsExactly(MoneySum sum)
{
    return static_cast<double>(sum.picodollars()) / picodollarsPerCent;
}

} // namespace

const char* titleOf(Factor factor)
{
    constexpr const char* titles[] = {"Volume",          "Feature mix", "Calls per trace", "Model mix",
                                      "Tokens per call", "Cache share", "Prices"};
    return titles[static_cast<std::size_t>(factor)];
}

std::string_view idOf(Factor factor)
{
    constexpr std::string_view ids[] = {"volume",      "feature-mix", "calls-per-trace", "model-mix", "tokens-per-call",
                                        "cache-share", "price"};
    return ids[static_cast<std::size_t>(factor)];
}

std::vector<std::int64_t> apportioned(const std::vector<double>& parts, std::int64_t total)
{
    std::vector<std::int64_t> whole;
    std::int64_t left = total;
    for (const double part : parts) {
        whole.push_back(static_cast<std::int64_t>(std::floor(part)));
        left -= whole.back();
    }
    if (parts.empty())
        return whole;
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto remainder = [&](std::size_t i) { return parts[i] - std::floor(parts[i]); };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return remainder(a) > remainder(b); });
    const auto count = static_cast<std::int64_t>(order.size());
    for (std::int64_t i = 0; i < count; ++i) {
        // As many to each as there are, and one more to the first.
        const std::int64_t share = (left - (left % count + count) % count) / count;
        whole[order[static_cast<std::size_t>(i)]] += share + (i < left - share * count);
    }
    return whole;
}

Variance varianceOf(const VarianceSide& before, const VarianceSide& after, VarianceMethod method)
{
    struct Feature
    {
        Item item;
        std::array<MoneySum, 2> cost = {};
        std::array<bool, 2> isThere = {};
    };
    std::map<std::string, Feature> features;
    const Sides sides{&before, &after};
    for (std::size_t side = 0; side < 2; ++side) {
        for (const auto& [name, traces] : sides[side]->traces)
            features[name].item.traces[side] = static_cast<double>(traces);
        for (const VarianceCell& cell : sides[side]->cells) {
            Feature& feature = features[cell.feature];
            feature.item.calls[side] += static_cast<double>(cell.calls);
            feature.cost[side] += cell.cost;
            feature.isThere[side] = feature.isThere[side] || cell.calls > 0;
        }
        for (const VarianceCell& cell : sides[side]->cells)
            if (cell.calls > 0)
                features[cell.feature].item.models[cell.model][side] =
                    makeOf(cell, features[cell.feature].item.calls[side]);
    }
    Formula formula;
    Variance variance;
    MoneySum total[2], newItems, retired;
    for (auto& [name, feature] : features) {
        total[0] += feature.cost[0];
        total[1] += feature.cost[1];
        if (!feature.isThere[0]) {
            newItems += feature.cost[1];
            continue;
        }
        if (!feature.isThere[1]) {
            retired += feature.cost[0];
            continue;
        }
        for (auto& [model, make] : feature.item.models)
            completeBoth(make);
        if (feature.item.traces[0] > 0 && feature.item.traces[1] > 0)
            formula.add(feature.item);
    }
    formula.finish();
    const auto effects = method == VarianceMethod::Shapley ? shapley(formula) : sequential(formula);
    std::vector<double> parts(effects.begin(), effects.end());
    // What the formula does not see: fees of calls without tokens, features without traces.
    const double continuing = centsExactly(total[1] - newItems) - centsExactly(total[0] - retired);
    parts[static_cast<std::size_t>(Factor::Price)] += continuing - std::accumulate(effects.begin(), effects.end(), 0.0);
    parts.push_back(centsExactly(newItems));
    parts.push_back(-centsExactly(retired));
    variance.before = centsOf(total[0]);
    variance.after = centsOf(total[1]);
    const std::vector<std::int64_t> cents = apportioned(parts, variance.after - variance.before);
    std::copy_n(cents.begin(), factorCount, variance.factors.begin());
    variance.newItems = cents[factorCount];
    variance.retired = cents[factorCount + 1];
    return variance;
}

} // namespace plumbline::spend
