// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/analysis/drain.h"
#include "model/analysis/evidence.h"
#include "model/analysis/scope.h"

namespace plumbline::analysis {

/// A claim on the call at this place of its scope.
struct CallClaim
{
    std::uint32_t call = 0;
    Claim claim = {};
};

/// The ledger of one scope while drains write it, one after another in the ledger's order. Every token and every
/// picodollar is given once: a claim takes no more than what is left, so that **bill = claims + useful** holds by
/// construction.
///
/// A claim on a part takes the end of what is left of it. Where its tokens lie decides what they cost: a prompt is read
/// from the cache from its beginning on, then written to it, then neither (drains-and-simulation.md §1.2).
class Claims
{
public:
    explicit Claims(const Scope& scope);

    /// The next drain begins to claim.
    void begin(std::uint8_t drain);
    /// A threshold of the drain at hand: the user's, or the one it declares.
    double threshold(std::string_view id) const;

    bool isTaken(std::size_t call) const { return m_isTaken[call]; } ///< as a whole
    std::uint32_t left(std::size_t part) const { return m_left[part]; }
    std::uint32_t visibleLeft(std::size_t call) const { return m_answers[call].visible; }
    std::uint32_t reasoningLeft(std::size_t call) const { return m_answers[call].reasoning; }

    /// Takes everything of a call. Nothing if somebody took it whole before.
    void takeCall(std::size_t call, Confidence confidence);
    /// Takes up to so many tokens. Answers how many.
    std::uint32_t takePart(std::size_t call, std::size_t part, std::uint32_t tokens, Confidence confidence);
    std::uint32_t takeVisible(std::size_t call, std::uint32_t tokens, Confidence confidence);
    std::uint32_t takeReasoning(std::size_t call, std::uint32_t tokens, Confidence confidence);
    /// What taking that would cost.
    std::int64_t priceOfPart(std::size_t call, std::size_t part, std::uint32_t tokens) const;
    /// The same without taking them: what a call would lose.
    void note(std::size_t call, std::uint32_t tokens, std::int64_t money);

    /// Tokens that nobody took, between two positions of the prompt.
    std::uint32_t leftBetween(std::size_t call, std::uint32_t from, std::uint32_t to) const;

    // For drains of price, which begin when quantities are done.
    /// Tokens by bucket that no quantity drain took, and what of their price no drain of price took.
    struct Rest
    {
        std::array<std::uint32_t, BucketCount> tokens = {};
        std::array<std::int64_t, BucketCount> money = {};
        std::int64_t sum() const
        {
            std::int64_t all = 0;
            for (const std::int64_t part : money)
                all += part;
            return all;
        }
    };
    const Rest& rest(std::size_t call);
    /// Takes a step of the price of a bucket's tokens, up to what is left of it; `affected` tokens are named beside it.
    void takePrice(std::size_t call, Bucket bucket, std::int64_t money, std::uint32_t affected, Confidence confidence);

    /// Keeps evidence of what the drain at hand found in this scope.
    void show(Evidence evidence) { m_evidence[m_drain] = std::move(evidence); }

    /// Claims of every call, in the order of calls, once all drains have been there.
    std::vector<CallClaim> finish() &&;
    const std::map<std::uint8_t, Evidence>& evidence() const { return m_evidence; }

private:
    struct Answer
    {
        std::uint32_t visible = 0;
        std::uint32_t reasoning = 0;
    };
    /// What of a range of positions costs, and how much of it was read from the cache.
    struct Priced
    {
        std::int64_t money = 0;
        std::uint32_t cached = 0;
    };
    Priced priceOf(const ScopeCall& call, std::uint32_t begin, std::uint32_t end) const;
    void add(std::size_t call, Confidence confidence, Segment segment, std::uint32_t tokens, Priced priced);
    void layOutRests();

    const Scope& m_scope;
    std::uint8_t m_drain = 0;
    std::vector<bool> m_isTaken;
    std::vector<bool> m_isExplained;    ///< cost = tokens × rates: only then parts of it can be given away
    std::vector<std::uint32_t> m_left;  ///< by part
    std::vector<std::uint32_t> m_begin; ///< by part: its position in the prompt
    std::vector<Answer> m_answers;
    std::vector<Rest> m_rests;
    std::vector<CallClaim> m_claims;
    std::map<std::uint8_t, Evidence> m_evidence;
};

} // namespace plumbline::analysis
