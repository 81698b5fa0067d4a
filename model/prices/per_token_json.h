// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/prices/price_json.h"
#include "model/prices/priced_model.h"

namespace plumbline {

/// A price in dollars per token (`2.5e-06`) as one per million tokens, exactly. Malformed: not a price.
Result<std::optional<Money>> perTokenPrice(const JsonFields& fields, const char* key);

/// What a tier makes of the standard prices, given both as prices. Empty without an input price to compare, or if no
/// exact factor within Ratio's bounds leads from one to the other.
std::optional<TierFactor> tierFactor(const ListPrices& tier, const ListPrices& standard);

} // namespace plumbline
