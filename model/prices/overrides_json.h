// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/core/error.h"
#include "model/core/price_overrides.h"

namespace plumbline {

/// `{"prices": [{"model" | "pattern" | "regex", "provider", "valid_from", "valid_until", "input", …, "batch", …,
/// "context_window", "source"}], "discounts": [{"model", "provider", "percent", "valid_from", "valid_until"}]}`.
/// Prices are decimal dollars per million tokens. Malformed: names the entry (from 1).
Result<PriceOverrides> overridesFromJson(std::string_view text);

/// Indented JSON that overridesFromJson reads to the same value.
std::string toJson(const PriceOverrides& overrides);

} // namespace plumbline
