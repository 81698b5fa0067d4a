// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/core/filter.h"
#include "model/core/money.h"
#include "model/core/time.h"
#include "model/core/usage.h"
#include "model/queries/call_answers.h"

namespace plumbline {

/// Sums over the instructions of some calls: of their system prompt alone, and what of it is waste.
struct PromptFigures
{
    std::int64_t calls = 0;
    std::int64_t callsSplit = 0; ///< whose tokens are split into segments: the sums are theirs
    TokenCount tokens = 0;
    TokenCount cached = 0; ///< of them read from a cache
    MoneySum cost = {};    ///< of the priced calls
    std::int64_t unpricedCalls = 0;
    TokenCount wasted = 0;
    MoneySum waste = {};
    std::optional<Timestamp> firstSeen = {}, lastSeen = {}; ///< of its texts in all data, whatever the filter

    std::optional<double> tokensPerCall() const
    {
        return callsSplit > 0 ? std::optional(static_cast<double>(tokens) / static_cast<double>(callsSplit))
                              : std::nullopt;
    }
    std::optional<double> cacheHit() const
    {
        return tokens > 0 ? std::optional(static_cast<double>(cached) / static_cast<double>(tokens)) : std::nullopt;
    }
    void operator+=(const PromptFigures& other);
};

/// One text of a prompt. Texts that differ only in times, UUIDs and large numbers are one version.
struct PromptVersion
{
    std::int32_t number = 1; ///< in the order in which they were first seen
    std::string digest = {}; ///< what calls are asked for by: the value of Dimension::SystemPrompt
    CallId latest = {};      ///< the last call that was sent with it: its texts are this version's
    std::int64_t variants = 1;
    bool isOlder = false; ///< without a digest: all that are older than the others, together: of texts that are others
                          ///< for every call
    bool isVolatile = false;
    std::uint32_t volatilePart = 0; ///< which of its texts holds the first time, UUID or large number
    std::uint32_t volatileAt = 0;   ///< byte of that text at which it begins
    PromptFigures figures = {};
    std::vector<double> trend = {}; ///< calls, over the period in even steps
};

/// A tool that the calls of a prompt were offered.
struct OfferedTool
{
    std::string name = {};
    std::int64_t offered = 0, called = 0;
    std::int64_t offeredSplit = 0;   ///< in calls whose tokens are split into segments
    bool wasCalledElsewhere = false; ///< some prompt tells of a call of it that no answer of these calls shows
    double tokens = 0;               ///< of its definition, on average
    MoneySum cost = {};
    /// With 95 % confidence at most this share of calls uses it: by the rule of three where none did.
    double usedAtMost() const
    {
        return called == 0 && offered > 0 ? std::min(1.0, 3.0 / static_cast<double>(offered)) : 0;
    }
};

/// One set of tools that the calls of a prompt were offered, in this order.
struct ToolSetVersion
{
    std::int32_t number = 1; ///< in the order in which they were first seen
    std::string digest = {}; ///< what calls are asked for by: the value of Dimension::ToolSet
    std::int64_t calls = 0;
    std::int64_t callsSplit = 0; ///< whose tokens are split into segments: the sums are theirs
    TokenCount tokens = 0;
    MoneySum cost = {};
    std::optional<Timestamp> firstSeen = {}, lastSeen = {}; ///< in all data, whatever the filter
    std::size_t tools = 0;
    // Against the set before it; of the first nothing.
    std::vector<std::string> added = {}, removed = {};
    std::vector<std::string> redefined = {}; ///< of the same name, with another definition
    bool isReordered = false;                ///< the same definitions in another order: another beginning for a cache

    std::optional<double> tokensPerCall() const
    {
        return callsSplit > 0 ? std::optional(static_cast<double>(tokens) / static_cast<double>(callsSplit))
                              : std::nullopt;
    }
};

/// The instructions of one step of a feature, in all their versions, and the tools offered with them.
struct PromptRow
{
    std::string feature = {}, step = {};
    std::vector<PromptVersion> versions = {};    ///< the oldest first; empty: tools alone
    std::vector<OfferedTool> tools = {};         ///< by cost
    std::vector<ToolSetVersion> toolSets = {};   ///< the oldest first
    PromptFigures figures = {};                  ///< of all versions
    std::optional<PromptFigures> before = {};    ///< the same of what it is compared with
    std::string model = {};                      ///< of the latest call
    std::optional<TokenCount> cacheMinimum = {}; ///< of that model: shorter beginnings are never cached
};

/// An edited system prompt, counted anew.
struct PromptEdit
{
    TokenCount before = 0, after = 0;
};
/// `tokens`: of the text before, as its calls were split; 0 where that is not known.
PromptEdit recount(const std::string& model, const std::string& before, TokenCount tokens, const std::string& edited);

struct PromptsQuestion
{
    Filter filter = {};
    std::optional<Filter> baseline = {}; ///< the same of other calls: of another period or release
};

/// "Which prompts are there, and what do they cost?" The dearest first.
struct PromptsAnswer
{
    std::vector<PromptRow> rows = {};
    std::int64_t calls = 0;        ///< of the filter
    std::int64_t callsWithout = 0; ///< of which neither instructions nor tools are known
    double days = 0;               ///< that the calls lie in
    double daysBefore = 0;         ///< that those lie in which they are compared with
    bool isCompared() const { return daysBefore > 0; }
};

/// What a month of 30 days would come to at this rate.
MoneySum perMonth(MoneySum sum, double days);

} // namespace plumbline
