// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/facts/amounts.h"
#include "importers/facts/metadata.h"
#include "importers/facts/raw_usage.h"
#include "importers/facts/text_object.h"
#include "importers/format.h"
#include "importers/prompts/split_prompt.h"

namespace plumbline::formats {

namespace {

Certainty sniff(const Sniffed& record)
{
    const json::Object row = record.value.object();
    const bool isOurs = (record.container.empty() || record.container == "data") && row["request_id"].exists() &&
                        row["spend"].exists() && row["startTime"].exists();
    return isOurs ? Certainty::Certain : Certainty::No;
}

bool isResponseId(std::string_view id)
{
    return id.starts_with("chatcmpl-") || id.starts_with("msg_") || id.starts_with("resp_");
}

/// LiteLLM's spend logs: the API's JSON, its pages, and tables written from the database. Prompt tokens hold cached
/// ones for every provider.
class Reader : public FormatReader
{
public:
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override
    {
        if (record.container == "envelope")
            return {};
        m_splitter.begin();
        m_nested.clear();
        m_texts.clear();
        ObservedSpan span{.spanId = value["request_id"].text()};
        span.start = parseTimestamp(value["startTime"].text());
        if (span.spanId.empty() || !span.start) {
            sink.skip("a spend log without request id or start");
            return {};
        }
        if (isTrue(value["cache_hit"].text()) || value["cache_hit"].boolean().value_or(false)) {
            sink.note("answers from LiteLLM's own cache cost nothing: they are no calls");
            return {};
        }
        span.traceId = m_texts.emplace_back("litellm/" + std::string(span.spanId));
        const std::string_view type = value["call_type"].text();
        span.kind = type.find("embedding") != std::string_view::npos ? SpanKind::Embedding : SpanKind::Llm;
        span.end = parseTimestamp(value["endTime"].text());
        span.firstToken = parseTimestamp(value["completionStartTime"].text());
        span.name = type;
        span.model = value["model"].text();
        span.provider = value["custom_llm_provider"].text();
        if (isResponseId(span.spanId))
            span.responseId = span.spanId;
        span.session = value["session_id"].text();
        span.user = value["end_user"].text().empty() ? value["user"].text() : value["end_user"].text();
        span.reportedCost = facts::money(value["spend"]);
        const json::Value metadata = m_nested.unwrapped(value["metadata"]);
        const bool hasFailed = value["status"].text() == "failure" || metadata["status"].text() == "failure";
        span.status = hasFailed ? SpanStatus::Error : SpanStatus::Ok;
        readNames(value, metadata, span);
        readUsage(value, metadata, span);
        m_splitter.splitInput(m_nested.unwrapped(value["messages"]), span.blocks);
        const json::Value answer = m_nested.unwrapped(value["response"]);
        if (!answer.object().isEmpty())
            m_splitter.splitOutput(answer, span.blocks);
        return sink.add(span);
    }

private:
    static bool isTrue(std::string_view text) { return text == "True" || text == "true"; }

    void readNames(json::Value row, json::Value metadata, ObservedSpan& span)
    {
        std::string& tags = m_texts.emplace_back("[");
        for (const json::Value tag : m_nested.unwrapped(row["request_tags"]).array()) {
            if (tag.text().empty())
                continue;
            if (span.feature.empty() && tag.text().starts_with("feature:"))
                span.feature = tag.text().substr(8);
            if (tags.size() > 1)
                tags += ",";
            json::appendQuoted(tags, tag.text());
        }
        tags += "]";
        if (tags.size() > 2)
            span.tags = tags;
        span.traceName = metadata["user_api_key_alias"].text();
        m_metadata.read(metadata["spend_logs_metadata"], m_nested);
        if (span.feature.empty())
            span.feature = m_metadata.feature();
        facts::TextObject attributes;
        attributes.add("team_id", row["team_id"].text());
        attributes.add("model_group", row["model_group"].text());
        attributes.add("key_alias", metadata["user_api_key_alias"].text());
        attributes.add("team_alias", metadata["user_api_key_team_alias"].text());
        span.attributes = m_texts.emplace_back(attributes.text());
    }

    void readUsage(json::Value row, json::Value metadata, ObservedSpan& span)
    {
        for (const std::string_view key : {"prompt_tokens", "completion_tokens", "total_tokens"})
            if (const auto tokens = facts::tokenCount(row[key]))
                span.reportedUsage.emplace_back(key, *tokens);
        const json::Value more = metadata["additional_usage_values"];
        facts::addRawUsage(more.object().isEmpty() ? metadata["usage_object"] : more, span, m_texts);
        facts::bucketsOf(span,
                         {.convention = CacheConvention::Inclusive, .isEmbedding = span.kind == SpanKind::Embedding});
    }

    PromptSplitter m_splitter;
    json::Nested m_nested;
    facts::Metadata m_metadata;
    std::deque<std::string> m_texts;
};

} // namespace

Format litellm_spend()
{
    return {
        .id = "litellm-spend",
        .title = "LiteLLM spend logs",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<Reader>(); },
    };
}

} // namespace plumbline::formats
