// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/core/money.h"
#include "model/core/span.h"
#include "model/core/usage.h"

namespace plumbline::record {

/// Id of a text in the workspace's table `name`; 0 is none.
using NameId = std::int64_t;

/// What spans, observations and traces may say about where their spend belongs: inherited from the nearest ancestor.
struct Attribution
{
    NameId feature = 0;
    NameId traceName = 0;
    NameId environment = 0;
    NameId release = 0;
    NameId service = 0;
    NameId user = 0;
    NameId session = 0;
    NameId tags = 0;
    std::int64_t attributes = 0; ///< attribute_set.id
    bool operator==(const Attribution&) const = default;

    /// Takes over what it lacks itself.
    void inherit(const Attribution& from)
    {
        const auto take = [](auto& mine, auto other) { mine = mine ? mine : other; };
        take(feature, from.feature);
        take(traceName, from.traceName);
        take(environment, from.environment);
        take(release, from.release);
        take(service, from.service);
        take(user, from.user);
        take(session, from.session);
        take(tags, from.tags);
        take(attributes, from.attributes);
    }
};

/// A row of the table `observation` as settling needs it, and a span once its witnesses are composed.
struct Observation
{
    std::int64_t id = 0;
    std::int64_t import = 0;
    std::uint64_t content = 0;
    std::uint64_t span = 0;    ///< digest of its external id
    std::uint64_t parent = 0;  ///< the same of its parent's; 0 is none
    std::int64_t response = 0; ///< digest of the provider's response id; 0 is none
    SpanKind kind = SpanKind::Other;
    SpanStatus status = SpanStatus::Unknown;
    UsageRule rule = UsageRule::None;
    std::uint8_t flags = 0;
    std::optional<std::int64_t> started = {}, ended = {}, recorded = {}; ///< microseconds since 1970
    NameId name = 0, model = 0, provider = 0, tier = 0, promptName = 0, promptVersion = 0;
    Attribution attribution = {};
    Usage usage = {};
    std::optional<Money> reportedCost = {};
};

// Bits of `observation.flags`, which the origin of its call takes over.
constexpr unsigned IsPartial = 1;
constexpr unsigned UsageMayBeEstimated = 2;
constexpr unsigned PromptTruncated = 4;
constexpr unsigned IsPiece = 8;        ///< has some of the span's messages
constexpr unsigned NamedAsTrace = 128; ///< a root whose id is its trace's
// Further bits of `origin.flags`.
constexpr unsigned UsageCorrected = 16; ///< the source had counted tokens twice, or left some out
constexpr unsigned UsageAmbiguous = 32;
constexpr unsigned LongContext = 64; ///< priced at the model's long-context rates

// Bits of `origin.known`: which figures its calls have.
constexpr unsigned KnowsInput = 1;
constexpr unsigned KnowsCacheRead = 2;
constexpr unsigned KnowsCacheWrite = 4;
constexpr unsigned KnowsOutput = 8;
constexpr unsigned KnowsReasoning = 16;
constexpr unsigned KnowsCost = 32;
constexpr unsigned KnowsReportedCost = 64;
constexpr unsigned KnowsLatency = 128;

} // namespace plumbline::record
