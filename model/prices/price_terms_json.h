// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/prices/price_json.h"
#include "model/prices/priced_model.h"

namespace plumbline {

/// `input`, `output`, `cache_read`, `cache_write_5m`, `cache_write_1h`, `audio_input`, in dollars per million tokens;
/// `web_search_per_1k`; `long_context` with `over_tokens` and the same prices. Not the tiers. Malformed without
/// `input`.
Result<PriceTerms> readTerms(const JsonFields& fields);

/// `batch`, `flex`, `priority`, `fast`: a factor, or one each for `input`, `output` and `cache_read`.
/// A tier that is not stated keeps its factor in `inherited`.
Result<TierFactors> readTiers(const JsonFields& fields, TierFactors inherited);

/// Adds to `object` what readTerms and readTiers read.
void writeTerms(nlohmann::json& object, const PriceTerms& terms);

} // namespace plumbline
