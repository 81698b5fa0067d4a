// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/core/money.h"
#include "model/core/span.h"
#include "model/core/time.h"
#include "model/core/usage.h"
#include "model/sample/drains.h"

namespace plumbline {

/// A text with its size by `countTokens` and its identity. Shared by every prompt that re-sends it.
struct SampleText
{
    std::string text;
    TokenCount tokens = 0;
    std::uint64_t hash = 0;
};
using SharedText = std::shared_ptr<const SampleText>;

/// Tokens by bucket, as plain numbers that add up.
struct SampleTokens
{
    TokenCount uncachedInput = 0;
    TokenCount cacheRead = 0;
    TokenCount cacheWrite = 0;
    TokenCount visibleOutput = 0;
    TokenCount reasoning = 0;

    bool operator==(const SampleTokens&) const = default;
    TokenCount input() const { return uncachedInput + cacheRead + cacheWrite; }
    TokenCount total() const { return input() + visibleOutput + reasoning; }
    SampleTokens& operator+=(const SampleTokens& other)
    {
        uncachedInput += other.uncachedInput;
        cacheRead += other.cacheRead;
        cacheWrite += other.cacheWrite;
        visibleOutput += other.visibleOutput;
        reasoning += other.reasoning;
        return *this;
    }
};

/// The buckets of a call as plain numbers; what is unknown is 0.
inline SampleTokens tokensOf(const Usage& usage)
{
    return {.uncachedInput = usage.uncachedInput.value_or(0),
            .cacheRead = usage.cacheRead.value_or(0),
            .cacheWrite = usage.cacheWrite().value_or(0),
            .visibleOutput = usage.visibleOutput.value_or(0),
            .reasoning = usage.reasoning.value_or(0)};
}

/// A drain's claim on the last `tokens` of a block.
struct BlockClaim
{
    SampleDrain drain{};
    TokenCount tokens = 0;
    std::string_view why = {}; ///< lives as long as the program
};

/// One message, part of a message, tool definition, document, tool call or tool result.
struct SampleBlock
{
    BlockRole role = BlockRole::User;
    BlockKind kind = BlockKind::Text;
    std::uint16_t message = 0;    ///< blocks with the same number are parts of one message; tool definitions have none
    bool hasCacheControl = false; ///< a provider with breakpoints writes its cache up to here
    std::string_view toolName = {}; ///< lives as long as the program
    std::string toolCallId = {};
    std::string documentId = {};
    SharedText text =
        {}; ///< of a tool definition, call or result: JSON; a definition is {"name","description","parameters"}
    SharedText stable = {}; ///< the same without what changes in every request, where something does
    std::vector<BlockClaim> claims = {};
};

/// A drain's claim on more than a block. The ledger's order decides among them when the call is settled.
struct CallClaim
{
    enum class Extent
    {
        WholeCall,
        Answer,     ///< the last `tokens` of the visible output
        Reasoning,  ///< the last `tokens` of the reasoning
        Affected,   ///< all tokens that no quantity drain claims (price drains)
        CacheRead,  ///< tokens that a stable prefix would have read from the cache
        CacheWrite, ///< tokens written to the cache for nobody
        NoTokens,   ///< a flag on the call
    };
    SampleDrain drain{};
    Extent extent = Extent::WholeCall;
    TokenCount tokens = 0;
    std::string_view why = {};
};

/// The truth about one call and one drain. Tokens of quantity drains never overlap; those of price drains may.
struct PlantedWaste
{
    SampleDrain drain{};
    SampleTokens tokens = {};
    std::string_view why = {};
};

/// One step of a trace with what is true about it. `string_view`s live as long as the program.
struct SampleSpan
{
    std::string spanId = {};   ///< 16 hex digits
    std::string parentId = {}; ///< empty: the root
    SpanKind kind = SpanKind::Other;
    std::string_view name = {};
    Timestamp start;
    Timestamp end;
    std::optional<Timestamp> firstToken = {};
    SpanStatus status = SpanStatus::Ok;
    std::string_view statusMessage = {};

    std::string_view provider = {}; ///< openai, anthropic, google
    std::string_view model = {};    ///< as the provider answered: with its date, where it has one
    std::string_view requestModel = {};
    std::string_view serviceTier = {}; ///< empty: the standard tier
    std::optional<int> temperaturePercent = {};
    int maxTokens = 0; ///< 0: not sent
    std::string_view reasoningEffort = {};
    std::string responseId = {};
    std::string_view finishReason = {};
    std::string_view promptName = {};
    int promptVersion = 0;

    std::vector<SampleBlock> input = {};  ///< of a call: tool definitions, then messages; of a tool: its arguments
    std::vector<SampleBlock> output = {}; ///< of a retriever: its documents
    TokenCount reasoning = 0;
    Usage usage =
        {}; ///< input = sum of the input blocks, visible output = sum of the output blocks; empty if not billed
    std::optional<Money> cost = {}; ///< at list price, as a tracing service would state it

    bool isBilled = true; ///< false: refused before it cost anything

    std::vector<CallClaim> claims = {};
    std::vector<PlantedWaste> planted = {}; ///< settled from the claims
    std::string_view hardNegative = {};     ///< looks like a drain and is none: which trap

    bool isCall() const { return kind == SpanKind::Llm || kind == SpanKind::Embedding; }
};

/// A unit of work: its spans in the order of their start, the root first.
struct SampleTrace
{
    std::string traceId; ///< 32 hex digits
    std::string_view name = {};
    std::string_view feature;
    std::string_view team;
    std::string_view tenant;
    std::string_view environment;
    std::string release;
    std::string user;
    std::string session;
    std::vector<std::string> tags;
    std::vector<SampleSpan> spans;
    bool hasBodies = true; ///< false: writers leave inputs and outputs out
};

/// The house's tokenizer, which makes usage exactly the sum of its parts: a run of up to 7 letters is one token and
/// every 5 letters beyond it one more, three digits are one, two signs are one, a single space is free, a longer run of
/// spaces is one, and so is a run of newlines. Comes to about four characters a token in prose.
TokenCount countTokens(std::string_view text);

SharedText sharedText(std::string text);

} // namespace plumbline
