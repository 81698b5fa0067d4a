// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "importers/format.h"
#include "importers/otlp/attributes.h"
#include "importers/otlp/instrumentation.h"
#include "importers/otlp/messages.h"
#include "importers/otlp/span_metadata.h"

namespace plumbline::otlp {

/// Reads export requests of OTLP/JSON, one a record: spans, and those log records that speak of a model call. Also
/// single spans, as some write them to a file.
class RequestReader : public FormatReader
{
public:
    RequestReader();
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override;

private:
    /// The log records of one span, in their order.
    struct Told
    {
        std::string traceId, spanId;
        json::Value resource;
        Instrumentation instrumentation;
        std::vector<json::Value> records;
    };

    Result<> readSpans(json::Object resourceSpans, RecordSink& sink);
    Result<> readSpan(json::Object span, const Instrumentation& instrumentation, RecordSink& sink);
    Result<> readLogs(json::Object resourceLogs, std::vector<Told>& told, RecordSink& sink);
    Result<> readClaudeCodeRequest(json::Object record, const Instrumentation& instrumentation, RecordSink& sink);
    Result<> readTold(const Told& told, RecordSink& sink);
    void begin();
    /// What attributes say, written into the span, which has its ids, name and times already.
    void readAttributes(const Instrumentation& instrumentation);

    Scratch m_scratch;
    Attributes m_resource, m_attributes;
    SpanMetadata m_metadata;
    PromptSplitter m_splitter;
    std::vector<SpanEvent> m_events;
    std::string m_traceId, m_spanId, m_parentId;
    ObservedSpan m_span;
};

} // namespace plumbline::otlp
