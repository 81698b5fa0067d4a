// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/settlement.h"

#include <algorithm>
#include <array>
#include <vector>

namespace plumbline::sample {

namespace {

/// Positions of tokens in a prompt, the end not included.
struct Range
{
    TokenCount begin = 0;
    TokenCount end = 0;

    TokenCount overlap(TokenCount from, TokenCount to) const
    {
        return std::max<TokenCount>(0, std::min(end, to) - std::max(begin, from));
    }
};

/// One call's account: which tokens are claimed, and what each drain got.
class Account
{
public:
    Account(SampleSpan& call, const CacheOutcome& cache, TokenCount input, TokenCount visible)
        : m_call(call), m_cache(cache), m_input(input), m_visible(visible), m_reasoning(call.reasoning)
    {
    }

    void settle()
    {
        const auto whole = firstWholeCall();
        if (whole)
            record(whole->drain, tokensOf(m_call.usage), whole->why);
        else
            settleParts();
        settlePrices(whole ? Left::Nothing : Left::Unclaimed);
        std::stable_sort(m_call.planted.begin(), m_call.planted.end(),
                         [](const PlantedWaste& a, const PlantedWaste& b) { return a.drain < b.drain; });
    }

private:
    enum class Left
    {
        Nothing,
        Unclaimed,
    };

    std::optional<CallClaim> firstWholeCall() const
    {
        std::optional<CallClaim> first;
        for (const CallClaim& claim : m_call.claims)
            if (isQuantityDrain(claim.drain) && claim.extent == CallClaim::Extent::WholeCall &&
                (!first || claim.drain < first->drain))
                first = claim;
        return first;
    }

    /// A claim takes the end of what is left of its block; where blocks are read from a cache decides the bucket.
    void settleParts()
    {
        TokenCount begin = 0;
        for (SampleBlock& block : m_call.input) {
            std::stable_sort(block.claims.begin(), block.claims.end(),
                             [](const BlockClaim& a, const BlockClaim& b) { return a.drain < b.drain; });
            Range left{begin, begin + block.text->tokens};
            begin = left.end;
            for (const BlockClaim& claim : block.claims) {
                const TokenCount taken = std::min(claim.tokens, left.end - left.begin);
                record(claim.drain, inputTokens({left.end - taken, left.end}), claim.why);
                left.end -= taken;
            }
            m_unclaimed.push_back(left);
        }
        std::vector<CallClaim> claims = m_call.claims;
        std::stable_sort(claims.begin(), claims.end(),
                         [](const CallClaim& a, const CallClaim& b) { return a.drain < b.drain; });
        for (const CallClaim& claim : claims) {
            if (!isQuantityDrain(claim.drain))
                continue;
            TokenCount& left = claim.extent == CallClaim::Extent::Reasoning ? m_reasoning : m_visible;
            const TokenCount taken = std::min(claim.tokens, left);
            left -= taken;
            SampleTokens tokens;
            (claim.extent == CallClaim::Extent::Reasoning ? tokens.reasoning : tokens.visibleOutput) = taken;
            record(claim.drain, tokens, claim.why);
        }
    }

    void settlePrices(Left left)
    {
        for (const CallClaim& claim : m_call.claims) {
            if (isQuantityDrain(claim.drain))
                continue;
            if (isBesideLedger(claim.drain))
                record(claim.drain,
                       claim.extent == CallClaim::Extent::NoTokens ? SampleTokens{} : tokensOf(m_call.usage), claim.why,
                       Even::IfEmpty);
            else if (left == Left::Unclaimed)
                record(claim.drain, affected(claim.extent), claim.why);
        }
    }

    SampleTokens affected(CallClaim::Extent extent) const
    {
        SampleTokens tokens;
        for (const Range& block : m_unclaimed) {
            const SampleTokens part = inputTokens(block);
            if (extent == CallClaim::Extent::Affected)
                tokens += part;
            else if (extent == CallClaim::Extent::CacheRead)
                tokens.uncachedInput += block.overlap(m_cache.read + m_cache.written, m_cache.stableRead);
            else if (extent == CallClaim::Extent::CacheWrite)
                tokens.cacheWrite += part.cacheWrite;
        }
        if (extent == CallClaim::Extent::Affected)
            tokens += {.visibleOutput = m_visible, .reasoning = m_reasoning};
        return tokens;
    }

    SampleTokens inputTokens(Range range) const
    {
        const TokenCount written = m_cache.read + m_cache.written;
        return {.uncachedInput = range.overlap(written, m_input),
                .cacheRead = range.overlap(0, m_cache.read),
                .cacheWrite = range.overlap(m_cache.read, written)};
    }

    enum class Even
    {
        IfEmpty,
        NotEmpty,
    };

    /// Parts of one drain become one entry of the call, under the first reason.
    void record(SampleDrain drain, const SampleTokens& tokens, std::string_view why, Even even = Even::NotEmpty)
    {
        if (even == Even::NotEmpty && tokens == SampleTokens{})
            return;
        const auto known = std::find_if(m_call.planted.begin(), m_call.planted.end(),
                                        [drain](const PlantedWaste& planted) { return planted.drain == drain; });
        if (known == m_call.planted.end())
            m_call.planted.push_back({drain, tokens, why});
        else
            known->tokens += tokens;
    }

    SampleSpan& m_call;
    const CacheOutcome& m_cache;
    TokenCount m_input;
    TokenCount m_visible;   ///< not claimed yet
    TokenCount m_reasoning; ///< not claimed yet
    std::vector<Range> m_unclaimed;
};

} // namespace

void settle(SampleSpan& call, const CacheOutcome& cache)
{
    if (!call.isBilled)
        return;
    const ModelFacts& model = factsOf(call);
    TokenCount input = 0;
    for (const SampleBlock& block : call.input)
        input += block.text->tokens;
    TokenCount visible = 0;
    for (const SampleBlock& block : call.output)
        visible += block.text->tokens;

    call.usage.uncachedInput = input - cache.read - cache.written;
    if (call.kind == SpanKind::Llm) {
        call.usage.cacheRead = cache.read;
        if (model.hasBreakpoints)
            call.usage.cacheWrite5m = cache.written;
        call.usage.visibleOutput = visible;
        if (!model.hasBreakpoints)
            call.usage.reasoning = call.reasoning;
        else if (call.reasoning > 0)
            call.usage.reasoning = call.reasoning;
    }
    call.cost = listPrice(model, tokensOf(call.usage), call.serviceTier);
    Account(call, cache, input, visible).settle();
}

} // namespace plumbline::sample
