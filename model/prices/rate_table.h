// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "model/prices/priced_model.h"

namespace plumbline {

/// All rates of a price row, computed once: a call then only looks its rates up.
///
/// A rate is list price × tier × geography × discount, rounded half-even to whole picodollars a token, once. What a
/// provider does not list: a cache read or write costs what input costs, a write for an hour twice the input with
/// Claude models (Anthropic's documented factor) and what other writes cost elsewhere, audio what text costs, output
/// nothing (embeddings). A tier without a price of its own is billed as standard. Long context and tier multiply
/// (OpenAI's price list).
namespace rate_table {

std::vector<Rates> ratesOf(const PriceRow& row, const PricedModel& model);

/// Where `ratesOf` puts them. `geography` counts from 1, 0 is none that costs extra.
constexpr std::size_t indexOf(ServiceTier tier, bool isLongContext, std::size_t geography)
{
    return (geography * 2 + (isLongContext ? 1 : 0)) * serviceTierCount + static_cast<std::size_t>(tier);
}

/// The factor of a tier. Fast is OpenAI's other word for priority: where a model has no fast mode, priority counts.
const std::optional<TierFactor>& factorOf(const TierFactors& tiers, ServiceTier tier);

/// 0, or the place of the geography's factor from 1 on.
std::size_t geographyIndex(const PricedModel& model, std::string_view geography);

} // namespace rate_table

} // namespace plumbline
