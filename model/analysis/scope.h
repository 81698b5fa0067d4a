// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/core/money.h"
#include "model/core/segment.h"
#include "model/core/span.h"
#include "model/core/usage.h"
#include "model/prices/price_book.h"
#include "model/prompts/text_facts.h"

/// What drains are found in: the calls of one feature with their prompts, as plain values.
namespace plumbline::analysis {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// The content of a block, which many prompts may share.
struct ScopeBlock
{
    std::int64_t id = 0;
    std::uint32_t bytes = 0;
    BlockRole role = BlockRole::Unknown;
    BlockKind kind = BlockKind::Text;
    std::uint32_t tool = 0;     ///< name.id of its tool
    std::uint64_t document = 0; ///< digest of its document id; 0: none
    std::uint32_t facts = none; ///< place in Scope::facts
    float estimate = 0;         ///< its tokens by the weights of a model that read it
};

/// A block's place in a prompt, and how many of the call's tokens it is. The parts of a prompt have together as many
/// tokens as the call's input; the last may be no block: what nobody logged.
struct Part
{
    std::uint32_t block = none;
    std::uint32_t tokens = 0;
    std::uint16_t message = 0;
    std::uint16_t rank = 0xFFFF; ///< of a retrieved document
    Segment segment = Segment::Other;
};

/// Why a call's answer ended.
enum class Finish : std::uint8_t
{
    Unknown,
    Stop,
    ToolCalls,
    Length,
    ContentFilter,
    Cancelled,
    Error,
};
/// Reads what providers and tools write: `stop`, `end_turn`, `max_tokens`, `tool_use`, `MAX_TOKENS`, …
Finish finishFrom(std::string_view text);

/// Input buckets in the order in which they lie in a prompt: a cache holds beginnings, the longer lifetime first.
enum Bucket : std::size_t
{
    CacheRead,
    CacheWrite1h,
    CacheWrite5m,
    Uncached,
    Audio, ///< input that is priced apart
    Visible,
    Thinking,
    BucketCount,
};
constexpr std::size_t inputBucketCount = 5;

/// Picodollars a token, by bucket.
using BucketRates = std::array<std::int64_t, BucketCount>;

BucketRates byBucket(const Rates& rates);

/// One billed call. Times are microseconds since 1970; names are ids of the table `name`, 0 for none.
struct ScopeCall
{
    std::int64_t id = 0;
    std::int64_t trace = 0;
    std::int64_t started = 0;
    std::int64_t ended = 0;     ///< the start where it is unknown
    std::int64_t cost = 0;      ///< picodollars; 0 if not priced
    std::uint64_t settings = 0; ///< digest of the request's parameters but its limits
    std::uint64_t used = 0;     ///< bit n: the answer quotes the n-th document of the prompt
    std::uint32_t session = 0, user = 0, model = 0, provider = 0, step = 0, environment = 0;
    std::array<std::uint32_t, BucketCount> tokens = {};
    std::uint32_t rates = none; ///< place in Scope::rates; none: not priced
    std::uint32_t parts = 0, partsEnd = 0;
    std::uint32_t outputs = 0, outputsEnd = 0; ///< blocks of its answer, in Scope::outputs
    float score = std::numeric_limits<float>::quiet_NaN();
    float temperature = std::numeric_limits<float>::quiet_NaN();
    SpanStatus status = SpanStatus::Unknown;
    Finish finish = Finish::Unknown;
    bool isEmbedding = false;
    bool hasUsage = false;
    bool knowsCacheRead = false; ///< the source says how much was read from a cache
    bool wasRead = false;        ///< whether its documents were compared with its answer: `used` says something
    bool hasPrompt() const { return parts != partsEnd; }
    std::uint32_t input() const
    {
        std::uint32_t sum = 0;
        for (std::size_t bucket = 0; bucket < inputBucketCount; ++bucket)
            sum += tokens[bucket];
        return sum;
    }
};

/// A step that failed and is no call: a parser, a validation.
struct Failure
{
    std::int64_t trace = 0;
    std::int64_t time = 0;
};

/// What the price book says of a model that the scope's calls use.
struct ModelFacts
{
    std::string name;
    std::string provider;
    const PricedModel* priced = nullptr; ///< lives as long as the book
    TokenCount cacheMinimum = 1024;      ///< shorter prefixes are never cached
};

struct Scope
{
    std::int64_t feature = 0;     ///< name.id
    MoneySum::Integer spend = 0;  ///< picodollars of its priced calls
    std::vector<ScopeCall> calls; ///< in order of time
    std::vector<Part> parts;
    std::vector<std::uint32_t> outputs; ///< places in blocks
    std::vector<ScopeBlock> blocks;
    std::vector<TextFacts> facts;
    std::vector<BucketRates> rates;
    std::vector<Failure> failures;                 ///< in order of trace, then time
    std::map<std::uint32_t, ModelFacts> models;    ///< by name.id
    std::map<std::uint32_t, std::string> tools;    ///< names of tools, by name.id
    std::map<std::uint32_t, TokenWeights> weights; ///< by model
    std::map<std::string, double> thresholds;      ///< `unused-tools.offers`, where the user changed them
    std::shared_ptr<const PriceBook> book;

    const TextFacts* factsOf(std::uint32_t block) const
    {
        return block == none || blocks[block].facts == none ? nullptr : &facts[blocks[block].facts];
    }
    /// Rates of a bucket; 0 if the call is not priced.
    std::int64_t rateOf(const ScopeCall& call, Bucket bucket) const
    {
        return call.rates == none ? 0 : rates[call.rates][bucket];
    }
};

} // namespace plumbline::analysis
