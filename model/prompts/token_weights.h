// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

#include "model/prompts/text_counters.h"

namespace plumbline {

/// What one of each text counter weighs in tokens of some vocabulary, in the order of TextCounter.
using TokenWeights = std::array<double, textCounterCount>;

/// The public vocabulary that is nearest to a model's, by its name: `o200k`, `cl100k`, `claude`, `gemini`, `llama3`,
/// `deepseek-v3`, `qwen3`. Vendors that publish none are calibrated from there.
std::string_view tokenizerFamilyOf(std::string_view model);
/// Fitted weights of a family; those of `o200k` for an unknown one.
const TokenWeights& weightsOf(std::string_view family);

/// A counter as its weight counts it.
inline double counterValue(const TextCounters& counters, std::size_t counter)
{
    const double scale = counter == static_cast<std::size_t>(TextCounter::BlankSixteenth) ? 1.0 / 16 : 1;
    return scale * counters.values[counter];
}

/// weights · counters: tokens, before anybody calibrated them.
double tokensBy(const TokenWeights& weights, const TextCounters& counters);

} // namespace plumbline
