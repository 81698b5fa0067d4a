// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/analysis/scope.h"

/// Calls as a replay has them: plain columns, made once, that levers never change.
namespace plumbline::simulation {

using analysis::Bucket;
using analysis::BucketRates;
using analysis::none;
/// Tokens of a call by bucket.
using Tokens = std::array<std::uint32_t, analysis::BucketCount>;

/// What is true of a call whatever is changed.
enum CallFlag : std::uint16_t
{
    HasUsage = 1,
    Failed = 2,    ///< billed and of no use
    Repeats = 4,   ///< a step of an agent that was taken before with the same result
    Cancelled = 8, ///< nobody read its answer
    Embeds = 16,   ///< is an embedding
    CutOff = 32,   ///< its answer ended at a limit
    Waits = 64,    ///< nobody waits for it: it could be batched
    Similar = 128, ///< the same was asked shortly before in other words
    Simple = 256,  ///< work that a smaller model does as well, as far as can be seen
    KnowsLatency = 512,
    LongContext = 1024, ///< billed at the prices of long prompts
};
constexpr std::size_t callFlagCount = 11;

struct WorldCall
{
    std::int64_t id = 0;
    std::int64_t started = 0; ///< microseconds since 1970
    std::int64_t latency = 0; ///< microseconds
    std::int64_t cost = 0;    ///< picodollars; 0 if not priced
    std::int64_t fixed = 0;   ///< of it what no token explains: searches, fees; all of it where there are no rates
    std::int64_t trace = 0;
    Tokens tokens = {};
    std::uint32_t rates = none; ///< place in World::rates; none: tokens explain nothing of the cost
    std::uint32_t feature = 0, model = 0, environment = 0; ///< places in the world's lists
    std::uint32_t session = 0;                             ///< name.id; 0: none
    std::uint32_t parts = 0, partsEnd = 0;
    std::uint32_t mixed = 0; ///< where its parts that lie in several buckets begin: a place in World::mixed
    std::uint32_t resent = 0, resentEnd = 0; ///< where its answer is sent again: places in World::resent
    std::uint32_t answers = none;            ///< the call that asked the same before; none: nobody did
    std::int32_t day = 0;                    ///< in the reporting time zone, since 1970
    std::uint16_t flags = 0;

    bool is(CallFlag flag) const { return flags & flag; }
    std::uint32_t input() const
    {
        return tokens[analysis::CacheRead] + tokens[analysis::CacheWrite1h] + tokens[analysis::CacheWrite5m] +
               tokens[analysis::Uncached] + tokens[analysis::Audio];
    }
    std::uint32_t output() const { return tokens[analysis::Visible] + tokens[analysis::Thinking]; }
};

enum PartFlag : std::uint8_t
{
    IsDefinition = 1, ///< of a tool
    IsCopy = 2,       ///< of a document that stands before it in the same prompt
    IsVolatile = 4,   ///< something in it changes with every request
    IsOld = 8,        ///< a tool's result that was in an earlier request of the trace: `order` says in how many
};

/// How often answers use documents of a rank, in thousandths, where too few were read to say.
constexpr std::uint16_t unknownUse = 1001;

/// A block in a prompt.
struct WorldPart
{
    std::uint32_t block = none; ///< the same for the same text; none: what nobody logged
    std::uint16_t turn = 0;     ///< messages of the user behind it
    std::uint16_t order = 0;    ///< use of a document's rank, tool of a definition, earlier requests with a result
    std::uint8_t segment = 0;   ///< Segment
    std::uint8_t bucket = 0;    ///< where it was billed; Mixed: in several
    std::uint8_t flags = 0;

    Segment of() const { return static_cast<Segment>(segment); }
};
constexpr std::uint8_t mixedBucket = 0xFF;

/// A part that was billed in several buckets, with its tokens in each.
struct MixedPart
{
    std::uint32_t part = 0;
    std::array<std::uint32_t, analysis::inputBucketCount> tokens = {};
};

/// A part with the call it belongs to.
struct PlacedPart
{
    std::uint32_t part = 0, call = 0;
};

/// A tool that a feature offers.
struct WorldTool
{
    std::string name;
    std::int64_t offers = 0, calls = 0;
};

struct WorldModel
{
    std::string name;
    const PricedModel* priced = nullptr;
    std::string provider;
    TokenCount cacheMinimum = 1024;
};

/// So many tokens of a part, at its end: what a drain or a text's facts say of it.
struct PartTokens
{
    std::uint32_t part = 0;
    std::uint32_t call = 0;
    std::uint32_t tokens = 0;
};

/// Waste that a call was found to have, by segment.
struct CallWaste
{
    std::uint32_t call = 0;
    Segment segment = Segment::Other;
    std::uint32_t tokens = 0;
};

/// A call whose prompt has earlier turns.
struct Conversation
{
    std::uint32_t call = 0;
    std::uint32_t oldest = 0; ///< most turns that any of its parts lies back
    std::uint32_t parts = 0, partsEnd = 0;
};

class World
{
public:
    std::vector<WorldCall> calls; ///< feature by feature, each in the order of time
    /// By call: its feature and day in one number, for sums.
    std::vector<std::uint32_t> cells;
    std::vector<std::uint32_t> firstMixed;                        ///< by call: its `mixed`
    std::array<std::vector<std::uint32_t>, callFlagCount> byFlag; ///< calls of each flag
    std::vector<Conversation> conversations;                      ///< calls with earlier turns in their prompts
    std::vector<WorldPart> parts;                                 ///< call by call, in the order of the prompt
    std::vector<std::uint32_t> partTokens;
    std::vector<std::uint32_t> partCalls;                             ///< the call of each part
    std::array<std::vector<PlacedPart>, inputSegmentCount> bySegment; ///< parts of each, in their order
    std::vector<std::uint32_t> resent; ///< parts that are an earlier call's answer, by that call
    std::vector<MixedPart> mixed;      ///< call by call
    std::vector<std::uint64_t> stable; ///< by block: digest of its text without what changes; 0: nothing does
    std::vector<float> changing;       ///< by block: the share of its tokens that changes, 0 to 1
    std::vector<BucketRates> rates;
    std::vector<WorldModel> models;
    std::vector<std::string> features, environments;
    std::vector<WorldTool> tools;
    std::vector<std::uint32_t> blockTools; ///< by block: place in `tools` of the tool it is of; none: of none
    std::vector<PartTokens> payload;       ///< blanks, logs and markup
    std::vector<CallWaste> waste;          ///< in the order of calls; quantity drains, High and Medium
    std::shared_ptr<const PriceBook> book;
    std::int32_t firstDay = 0;   ///< of any call
    std::int32_t days = 0;       ///< from it to that of the last call
    std::int32_t periodDays = 0; ///< that were asked for, whether each has a call or not; 0: those

    std::size_t cellCount() const { return features.size() * static_cast<std::size_t>(days); }
    /// Calls that a flag is true of, in their order.
    const std::vector<std::uint32_t>& flagged(CallFlag flag) const
    {
        return byFlag[static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(flag)))];
    }
    /// What is made of the rest, once all calls are there.
    void layOut();
    /// Places in the prompt of a call where one bucket ends.
    static std::array<std::uint32_t, analysis::inputBucketCount> boundaries(const WorldCall& call);
};

} // namespace plumbline::simulation
