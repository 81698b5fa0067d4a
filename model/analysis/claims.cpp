// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/claims.h"

#include <algorithm>
#include <cassert>

namespace plumbline::analysis {

Claims::Claims(const Scope& scope)
    : m_scope(scope)
    , m_isTaken(scope.calls.size(), false)
    , m_isExplained(scope.calls.size(), false)
    , m_left(scope.parts.size())
    , m_begin(scope.parts.size())
    , m_answers(scope.calls.size())
{
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        const ScopeCall& call = scope.calls[i];
        m_answers[i] = {call.tokens[Visible], call.tokens[Thinking]};
        std::uint32_t position = 0;
        for (std::size_t part = call.parts; part < call.partsEnd; ++part) {
            m_left[part] = scope.parts[part].tokens;
            m_begin[part] = position;
            position += scope.parts[part].tokens;
        }
        std::int64_t tokensAtRates = 0;
        for (std::size_t bucket = 0; bucket < BucketCount; ++bucket)
            tokensAtRates += call.tokens[bucket] * scope.rateOf(call, static_cast<Bucket>(bucket));
        // A fee for searches may come on top; anything else would give away money that was not billed.
        m_isExplained[i] = call.rates != none && tokensAtRates <= call.cost;
    }
}

void Claims::begin(std::uint8_t drain)
{
    m_drain = drain;
}

double Claims::threshold(std::string_view id) const
{
    const Drain& drain = allDrains()[m_drain];
    if (const auto own = m_scope.thresholds.find(std::string(drain.id) + "." + std::string(id));
        own != m_scope.thresholds.end())
        return own->second;
    for (const DrainThreshold& threshold : drain.thresholds)
        if (threshold.id == id)
            return threshold.value;
    assert(false && "a drain asks for a threshold that it does not declare");
    return 0;
}

Claims::Priced Claims::priceOf(const ScopeCall& call, std::uint32_t begin, std::uint32_t end) const
{
    Priced priced;
    std::uint32_t position = 0;
    for (std::size_t bucket = 0; bucket < inputBucketCount; ++bucket) {
        const std::uint32_t next = position + call.tokens[bucket];
        const std::uint32_t from = std::max(begin, position);
        const std::uint32_t to = std::min(end, next);
        if (from < to) {
            priced.money += (to - from) * m_scope.rateOf(call, static_cast<Bucket>(bucket));
            if (bucket == CacheRead)
                priced.cached += to - from;
        }
        position = next;
    }
    return priced;
}

void Claims::add(std::size_t call, Confidence confidence, Segment segment, std::uint32_t tokens, Priced priced)
{
    if (!m_isExplained[call])
        priced.money = 0;
    m_claims.push_back({static_cast<std::uint32_t>(call),
                        {.drain = m_drain,
                         .confidence = confidence,
                         .segment = segment,
                         .tokens = tokens,
                         .cached = priced.cached,
                         .money = priced.money}});
}

void Claims::takeCall(std::size_t index, Confidence confidence)
{
    if (m_isTaken[index])
        return;
    const ScopeCall& call = m_scope.calls[index];
    std::int64_t given = 0;
    for (std::size_t part = call.parts; part < call.partsEnd; ++part) {
        if (m_left[part] == 0)
            continue;
        const Priced priced = priceOf(call, m_begin[part], m_begin[part] + m_left[part]);
        add(index, confidence, m_scope.parts[part].segment, m_left[part], priced);
        given += priced.money;
        m_left[part] = 0;
    }
    Answer& answer = m_answers[index];
    for (auto [tokens, bucket, segment] : {std::tuple(&answer.visible, Visible, Segment::Output),
                                           std::tuple(&answer.reasoning, Thinking, Segment::Reasoning)}) {
        if (*tokens == 0)
            continue;
        const Priced priced{.money = *tokens * m_scope.rateOf(call, bucket)};
        add(index, confidence, segment, *tokens, priced);
        given += priced.money;
        *tokens = 0;
    }
    // Fees that are no tokens go with the call.
    if (m_isExplained[index] && given < call.cost)
        add(index, confidence, Segment::Other, 0, {.money = call.cost - given});
    m_isTaken[index] = true;
}

std::uint32_t Claims::takePart(std::size_t call, std::size_t part, std::uint32_t tokens, Confidence confidence)
{
    const std::uint32_t taken = std::min(tokens, m_left[part]);
    if (taken == 0)
        return 0;
    const std::uint32_t end = m_begin[part] + m_left[part];
    add(call, confidence, m_scope.parts[part].segment, taken, priceOf(m_scope.calls[call], end - taken, end));
    m_left[part] -= taken;
    return taken;
}

std::int64_t Claims::priceOfPart(std::size_t call, std::size_t part, std::uint32_t tokens) const
{
    const std::uint32_t end = m_begin[part] + m_left[part];
    return m_isExplained[call] ? priceOf(m_scope.calls[call], end - std::min(tokens, m_left[part]), end).money : 0;
}

std::uint32_t Claims::takeVisible(std::size_t call, std::uint32_t tokens, Confidence confidence)
{
    const std::uint32_t taken = std::min(tokens, m_answers[call].visible);
    if (taken != 0)
        add(call, confidence, Segment::Output, taken, {.money = taken * m_scope.rateOf(m_scope.calls[call], Visible)});
    m_answers[call].visible -= taken;
    return taken;
}

std::uint32_t Claims::takeReasoning(std::size_t call, std::uint32_t tokens, Confidence confidence)
{
    const std::uint32_t taken = std::min(tokens, m_answers[call].reasoning);
    if (taken != 0)
        add(call, confidence, Segment::Reasoning, taken,
            {.money = taken * m_scope.rateOf(m_scope.calls[call], Thinking)});
    m_answers[call].reasoning -= taken;
    return taken;
}

std::uint32_t Claims::leftBetween(std::size_t index, std::uint32_t from, std::uint32_t to) const
{
    const ScopeCall& call = m_scope.calls[index];
    std::uint32_t left = 0;
    for (std::size_t part = call.parts; part < call.partsEnd && m_begin[part] < to; ++part) {
        const std::uint32_t begin = std::max(m_begin[part], from), end = std::min(m_begin[part] + m_left[part], to);
        left += begin < end ? end - begin : 0;
    }
    return left;
}

void Claims::note(std::size_t call, std::uint32_t tokens, std::int64_t money)
{
    add(call, Confidence::Beside, Segment::Other, tokens, {.money = money});
}

void Claims::layOutRests()
{
    m_rests.assign(m_scope.calls.size(), {});
    for (std::size_t i = 0; i < m_scope.calls.size(); ++i) {
        const ScopeCall& call = m_scope.calls[i];
        if (m_isTaken[i] || !m_isExplained[i])
            continue;
        Rest& rest = m_rests[i];
        for (std::size_t part = call.parts; part < call.partsEnd; ++part) {
            std::uint32_t position = 0;
            const std::uint32_t begin = m_begin[part], end = begin + m_left[part];
            for (std::size_t bucket = 0; bucket < inputBucketCount && position < end; ++bucket) {
                const std::uint32_t next = position + call.tokens[bucket];
                if (std::max(begin, position) < std::min(end, next))
                    rest.tokens[bucket] += std::min(end, next) - std::max(begin, position);
                position = next;
            }
        }
        rest.tokens[Visible] = m_answers[i].visible;
        rest.tokens[Thinking] = m_answers[i].reasoning;
        for (std::size_t bucket = 0; bucket < BucketCount; ++bucket)
            rest.money[bucket] = rest.tokens[bucket] * m_scope.rateOf(call, static_cast<Bucket>(bucket));
    }
}

const Claims::Rest& Claims::rest(std::size_t call)
{
    if (m_rests.empty())
        layOutRests();
    return m_rests[call];
}

void Claims::takePrice(std::size_t call, Bucket bucket, std::int64_t money, std::uint32_t affected,
                       Confidence confidence)
{
    if (m_rests.empty())
        layOutRests();
    std::int64_t& left = m_rests[call].money[bucket];
    money = std::clamp<std::int64_t>(money, 0, left);
    if (money == 0)
        return;
    left -= money;
    const Segment segment = bucket == Visible    ? Segment::Output
                            : bucket == Thinking ? Segment::Reasoning
                                                 : Segment::Other;
    add(call, confidence, segment, affected, {.money = money, .cached = bucket == CacheRead ? affected : 0});
}

std::vector<CallClaim> Claims::finish() &&
{
    std::stable_sort(m_claims.begin(), m_claims.end(),
                     [](const CallClaim& a, const CallClaim& b) { return a.call < b.call; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < m_claims.size(); ++i) {
        const CallClaim& next = m_claims[i];
        bool isMerged = false;
        for (std::size_t j = kept; j-- > 0 && m_claims[j].call == next.call && !isMerged;) {
            Claim& known = m_claims[j].claim;
            const Claim& more = next.claim;
            isMerged =
                known.drain == more.drain && known.confidence == more.confidence && known.segment == more.segment;
            if (isMerged) {
                known.tokens += more.tokens;
                known.cached += more.cached;
                known.money += more.money;
            }
        }
        if (!isMerged)
            m_claims[kept++] = next;
    }
    m_claims.resize(kept);
    return std::move(m_claims);
}

} // namespace plumbline::analysis
