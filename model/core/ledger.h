// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "model/core/error.h"
#include "model/core/money.h"
#include "model/core/segment.h"

namespace plumbline {

/// How sure a claim of waste is. *Waste* in headlines is High and Medium.
enum class Confidence : std::uint8_t
{
    High,        ///< measured and decidable
    Medium,      ///< strong inference
    Opportunity, ///< a policy that could change, not proven waste
    Beside,      ///< stands beside the ledger: no part of the bill
};
constexpr std::size_t confidenceCount = 4;
/// `high`, `medium`, `opportunity`, `beside`.
std::string_view idOf(Confidence confidence);
/// Usage: unknown.
Result<Confidence> confidenceFromId(std::string_view id);

/// One drain's claim on a call: so many of its tokens, at the price that was billed for them.
struct Claim
{
    std::uint8_t drain = 0; ///< place in the ledger's order
    Confidence confidence = Confidence::High;
    Segment segment = Segment::Other;
    std::uint32_t tokens = 0; ///< wasted; affected, where the drain is one of price
    std::uint32_t cached = 0; ///< of them read from cache
    std::int64_t money = 0;   ///< picodollars; 0 where the call is not priced

    bool operator==(const Claim&) const = default;
};

/// The account of some calls. **bill = waste + opportunity + useful**, exactly, whatever the calls.
struct LedgerSums
{
    MoneySum bill = {}; ///< of the priced calls
    MoneySum waste = {};
    MoneySum opportunity = {};
    TokenCount tokens = 0;            ///< input and output
    TokenCount wastedTokens = 0;      ///< of quantity drains with High or Medium confidence
    TokenCount opportunityTokens = 0; ///< of quantity drains that are opportunities
    SegmentTokens segments = {};      ///< of the calls that were looked at
    std::int64_t calls = 0;
    std::int64_t callsWaiting = 0; ///< not looked at yet: all of their bill stands as useful
    std::int64_t unpricedCalls = 0;
    std::array<std::int64_t, splitMethodCount> callsByMethod = {}; ///< of those that were looked at

    bool operator==(const LedgerSums&) const = default;
    MoneySum useful() const { return bill - waste - opportunity; }
    std::int64_t callsAnalysed() const { return calls - callsWaiting; }
    LedgerSums& operator+=(const LedgerSums& other)
    {
        bill += other.bill;
        waste += other.waste;
        opportunity += other.opportunity;
        tokens += other.tokens;
        wastedTokens += other.wastedTokens;
        opportunityTokens += other.opportunityTokens;
        calls += other.calls;
        callsWaiting += other.callsWaiting;
        unpricedCalls += other.unpricedCalls;
        for (std::size_t i = 0; i < segments.size(); ++i)
            segments[i] += other.segments[i];
        for (std::size_t i = 0; i < callsByMethod.size(); ++i)
            callsByMethod[i] += other.callsByMethod[i];
        return *this;
    }
};

} // namespace plumbline
