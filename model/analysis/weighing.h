// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/analysis/calibration.h"
#include "model/core/span.h"

namespace plumbline::analysis {

/// Tokens of a block, from its packed text counters, as a model's weights count them.
double tokensOfBlock(const ModelWeights& weights, BlockKind kind, std::string_view counters);
/// The same of a text that was never stored.
double tokensOfText(const ModelWeights& weights, std::string_view text);

/// What of a text stays from call to call.
struct StableText
{
    std::uint64_t digest = 0;     ///< of all but times, UUIDs and large numbers
    std::uint32_t volatileAt = 0; ///< byte at which the first of those begins
};
/// From the packed facts of a text; nothing if all of it stays.
std::optional<StableText> stableTextFrom(std::string_view facts);

} // namespace plumbline::analysis
