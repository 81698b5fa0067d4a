// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "model/core/error.h"
#include "model/core/price_overrides.h"
#include "model/prices/priced_model.h"

namespace plumbline {

class PriceBook;

/// The models of `book` with the overrides worked in, the user's own ones first. Overrides in order, then discounts.
/// Malformed: a pattern is no regular expression.
Result<std::vector<PricedModel>> modelsWith(const PriceOverrides& overrides, const PriceBook& book);

} // namespace plumbline
