// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>
#include <utility>

#include "model/core/usage.h"

namespace plumbline {

/// What a source says about whether its input holds the cached tokens, where the key names do not tell.
enum class CacheConvention : std::uint8_t
{
    Disjoint,  ///< Langfuse's contract, Anthropic, Bedrock
    Inclusive, ///< OpenAI, OTel, LiteLLM's callback
};

/// What helps to read a usage map.
struct UsageContext
{
    CacheConvention convention = CacheConvention::Disjoint;
    bool isEmbedding = false;           ///< output is 0 by its nature
    bool totalMayHoldReasoning = false; ///< Gemini: a total above input + output is thinking that the buckets omit
};

struct UsageBuckets
{
    Usage usage = {};
    UsageRule rule = UsageRule::None;
    bool operator==(const UsageBuckets&) const = default;
};

/// Converts a source's usage map to disjoint buckets. `reported` names are the source's own, nested ones joined by dots
/// (`prompt_tokens_details.cached_tokens`); unknown names are left out. The total decides which parts lie inside
/// others: of all readings that add up to it, the one nearest to the source's convention is taken; a part larger than
/// its whole is outside for certain. A map of nothing but zeros is unknown. Sources: the usage objects of OpenAI,
/// Anthropic and Google's API references; Langfuse's usage_details contract.
UsageBuckets bucketsFrom(std::span<const std::pair<std::string_view, TokenCount>> reported,
                         const UsageContext& context);

} // namespace plumbline
