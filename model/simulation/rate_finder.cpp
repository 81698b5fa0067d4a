// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/rate_finder.h"

#include <algorithm>

#include "model/core/time.h"

namespace plumbline::simulation {

namespace {

constexpr std::int64_t microsecondsPerMinute = 60'000'000;

/// From how many tokens on the dearest prices of any of its rows hold; 0: none has such.
TokenCount longFrom(const PricedModel& model)
{
    TokenCount from = 0;
    for (const PriceRow& row : model.rows)
        if (row.terms.longContext)
            from = from ? std::min(from, row.terms.longContext->over) : row.terms.longContext->over;
    return from;
}

bool hasHours(const PricedModel& model)
{
    return std::any_of(model.rows.begin(), model.rows.end(), [](const PriceRow& row) { return row.window; });
}

} // namespace

std::uint32_t RateFinder::find(std::uint32_t model, std::int64_t started, ServiceTier tier, std::uint32_t input)
{
    const PricedModel* const priced = m_state.model(model).priced;
    if (!priced || !m_world.book)
        return none;
    const TokenCount from = longFrom(*priced);
    // Rows begin with days, but for prices by the hour.
    const std::int64_t step = hasHours(*priced) ? microsecondsPerMinute : microsecondsPerDay;
    const Key key{model, floorDivide(started, step), tier, from > 0 && input > from};
    const auto [known, isNew] = m_known.emplace(key, none);
    if (isNew) {
        const auto price =
            m_world.book->price(*priced, {.start = Timestamp(started), .tier = tier, .totalInput = input});
        if (price && price->isTierPriced)
            known->second = m_state.placeOf(analysis::byBucket(price->rates));
    }
    return known->second;
}

ServiceTier RateFinder::tierOf(std::uint32_t call)
{
    const std::uint32_t model = m_state.modelOf(call), rates = m_state.ratesOf(call);
    const auto [known, isNew] = m_tiers.emplace(std::pair(model, rates), ServiceTier::Standard);
    if (!isNew)
        return known->second;
    for (int tier = 0; tier < serviceTierCount; ++tier) {
        const std::uint32_t place =
            find(model, m_world.calls[call].started, static_cast<ServiceTier>(tier), m_world.calls[call].input());
        if (place != none && m_state.ratesAt(place) == m_state.ratesAt(rates)) {
            known->second = static_cast<ServiceTier>(tier);
            break;
        }
    }
    return known->second;
}

} // namespace plumbline::simulation
