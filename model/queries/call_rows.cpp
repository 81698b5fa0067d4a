// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/call_rows.h"

#include "model/record/observation_reader.h"
#include "model/store/external_id.h"

namespace plumbline::queries {

const std::string_view selectCall =
    "SELECT call.started, feature.value, model.value, provider.value, step.value, environment.value, user.value, "
    "session.value, "
    "trace.external, observation.span, origin.status, call.uncached, call.cache_read, call.cache_write_5m, "
    "call.cache_write_1h, "
    "call.visible, call.reasoning, call.audio, call.searches, call.cost, call.reported_cost, call.latency, call.trace "
    "FROM call JOIN trace ON trace.id = call.trace JOIN observation ON observation.id = call.id "
    "JOIN origin ON origin.id = call.origin "
    "LEFT JOIN name AS feature ON feature.id = origin.feature LEFT JOIN name AS model ON model.id = origin.model "
    "LEFT JOIN name AS provider ON provider.id = origin.provider LEFT JOIN name AS step ON step.id = origin.step "
    "LEFT JOIN name AS environment ON environment.id = origin.environment LEFT JOIN name AS user ON user.id = "
    "call.user "
    "LEFT JOIN name AS session ON session.id = call.session WHERE call.id = ?";

Result<std::optional<CallRow>> readCall(store::Statement& query, CallId id)
{
    TRY(query.bind(static_cast<std::int64_t>(id)));
    if (!TRY(query.next()))
        return std::optional<CallRow>();
    CallRow row{.id = id, .start = Timestamp(query.integer(0))};
    std::string* texts[] = {&row.feature,     &row.model, &row.provider, &row.step,
                            &row.environment, &row.user,  &row.session};
    for (int i = 0; i < 7; ++i)
        *texts[i] = query.text(i + 1);
    if (row.feature.empty())
        row.feature = missingValue(Dimension::Feature);
    row.traceId = store::unpackedId(query.text(8));
    row.spanId = store::unpackedId(query.text(9));
    row.status = static_cast<SpanStatus>(query.integer(10));
    row.usage = record::readUsage(query, 11);
    if (const auto cost = query.optionalInteger(19))
        row.cost = Money(*cost);
    if (const auto cost = query.optionalInteger(20))
        row.reportedCost = Money(*cost);
    row.latency = query.optionalInteger(21);
    return std::optional(std::move(row));
}

} // namespace plumbline::queries
