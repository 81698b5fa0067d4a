// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/agents/claude_code.h"

#include "importers/agents/session.h"
#include "importers/facts/amounts.h"
#include "importers/facts/raw_usage.h"

namespace plumbline::agents {

bool isClaudeCodeLine(json::Value value)
{
    const json::Object line = value.object();
    return !line["sessionId"].text().empty() && !line["type"].text().empty() &&
           (line["uuid"].exists() || line["message"].isObject());
}

Result<> ClaudeCodeReader::read(const input::Record&, json::Value value, RecordSink& sink)
{
    if (!value.isObject()) {
        sink.skip("not a JSON object");
        return {};
    }
    const json::Object line = value.object();
    const json::Value message = line["message"];
    const json::Value usage = message["usage"];
    const std::string_view model = message["model"].text();
    // What people say, tool results, summaries and the program's own words are no answers of a model.
    if (!usage.isObject() || model == "<synthetic>" || line["isApiErrorMessage"].boolean().value_or(false))
        return {};
    const auto time = parseTimestamp(line["timestamp"].text());
    if (!time) {
        sink.skip("no timestamp");
        return {};
    }
    m_splitter.begin();
    m_texts.clear();
    std::vector<ObservedBlock> blocks = std::move(m_span.blocks);
    m_span = {};
    blocks.clear();
    m_span.blocks = std::move(blocks);
    ObservedSpan& span = m_span;
    span.kind = SpanKind::Llm;
    span.traceId = line["sessionId"].text();
    if (span.traceId.empty())
        span.traceId = line["session_id"].text();
    span.spanId = message["id"].text();
    if (span.spanId.empty())
        span.spanId = line["uuid"].text();
    if (span.traceId.empty() || span.spanId.empty()) {
        sink.skip("an answer without session or id");
        return {};
    }
    const bool isSubagent = line["isSidechain"].boolean().value_or(false);
    span.name = isSubagent ? "subagent" : "assistant";
    span.start = time;
    span.recordedAt = time;
    span.status = SpanStatus::Ok;
    span.model = model;
    span.provider = "anthropic";
    span.serviceTier = usage["speed"].text() == "fast" ? std::string_view("fast") : usage["service_tier"].text();
    span.responseId = line["requestId"].text();
    if (span.responseId.empty())
        span.responseId = message["id"].text();
    span.finishReason = message["stop_reason"].text();
    span.session = span.traceId;
    span.service = "claude-code";
    span.traceName = projectOf(line["cwd"].text());
    span.attributes = m_texts.emplace_back(attributesOf(line, {"cwd", "gitBranch", "version", "entrypoint"}));
    facts::addRawUsage(usage, span, m_texts);
    facts::bucketsOf(span, {.convention = CacheConvention::Disjoint});
    span.reportedCost = facts::money(line["costUSD"]);
    m_splitter.splitOutput(message["content"], span.blocks);
    return sink.add(span);
}

} // namespace plumbline::agents
