// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "model/core/error.h"
#include "model/core/price_overrides.h"

namespace plumbline {

/// Reads LiteLLM's `model_prices_and_context_window.json` (github.com/BerriAI/litellm): models by name, dollars per
/// **token**. Taken are those that are billed by tokens and cost something; a region's own entry on Bedrock and
/// commitments are left out, since a log does not show which of them applied. Of two entries for a model the first
/// counts. Malformed: names the entry.
Result<PriceOverrides> overridesFromLiteLlm(std::string_view text);

/// Reads Langfuse's `default-model-prices.json` (github.com/langfuse/langfuse), or a list of models in that shape:
/// patterns, dollars per **token** by usage key, tiers by service tier and by size of the input. Taken are those with
/// a price of input. Malformed: names the entry.
Result<PriceOverrides> overridesFromLangfuse(std::string_view text);

/// Reads LangSmith's `GET /api/v1/model-price-map`: patterns, dollars per **token** as decimal texts, since when they
/// hold. A workspace's own prices, such as those of a contract, come before LangSmith's. Malformed: names the entry.
Result<PriceOverrides> overridesFromLangSmith(std::string_view text);

/// Reads a list of whoever wrote it; our own as overridesFromJson does.
Result<PriceOverrides> overridesFrom(PriceList list, std::string_view text);

} // namespace plumbline
