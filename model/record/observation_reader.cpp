// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/observation_reader.h"

#include "model/store/external_id.h"

namespace plumbline::record {

std::string selectObservations(std::string_view where)
{
    return "SELECT id, import, content, trace, span, facts, response FROM observation " + std::string(where);
}

Usage readUsage(const store::Statement& row, int first)
{
    return {.uncachedInput = row.optionalInteger(first),
            .cacheRead = row.optionalInteger(first + 1),
            .cacheWrite5m = row.optionalInteger(first + 2),
            .cacheWrite1h = row.optionalInteger(first + 3),
            .visibleOutput = row.optionalInteger(first + 4),
            .reasoning = row.optionalInteger(first + 5),
            .audioInput = row.optionalInteger(first + 6),
            .webSearches = row.optionalInteger(first + 7)};
}

std::array<std::optional<TokenCount>, 8> bucketColumns(const Usage& usage)
{
    return {usage.uncachedInput, usage.cacheRead, usage.cacheWrite5m, usage.cacheWrite1h,
            usage.visibleOutput, usage.reasoning, usage.audioInput,   usage.webSearches};
}

Result<ObservationFacts> factsOf(std::string_view packed)
{
    auto facts = readFacts(packed);
    if (!facts)
        return fail(ErrorKind::Database, "the workspace file is damaged: an observation cannot be read");
    return *facts;
}

Result<Observation> readObservation(const store::Statement& row, const store::Hasher& hasher, std::int64_t& trace)
{
    const ObservationFacts facts = TRY(factsOf(row.text(5)));
    trace = row.integer(3);
    return Observation{.id = row.integer(0),
                       .import = row.integer(1),
                       .content = static_cast<std::uint64_t>(row.integer(2)),
                       .span = store::keyOfId(hasher, row.text(4)),
                       .parent = facts.parent.empty() ? 0 : store::keyOfId(hasher, facts.parent),
                       .response = row.integer(6),
                       .kind = facts.kind,
                       .status = facts.status,
                       .rule = facts.rule,
                       .flags = facts.flags,
                       .started = facts.started,
                       .ended = facts.ended,
                       .recorded = facts.recorded,
                       .name = facts.name,
                       .model = facts.model,
                       .provider = facts.provider,
                       .tier = facts.tier,
                       .promptName = facts.promptName,
                       .promptVersion = facts.promptVersion,
                       .attribution = facts.attribution,
                       .usage = facts.usage,
                       .reportedCost = facts.reportedCost};
}

} // namespace plumbline::record
