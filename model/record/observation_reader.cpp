// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/observation_reader.h"

namespace plumbline::record {

std::string selectObservations(std::string_view where)
{
    return "SELECT id, import, content, trace, span, parent, kind, flags, started, ended, recorded, status, name, "
           "model, provider, tier, "
           "prompt_name, prompt_version, feature, trace_name, environment, release, service, user, session, tags, "
           "attributes, "
           "uncached, cache_read, cache_write_5m, cache_write_1h, visible, reasoning, audio, searches, rule, "
           "reported_cost "
           "FROM observation " +
           std::string(where);
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

int bindUsage(store::Statement& statement, int first, const Usage& usage)
{
    const std::optional<TokenCount>* buckets[] = {&usage.uncachedInput, &usage.cacheRead,     &usage.cacheWrite5m,
                                                  &usage.cacheWrite1h,  &usage.visibleOutput, &usage.reasoning,
                                                  &usage.audioInput,    &usage.webSearches};
    for (const std::optional<TokenCount>* bucket : buckets) {
        if (*bucket)
            statement.bindAt(first, **bucket);
        ++first;
    }
    return first;
}

Observation readObservation(const store::Statement& row, const store::Hasher& hasher, std::int64_t& trace)
{
    Observation observation;
    observation.id = row.integer(0);
    observation.import = row.integer(1);
    observation.content = static_cast<std::uint64_t>(row.integer(2));
    trace = row.integer(3);
    observation.span = hasher.hash64(row.text(4));
    if (const std::string_view parent = row.text(5); !parent.empty())
        observation.parent = hasher.hash64(parent);
    observation.kind = static_cast<SpanKind>(row.integer(6));
    observation.flags = static_cast<std::uint8_t>(row.integer(7));
    observation.started = row.optionalInteger(8);
    observation.ended = row.optionalInteger(9);
    observation.recorded = row.optionalInteger(10);
    observation.status = static_cast<SpanStatus>(row.integer(11));
    observation.name = row.integer(12);
    observation.model = row.integer(13);
    observation.provider = row.integer(14);
    observation.tier = row.integer(15);
    observation.promptName = row.integer(16);
    observation.promptVersion = row.integer(17);
    observation.attribution = {.feature = row.integer(18),
                               .traceName = row.integer(19),
                               .environment = row.integer(20),
                               .release = row.integer(21),
                               .service = row.integer(22),
                               .user = row.integer(23),
                               .session = row.integer(24),
                               .tags = row.integer(25),
                               .attributes = row.integer(26)};
    observation.usage = readUsage(row, 27);
    observation.rule = static_cast<UsageRule>(row.integer(35));
    if (const auto cost = row.optionalInteger(36))
        observation.reportedCost = Money(*cost);
    return observation;
}

} // namespace plumbline::record
