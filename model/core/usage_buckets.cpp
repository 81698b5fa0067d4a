// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/usage_buckets.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "model/core/usage_names.h"

namespace plumbline {

namespace {

using Optional = std::optional<TokenCount>;

void add(Optional& bucket, TokenCount tokens)
{
    bucket = bucket.value_or(0) + tokens;
}

/// The map, sorted by meaning.
struct Parts
{
    Optional input, inputExtra, inputAudio, cacheRead, cacheWrite, cacheWrite5m, cacheWrite1h;
    Optional output, outputExtra, reasoning, total, webSearches;
    bool cacheIsInside = false, audioIsInside = false, outputExtraIsInside = false, reasoningIsInside = false;
    TokenCount everything = 0; ///< of all numbers, to tell a map of zeros
    bool hasSecondTotal = false;
    TokenCount secondTotal = 0;

    TokenCount written() const { return cacheWrite5m.value_or(0) + cacheWrite1h.value_or(0); }
    TokenCount cache() const { return cacheRead.value_or(0) + written(); }
};

Parts sorted(std::span<const std::pair<std::string_view, TokenCount>> reported)
{
    Parts parts;
    for (const auto& [name, tokens] : reported) {
        if (tokens < 0)
            continue;
        parts.everything += tokens;
        switch (usagePartNamed(name)) {
        case UsagePart::Unknown:
            break;
        case UsagePart::Total:
            // A flat OpenAI object keeps its total_tokens beside the total that Langfuse made of all three.
            if (parts.total) {
                parts.hasSecondTotal = true;
                parts.secondTotal = std::max(*parts.total, tokens);
                parts.total = std::min(*parts.total, tokens);
            } else {
                parts.total = tokens;
            }
            break;
        case UsagePart::Input:
            // Two spellings of the same number are one number.
            parts.input = std::max(parts.input.value_or(0), tokens);
            break;
        case UsagePart::InputExtra:
            add(parts.inputExtra, tokens);
            break;
        case UsagePart::InputAudioInside:
            parts.audioIsInside = true;
            [[fallthrough]];
        case UsagePart::InputAudio:
            add(parts.inputAudio, tokens);
            break;
        case UsagePart::CacheReadInside:
            parts.cacheIsInside = true;
            [[fallthrough]];
        case UsagePart::CacheRead:
            parts.cacheRead = std::max(parts.cacheRead.value_or(0), tokens);
            break;
        case UsagePart::CacheWriteInside:
            parts.cacheIsInside = true;
            [[fallthrough]];
        case UsagePart::CacheWrite:
            parts.cacheWrite = std::max(parts.cacheWrite.value_or(0), tokens);
            break;
        case UsagePart::CacheWrite5m:
            parts.cacheWrite5m = std::max(parts.cacheWrite5m.value_or(0), tokens);
            break;
        case UsagePart::CacheWrite1h:
            parts.cacheWrite1h = std::max(parts.cacheWrite1h.value_or(0), tokens);
            break;
        case UsagePart::Output:
            parts.output = std::max(parts.output.value_or(0), tokens);
            break;
        case UsagePart::OutputExtraInside:
            parts.outputExtraIsInside = true;
            [[fallthrough]];
        case UsagePart::OutputExtra:
            add(parts.outputExtra, tokens);
            break;
        case UsagePart::ReasoningInside:
            parts.reasoningIsInside = true;
            [[fallthrough]];
        case UsagePart::Reasoning:
            parts.reasoning = std::max(parts.reasoning.value_or(0), tokens);
            break;
        case UsagePart::WebSearches:
            add(parts.webSearches, tokens);
            break;
        }
    }
    // An aggregate of writes beside its split by lifetime: what the split leaves over has no stated lifetime.
    if (parts.cacheWrite) {
        const TokenCount unstated = std::max<TokenCount>(0, *parts.cacheWrite - parts.written());
        if (!parts.cacheWrite5m && !parts.cacheWrite1h)
            parts.cacheWrite5m = *parts.cacheWrite;
        else if (unstated > 0)
            add(parts.cacheWrite5m, unstated);
    }
    return parts;
}

/// Which parts are read as lying inside input or output: a set of these bits.
enum : unsigned
{
    CacheInside = 1,
    ReasoningInside = 2,
    AudioInside = 4,
    OutputExtraInside = 8,
};

struct Reading
{
    TokenCount uncached = 0;
    TokenCount visible = 0;
    bool isPossible = true;
    TokenCount total = 0;
};

Reading read(const Parts& parts, unsigned inside)
{
    const TokenCount audio = parts.inputAudio.value_or(0);
    const TokenCount extra = parts.outputExtra.value_or(0);
    const TokenCount reasoning = parts.reasoning.value_or(0);
    Reading reading;
    reading.uncached = parts.input.value_or(0) + parts.inputExtra.value_or(0) + (inside & AudioInside ? 0 : audio);
    reading.visible = parts.output.value_or(0) + (inside & OutputExtraInside ? 0 : extra);
    if (inside & CacheInside)
        reading.uncached -= parts.cache();
    if (inside & ReasoningInside)
        reading.visible -= reasoning;
    // Cached audio makes audio larger than what is uncached, so audio is only compared with the input itself.
    reading.isPossible = reading.uncached >= 0 && reading.visible >= 0 &&
                         (!(inside & AudioInside) || parts.input.value_or(0) >= audio) &&
                         (!(inside & OutputExtraInside) || parts.output.value_or(0) >= extra);
    reading.total = reading.uncached + parts.cache() + reading.visible + reasoning;
    return reading;
}

unsigned choose(const Parts& parts, unsigned convention)
{
    unsigned meaningful = 0;
    if (parts.cache() > 0)
        meaningful |= CacheInside;
    if (parts.reasoning.value_or(0) > 0)
        meaningful |= ReasoningInside;
    if (parts.inputAudio.value_or(0) > 0)
        meaningful |= AudioInside;
    if (parts.outputExtra.value_or(0) > 0)
        meaningful |= OutputExtraInside;

    unsigned best = convention & meaningful;
    std::int64_t bestPenalty = -1;
    for (unsigned inside = 0; inside < 16; ++inside) {
        if (inside & ~meaningful)
            continue;
        const Reading reading = read(parts, inside);
        if (!reading.isPossible)
            continue;
        // First what adds up to the total (exactly, then within a percent: Langfuse's own tolerance), then what the
        // convention says, flip by flip.
        std::int64_t penalty = std::popcount((inside ^ convention) & meaningful) * 4;
        if (parts.total) {
            const TokenCount off = std::llabs(reading.total - *parts.total);
            const TokenCount tolerance = std::max<TokenCount>(1, *parts.total / 100);
            penalty += off == 0 ? 0 : off <= tolerance ? 100 : 1000;
        }
        if (bestPenalty < 0 || penalty < bestPenalty) {
            bestPenalty = penalty;
            best = inside;
        }
    }
    return best;
}

UsageRule ruleFor(const Parts& parts, unsigned convention, unsigned inside)
{
    const bool cacheMatters = parts.cache() > 0;
    const bool reasoningMatters = parts.reasoning.value_or(0) > 0;
    const bool cacheInside = cacheMatters && (inside & CacheInside);
    const bool reasoningInside = reasoningMatters && (inside & ReasoningInside);
    if (parts.cacheIsInside && cacheMatters && !cacheInside)
        return UsageRule::InputExcludedCache;
    const bool isProviders = parts.cacheIsInside || parts.reasoningIsInside || (convention & CacheInside);
    if (isProviders && (cacheInside || reasoningInside))
        return UsageRule::RawProvider;
    if (cacheInside && reasoningInside)
        return UsageRule::BothIncluded;
    if (cacheInside)
        return UsageRule::InputIncludedCache;
    if (reasoningInside)
        return UsageRule::OutputIncludedReasoning;
    return UsageRule::Disjoint;
}

} // namespace

UsageBuckets bucketsFrom(std::span<const std::pair<std::string_view, TokenCount>> reported, const UsageContext& context)
{
    Parts parts = sorted(reported);
    if (parts.everything == 0)
        return {};
    const bool anyInput = parts.input || parts.inputExtra || parts.inputAudio || parts.cacheRead ||
                          parts.cacheWrite5m || parts.cacheWrite1h;
    const bool anyOutput = parts.output || parts.outputExtra || parts.reasoning;

    if (context.isEmbedding && !anyInput && parts.total) {
        // Embeddings are priced by their total, which is their input.
        return {.usage = {.uncachedInput = parts.total, .visibleOutput = 0}, .rule = UsageRule::Disjoint};
    }
    if (!anyInput && !anyOutput)
        return {};
    if (anyInput && !anyOutput && !context.isEmbedding && parts.total) {
        // Input and total alone: the rest is output.
        const Reading reading = read(parts, 0);
        if (*parts.total > reading.total)
            parts.output = *parts.total - reading.total;
    }

    unsigned convention = 0;
    if (parts.cacheIsInside || context.convention == CacheConvention::Inclusive)
        convention |= CacheInside;
    if (parts.reasoningIsInside)
        convention |= ReasoningInside;
    if (parts.audioIsInside)
        convention |= AudioInside;
    if (parts.outputExtraIsInside)
        convention |= OutputExtraInside;
    const unsigned inside = choose(parts, convention);
    const Reading reading = read(parts, inside);

    UsageBuckets buckets;
    buckets.rule = ruleFor(parts, convention, inside);
    Usage& usage = buckets.usage;
    if (anyInput)
        usage.uncachedInput = std::max<TokenCount>(0, reading.uncached);
    usage.cacheRead = parts.cacheRead;
    usage.cacheWrite5m = parts.cacheWrite5m;
    usage.cacheWrite1h = parts.cacheWrite1h;
    usage.audioInput = parts.inputAudio;
    if (usage.audioInput && usage.uncachedInput)
        usage.audioInput = std::min(*usage.audioInput, *usage.uncachedInput);
    if (parts.output || parts.outputExtra)
        usage.visibleOutput = std::max<TokenCount>(0, reading.visible);
    else if (context.isEmbedding)
        usage.visibleOutput = 0;
    usage.reasoning = parts.reasoning;
    usage.webSearches = parts.webSearches;

    if (context.totalMayHoldReasoning && parts.total && !parts.reasoning && anyOutput) {
        const TokenCount missing = *parts.total - reading.total;
        if (missing > 0) {
            usage.reasoning = missing;
            buckets.rule = UsageRule::ReasoningFromTotal;
        }
    }
    return buckets;
}

} // namespace plumbline
