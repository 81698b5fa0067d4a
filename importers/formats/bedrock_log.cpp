// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include "importers/facts/amounts.h"
#include "importers/facts/metadata.h"
#include "importers/facts/raw_usage.h"
#include "importers/format.h"
#include "importers/providers/response.h"

namespace plumbline::formats {

namespace {

Certainty sniff(const Sniffed& record)
{
    return record.value["schemaType"].text() == "ModelInvocationLog" ? Certainty::Certain : Certainty::No;
}

/// Bedrock's model invocation log. Its own input count leaves cached tokens out; they stand only in the answer.
class Reader : public FormatReader
{
public:
    Result<> read(const input::Record&, json::Value value, RecordSink& sink) override
    {
        m_splitter.begin();
        m_nested.clear();
        m_texts.clear();
        ObservedSpan span{.spanId = value["requestId"].text()};
        span.kind = SpanKind::Llm;
        span.start = parseTimestamp(value["timestamp"].text());
        if (span.spanId.empty() || !span.start) {
            sink.skip("a log entry without request id or timestamp");
            return {};
        }
        span.traceId = m_texts.emplace_back("bedrock/" + std::string(span.spanId));
        providers::readRequest(m_nested.unwrapped(value["input"]["inputBodyJson"]), span, m_splitter);
        const json::Value answer = m_nested.unwrapped(value["output"]["outputBodyJson"]);
        if (!readAnswer(answer, span)) {
            for (const std::string_view name :
                 {"inputTokenCount", "cacheReadInputTokenCount", "cacheWriteInputTokenCount"})
                addCount(name, value["input"], span);
            addCount("outputTokenCount", value["output"], span);
            facts::bucketsOf(span, {.convention = CacheConvention::Disjoint});
        }
        span.name = value["operation"].text();
        span.model = value["modelId"].text();
        span.provider = "aws.bedrock";
        if (!value["errorCode"].text().empty()) {
            span.status = SpanStatus::Error;
            span.statusMessage = value["errorCode"].text();
        }
        m_metadata.read(value["requestMetadata"], m_nested);
        span.attributes = m_metadata.attributes();
        span.feature = m_metadata.feature();
        span.user = value["requestMetadata"]["user"].text();
        return sink.add(span);
    }

private:
    static void addCount(std::string_view name, json::Value holder, ObservedSpan& span)
    {
        if (const auto tokens = facts::tokenCount(holder[name]))
            span.reportedUsage.emplace_back(name, *tokens);
    }
    /// One answer, or the events of a streamed one: the last that knows the usage.
    bool readAnswer(json::Value answer, ObservedSpan& span)
    {
        if (!answer.isArray())
            return providers::readResponse(answer, span, m_splitter, m_texts);
        // Events tell what changed since those before: the last of each figure holds.
        std::map<std::string_view, json::Value> figures;
        for (const json::Value event : answer.array())
            for (const json::Value usage : {event["message"]["usage"], event["metadata"]["usage"], event["usage"]})
                for (const auto [key, value] : usage.object())
                    figures[key] = value;
        if (figures.empty()) // the service counts as well, whatever the model says
            for (const json::Value event : answer.array())
                for (const auto [key, value] : event["amazon-bedrock-invocationMetrics"].object())
                    figures[key] = value;
        if (figures.empty())
            return false;
        std::string& merged = m_texts.emplace_back("{");
        for (const auto& [key, value] : figures) {
            merged += merged.size() > 1 ? "," : "";
            json::appendQuoted(merged, key);
            merged += ':';
            value.appendCompact(merged);
        }
        merged += '}';
        const auto usage = m_merged.parseCopy(merged);
        if (!usage)
            return false;
        facts::addRawUsage(*usage, span, m_texts);
        providers::addCacheDetails(*usage, span);
        facts::bucketsOf(span, {.convention = CacheConvention::Disjoint});
        m_splitter.splitOutput(answer, span.blocks);
        return true;
    }

    PromptSplitter m_splitter;
    json::Nested m_nested;
    json::Parser m_merged;
    facts::Metadata m_metadata;
    std::deque<std::string> m_texts;
};

} // namespace

Format bedrock_log()
{
    return {
        .id = "bedrock-log",
        .title = "Bedrock model invocation log",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<Reader>(); },
    };
}

} // namespace plumbline::formats
