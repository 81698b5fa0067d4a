// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/otlp/request_reader.h"

#include "importers/otlp/facts.h"
#include "importers/otlp/usage.h"

namespace plumbline::otlp {

namespace {

constexpr std::size_t traceIdBytes = 16;
constexpr std::size_t spanIdBytes = 8;

SpanStatus statusOf(json::Value status)
{
    const json::Value code = status["code"];
    if (code.integer() == 2 || code.text() == "STATUS_CODE_ERROR")
        return SpanStatus::Error;
    return code.integer() == 1 || code.text() == "STATUS_CODE_OK" ? SpanStatus::Ok : SpanStatus::Unknown;
}

/// Scopes had another name in their first years.
json::Array scopesOf(json::Object resourceItems, std::string_view name, std::string_view olderName)
{
    const json::Value scopes = member(resourceItems, name);
    return (scopes.exists() ? scopes : member(resourceItems, olderName)).array();
}

Instrumentation instrumentationIn(json::Object scopeItems)
{
    const json::Value scope = member(scopeItems, "scope");
    return instrumentationOf(scope.exists() ? scope : member(scopeItems, "instrumentationLibrary"));
}

std::string_view eventNameOf(json::Object record, const Attributes& attributes)
{
    if (const std::string_view name = member(record, "eventName").text(); !name.empty())
        return name;
    if (const std::string_view name = attributes.text("event.name"); !name.empty())
        return name;
    return scalarOf(record["body"]).text();
}

std::optional<Timestamp> timeOfRecord(json::Object record)
{
    const auto time = timeOf(member(record, "timeUnixNano"));
    return time ? time : timeOf(member(record, "observedTimeUnixNano"));
}

bool isClaudeCodeRequest(std::string_view eventName, const Instrumentation& instrumentation)
{
    return eventName == "claude_code.api_request" || (eventName == "api_request" && instrumentation.isClaudeCode());
}

} // namespace

RequestReader::RequestReader() : m_resource(m_scratch), m_attributes(m_scratch) {}

void RequestReader::begin()
{
    m_scratch.clear();
    m_splitter.begin();
    m_events.clear();
    std::vector<ObservedBlock> blocks = std::move(m_span.blocks);
    auto usage = std::move(m_span.reportedUsage);
    blocks.clear();
    usage.clear();
    m_span = {};
    m_span.blocks = std::move(blocks);
    m_span.reportedUsage = std::move(usage);
}

Result<> RequestReader::read(const input::Record& record, json::Value value, RecordSink& sink)
{
    const json::Object request = value.object();
    const json::Value spans = member(request, "resourceSpans");
    const json::Value logs = member(request, "resourceLogs");
    const json::Value metrics = member(request, "resourceMetrics");
    for (const json::Value item : spans.array())
        TRY(readSpans(item.object(), sink));
    if (logs.exists()) {
        std::vector<Told> told;
        for (const json::Value item : logs.array())
            TRY(readLogs(item.object(), told, sink));
        for (const Told& ofSpan : told)
            TRY(readTold(ofSpan, sink));
    }
    if (metrics.exists())
        sink.note("metrics are totals without calls: kept out of the spend");
    if (spans.exists() || logs.exists() || metrics.exists())
        return {};
    if (member(request, "traceId").exists() || member(request, "spanId").exists()) {
        m_resource.read(request["resource"]["attributes"]);
        return readSpan(request, instrumentationIn(request), sink);
    }
    if (record.container != "envelope")
        sink.skip("neither spans nor log records");
    return {};
}

Result<> RequestReader::readSpans(json::Object resourceSpans, RecordSink& sink)
{
    m_resource.read(resourceSpans["resource"]["attributes"]);
    for (const json::Value scopeSpans : scopesOf(resourceSpans, "scopeSpans", "instrumentationLibrarySpans")) {
        const Instrumentation instrumentation = instrumentationIn(scopeSpans.object());
        for (const json::Value span : scopeSpans["spans"].array())
            TRY(readSpan(span.object(), instrumentation, sink));
    }
    return {};
}

Result<> RequestReader::readSpan(json::Object span, const Instrumentation& instrumentation, RecordSink& sink)
{
    begin();
    m_traceId = idText(member(span, "traceId"), traceIdBytes);
    m_spanId = idText(member(span, "spanId"), spanIdBytes);
    m_parentId = idText(member(span, "parentSpanId"), spanIdBytes);
    if (m_traceId.empty() || m_spanId.empty()) {
        sink.skip(m_traceId.empty() ? "no trace id" : "no span id");
        return {};
    }
    m_span.traceId = m_traceId;
    m_span.spanId = m_spanId;
    m_span.parentId = m_parentId == m_spanId ? std::string_view() : m_parentId;
    m_span.name = span["name"].text();
    m_span.start = timeOf(member(span, "startTimeUnixNano"));
    m_span.end = timeOf(member(span, "endTimeUnixNano"));
    if (!m_span.start) {
        sink.skip("no start time");
        return {};
    }
    // Clocks of clients run backwards now and then.
    if (m_span.end && *m_span.end < *m_span.start)
        m_span.end = m_span.start;
    m_span.status = statusOf(span["status"]);
    m_span.statusMessage = span["status"]["message"].text();
    m_attributes.read(span["attributes"]);
    for (const json::Value event : span["events"].array())
        m_events.push_back({.name = event["name"].text(), .attributes = event["attributes"]});
    readAttributes(instrumentation);
    // SDKs leave out what is above their limit of attributes.
    const auto dropped = member(span, "droppedAttributesCount").integer();
    m_span.isPromptTruncated |= dropped.value_or(0) > 0 && !m_span.blocks.empty();
    return sink.add(m_span);
}

void RequestReader::readAttributes(const Instrumentation& instrumentation)
{
    readFacts(m_attributes, m_resource, instrumentation, m_span);
    readUsage(m_attributes, instrumentation, m_span);
    m_span.reportedCost = readCost(m_attributes);
    m_metadata.read(m_attributes, m_resource, m_span);
    readMessages(m_attributes, m_events, m_splitter, m_span);
}

Result<> RequestReader::readLogs(json::Object resourceLogs, std::vector<Told>& told, RecordSink& sink)
{
    const json::Value resource = resourceLogs["resource"]["attributes"];
    m_resource.read(resource);
    for (const json::Value scopeLogs : scopesOf(resourceLogs, "scopeLogs", "instrumentationLibraryLogs")) {
        const Instrumentation instrumentation = instrumentationIn(scopeLogs.object());
        for (const json::Value entry : member(scopeLogs.object(), "logRecords").array()) {
            const json::Object record = entry.object();
            begin();
            m_attributes.read(record["attributes"]);
            const std::string_view name = eventNameOf(record, m_attributes);
            if (isClaudeCodeRequest(name, instrumentation)) {
                TRY(readClaudeCodeRequest(record, instrumentation, sink));
                continue;
            }
            if (!isMessageEvent(name))
                continue;
            std::string traceId = idText(member(record, "traceId"), traceIdBytes);
            std::string spanId = idText(member(record, "spanId"), spanIdBytes);
            if (traceId.empty() || spanId.empty()) {
                sink.skip("no trace id");
                continue;
            }
            // Events of one call follow each other closely.
            auto known = told.rbegin();
            while (known != told.rend() && (known->spanId != spanId || known->traceId != traceId))
                ++known;
            if (known == told.rend()) {
                told.push_back({std::move(traceId), std::move(spanId), resource, instrumentation, {}});
                known = told.rbegin();
            }
            known->records.push_back(entry);
        }
    }
    return {};
}

Result<> RequestReader::readClaudeCodeRequest(json::Object record, const Instrumentation& instrumentation,
                                              RecordSink& sink)
{
    const std::string_view session = m_attributes.text("session.id");
    m_traceId = idText(member(record, "traceId"), traceIdBytes);
    m_span.traceId = m_traceId.empty() ? session : m_traceId;
    if (m_span.traceId.empty()) {
        sink.skip("no trace id");
        return {};
    }
    // The event is told when the answer is complete.
    m_span.end = timeOfRecord(record);
    if (!m_span.end)
        m_span.end = parseTimestamp(m_attributes.text("event.timestamp"));
    m_span.start = later(m_span.end, -m_attributes.number("duration_ms").value_or(0));
    if (!m_span.start) {
        sink.skip("no start time");
        return {};
    }
    // Its record may name the span of a whole interaction, which has many requests.
    m_spanId = m_attributes.text({"request_id", "client_request_id"});
    if (m_spanId.empty())
        m_spanId = "api_request-" + std::to_string(m_span.end->microseconds());
    m_span.spanId = m_spanId;
    m_parentId = m_traceId.empty() ? std::string() : idText(member(record, "spanId"), spanIdBytes);
    m_span.parentId = m_parentId;
    m_span.name = "claude_code.api_request";
    readAttributes(instrumentation);
    m_span.kind = SpanKind::Llm;
    m_span.status = SpanStatus::Ok;
    return sink.add(m_span);
}

Result<> RequestReader::readTold(const Told& told, RecordSink& sink)
{
    begin();
    m_resource.read(told.resource);
    m_span.traceId = told.traceId;
    m_span.spanId = told.spanId;
    m_attributes.read({});
    bool tellsAll = false;
    for (const json::Value entry : told.records) {
        const json::Object record = entry.object();
        const auto time = timeOfRecord(record);
        if (time && (!m_span.start || *time < *m_span.start))
            m_span.start = time;
        Attributes own(m_scratch);
        own.read(record["attributes"]);
        const std::string_view name = eventNameOf(record, own);
        // The event that has everything, usage too, speaks for the call; the others have a message each.
        if (name == operationDetails || m_attributes.isEmpty())
            m_attributes.read(record["attributes"]);
        tellsAll |= name == operationDetails;
        m_events.push_back({.name = name, .attributes = record["attributes"], .body = record["body"]});
    }
    readAttributes(told.instrumentation);
    if (m_span.kind == SpanKind::Other)
        m_span.kind = SpanKind::Llm;
    m_span.isPartial = true;
    m_span.isPiece = !tellsAll;
    return sink.add(m_span);
}

} // namespace plumbline::otlp
