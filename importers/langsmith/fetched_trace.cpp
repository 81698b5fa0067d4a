// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/langsmith/fetched_trace.h"
#include "importers/facts/times.h"

#include "importers/facts/amounts.h"
#include "importers/langsmith/run.h"

namespace plumbline::langsmith {

bool isFetchedTrace(json::Value value)
{
    const json::Object object = value.object();
    return object["trace_id"].exists() && object["messages"].isArray() && object["metadata"].isObject() &&
           !object["run_type"].exists();
}

Result<> FetchedTraceReader::read(const input::Record&, json::Value value, RecordSink& sink)
{
    m_nested.clear();
    if (!isFetchedTrace(value)) {
        sink.skip("no trace of langsmith-fetch");
        return {};
    }
    const json::Value about = value["metadata"];
    const json::Value custom = about["custom_metadata"];
    m_metadata.read(custom, m_nested);
    const std::string id = normalId(value["trace_id"].text());
    ObservedTrace trace{.traceId = id, .start = facts::timeOf(about["start_time"])};
    trace.recordedAt = facts::timeOf(about["end_time"]);
    const auto first = [&](std::initializer_list<std::string_view> keys) -> std::string_view {
        for (const std::string_view key : keys)
            if (!custom[key].text().empty())
                return custom[key].text();
        return {};
    };
    trace.user = first({"user_id", "userId", "user"});
    trace.session = first({"session_id", "thread_id", "conversation_id"});
    trace.feature = m_metadata.feature();
    trace.attributes = m_metadata.attributes();
    trace.reportedInput = facts::tokenCount(about["token_usage"]["prompt_tokens"]);
    trace.reportedOutput = facts::tokenCount(about["token_usage"]["completion_tokens"]);
    trace.reportedCost = facts::money(about["costs"]["total_cost"]);
    sink.note("traces of langsmith-fetch have totals only: export their runs for the calls");
    return sink.add(trace);
}

} // namespace plumbline::langsmith
