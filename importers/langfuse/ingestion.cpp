// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/langfuse/ingestion.h"

namespace plumbline::langfuse {

namespace {

constexpr std::size_t mostRememberedSpans = 100'000;

enum class Entity
{
    Trace,
    Span,
    Score,
    Log,
    Unknown,
};

struct EventType
{
    Entity entity = Entity::Unknown;
    SpanKind kind = SpanKind::Other;
    bool isUpdate = false;
};

EventType eventTypeNamed(std::string_view name)
{
    if (name == "trace-create")
        return {.entity = Entity::Trace};
    if (name == "score-create")
        return {.entity = Entity::Score};
    if (name == "sdk-log")
        return {.entity = Entity::Log};
    struct Naming
    {
        std::string_view stem;
        SpanKind kind;
    };
    constexpr Naming namings[] = {
        {"span", SpanKind::Other},          {"generation", SpanKind::Llm},   {"event", SpanKind::Event},
        {"agent", SpanKind::Agent},         {"tool", SpanKind::Tool},        {"chain", SpanKind::Chain},
        {"retriever", SpanKind::Retriever}, {"evaluator", SpanKind::Other},  {"embedding", SpanKind::Embedding},
        {"guardrail", SpanKind::Other},     {"observation", SpanKind::Other}};
    for (const Naming& naming : namings) {
        if (!name.starts_with(naming.stem))
            continue;
        const std::string_view verb = name.substr(naming.stem.size());
        if (verb == "-create" || verb == "-update")
            return {.entity = Entity::Span, .kind = naming.kind, .isUpdate = verb == "-update"};
    }
    return {};
}

} // namespace

bool isEvent(json::Value value)
{
    const json::Object object = value.object();
    return object["body"].isObject() && eventTypeNamed(object["type"].text()).entity != Entity::Unknown;
}

std::string_view IngestionReader::traceOf(std::string_view span, std::string_view trace)
{
    if (!trace.empty()) {
        if (m_traces.size() >= mostRememberedSpans)
            m_traces.clear();
        m_traces.emplace(span, trace);
        return trace;
    }
    if (const auto known = m_traces.find(std::string(span)); known != m_traces.end())
        return known->second;
    // The server makes up a trace for a span without one; its id is the span's here, so that a second import agrees.
    m_artificialTrace = span;
    return m_artificialTrace;
}

Result<> IngestionReader::read(const input::Record& record, json::Value value, RecordSink& sink)
{
    m_rows.begin();
    if (record.container == "envelope")
        return {};
    const json::Object event = value.object();
    const EventType type = eventTypeNamed(event["type"].text());
    if (type.entity == Entity::Log)
        return {};
    if (type.entity == Entity::Unknown || !event["body"].isObject()) {
        sink.skip("not an event of the ingestion protocol");
        return {};
    }
    const auto timestamp = parseTimestamp(event["timestamp"].text());
    if (!timestamp) {
        sink.skip("an event without a valid timestamp");
        return {};
    }
    sortInto(m_row, event["body"].object());
    if (type.entity == Entity::Trace) {
        if (m_row.text(Field::Id).empty()) {
            sink.skip("a trace without id");
            return {};
        }
        return m_rows.readTrace(m_row, sink, timestamp);
    }
    if (type.entity == Entity::Score)
        return m_rows.readScore(m_row, sink);

    const std::string_view id = m_row.text(Field::Id);
    if (id.empty()) {
        sink.skip("an observation without id");
        return {};
    }
    const SpanKind kind = m_row.has(Field::Type) ? spanKindNamed(m_row.text(Field::Type)) : type.kind;
    // Updates come behind creates of the same instant.
    const Timestamp recorded(timestamp->microseconds() + (type.isUpdate ? 1 : 0));
    return m_rows.readObservation(m_row,
                                  {.kind = kind,
                                   .traceId = traceOf(id, m_row.text(Field::TraceId)),
                                   .start = type.isUpdate ? std::optional<Timestamp>() : timestamp,
                                   .recordedAt = recorded,
                                   .isPartial = type.isUpdate},
                                  sink);
}

} // namespace plumbline::langfuse
