// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plumbline {

/// A number of tokens of one call; sums over calls use the same type (2^63 tokens are enough).
using TokenCount = std::int64_t;

/// What a call consumed, in **disjoint** buckets. An empty bucket is unknown, which is not zero.
/// All input = uncached + read + written (5 min and 1 h); all output = visible + reasoning.
struct Usage
{
    std::optional<TokenCount> uncachedInput = {};
    std::optional<TokenCount> cacheRead = {};
    std::optional<TokenCount> cacheWrite5m = {}; ///< also writes without a stated lifetime
    std::optional<TokenCount> cacheWrite1h = {};
    std::optional<TokenCount> visibleOutput = {};
    std::optional<TokenCount> reasoning = {};
    std::optional<TokenCount> audioInput = {};  ///< part of uncachedInput, priced apart where a model does so
    std::optional<TokenCount> webSearches = {}; ///< requests of a server-side search tool, not tokens

    bool operator==(const Usage&) const = default;

    /// Unknown only if no input bucket is known.
    std::optional<TokenCount> input() const { return sum({uncachedInput, cacheRead, cacheWrite5m, cacheWrite1h}); }
    std::optional<TokenCount> cacheWrite() const { return sum({cacheWrite5m, cacheWrite1h}); }
    std::optional<TokenCount> output() const { return sum({visibleOutput, reasoning}); }
    bool isKnown() const { return input().has_value() || output().has_value(); }

private:
    static std::optional<TokenCount> sum(std::initializer_list<std::optional<TokenCount>> buckets)
    {
        std::optional<TokenCount> total;
        for (const auto& bucket : buckets)
            if (bucket)
                total = total.value_or(0) + *bucket;
        return total;
    }
};

/// How the buckets were obtained from what the source said: shown by *Explain cost*.
enum class UsageRule : std::uint8_t
{
    None,               ///< the source gave no usage
    Disjoint,           ///< the source's buckets were disjoint already
    InputIncludedCache, ///< cached tokens were subtracted from the input, since total = input + output
    InputExcludedCache, ///< input taken as it is: it is smaller than the cache, or total = input + cache + output
    OutputIncludedReasoning,
    BothIncluded,       ///< cache inside input and reasoning inside output
    ReasoningFromTotal, ///< the total exceeds input + output by reasoning that the buckets omit (Gemini)
    RawProvider,        ///< a provider's own usage object, inclusive by its documentation
    Ambiguous,          ///< nothing decides; taken as inclusive and marked
};
constexpr int usageRuleCount = 9;

/// One sentence for the rule: `input includes cached tokens, since total = input + output`.
std::string_view describe(UsageRule rule);

} // namespace plumbline
