// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace plumbline {

/// The drains that traces can carry, in the ledger's order: of two that claim the same token, the earlier one has it.
enum class SampleDrain : std::uint8_t
{
    FailedCalls,
    DuplicateCalls,
    RepeatedEmbeddings,
    AgentLoops,
    AbandonedOutput,
    DebugPayload,
    DuplicateDocuments,
    UnusedTools,
    OverRetrieval,
    StaleToolResults,
    ResentHistory,
    SystemPromptExcess,
    ExcessReasoning,
    VerboseOutput,
    OversizedModel, ///< from here: price drains, which affect tokens that nobody else claims
    BatchableCalls,
    CacheMisses,
    NearDuplicates, ///< from here: beside the ledger
    TruncatedOutput,
};
constexpr int sampleDrainCount = 19;

/// What a full intensity of 1 plants, and how much of it is planted by default.
struct SampleDrainFacts
{
    SampleDrain drain;
    std::string_view id;
    double defaultIntensity;
    std::string_view fullIntensity; ///< one sentence
};

// A share of calls is a draw per call; what only shows over a whole feature (tools, prompts, days) scales its extent.
inline constexpr std::array<SampleDrainFacts, sampleDrainCount> sampleDrains{{
    {SampleDrain::FailedCalls, "failed-calls", 0.06, "half of the calls fail once, are billed and retried"},
    {SampleDrain::DuplicateCalls, "duplicate-calls", 0.08, "every one-shot call is sent again within a day"},
    {SampleDrain::RepeatedEmbeddings, "repeated-embeddings", 0.2,
     "half of the texts are embedded again by the next job"},
    {SampleDrain::AgentLoops, "agent-loops", 0.06, "every agent run repeats one step three to six times"},
    {SampleDrain::AbandonedOutput, "abandoned-output", 0.06, "the answer of every conversation's end and draft"},
    {SampleDrain::DebugPayload, "debug-payload", 0.3, "every record is pretty-printed"},
    {SampleDrain::DuplicateDocuments, "duplicate-documents", 0.1, "every retrieval returns one document twice"},
    {SampleDrain::UnusedTools, "unused-tools", 0.4, "ten tools that nobody calls are offered"},
    {SampleDrain::OverRetrieval, "over-retrieval", 0.3, "every retrieval returns 12 documents instead of 4"},
    {SampleDrain::StaleToolResults, "stale-tool-results", 0.2, "every fetched page is kept in full"},
    {SampleDrain::ResentHistory, "resent-history", 0.7, "every conversation re-sends all of its history"},
    {SampleDrain::SystemPromptExcess, "system-prompt-excess", 0.4, "the last release repeats 60 lines of a prompt"},
    {SampleDrain::ExcessReasoning, "excess-reasoning", 0.08, "every reasoning call thinks five times as long"},
    {SampleDrain::VerboseOutput, "verbose-output", 0.06, "every answer of two features is four times as long"},
    {SampleDrain::OversizedModel, "oversized-model", 0.35, "every classification runs on the large model"},
    {SampleDrain::BatchableCalls, "batchable-calls", 0.4, "every nightly job runs call by call at full price"},
    {SampleDrain::CacheMisses, "cache-misses", 0.15, "a time in front of every review; writes that nobody reads"},
    {SampleDrain::NearDuplicates, "near-duplicates", 0.06, "every draft is asked for again in other words"},
    {SampleDrain::TruncatedOutput, "truncated-output", 0.04, "every summary ends at its limit"},
}};

constexpr std::string_view idOf(SampleDrain drain)
{
    return sampleDrains[static_cast<std::size_t>(drain)].id;
}
std::optional<SampleDrain> sampleDrainOf(std::string_view id);

constexpr bool isQuantityDrain(SampleDrain drain)
{
    return drain < SampleDrain::OversizedModel;
}
constexpr bool isBesideLedger(SampleDrain drain)
{
    return drain >= SampleDrain::NearDuplicates;
}

} // namespace plumbline
