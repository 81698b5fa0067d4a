// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/facts/amounts.h"
#include "importers/facts/metadata.h"
#include "importers/facts/raw_usage.h"
#include "importers/format.h"
#include "importers/prompts/split_prompt.h"
#include "model/core/ascii.h"

namespace plumbline::formats {

namespace {

constexpr std::string_view noReference = "00000000-0000-0000-0000-000000000000";

Certainty sniff(const Sniffed& record)
{
    const json::Object row = record.value.object();
    const bool isOurs = row["request_created_at"].exists() && row["response_created_at"].exists();
    return isOurs ? Certainty::Certain : Certainty::No;
}

/// Helicone's request exports: JSON lines, and a table of twelve columns whose objects are quoted twice.
class Reader : public FormatReader
{
public:
    Result<> read(const input::Record&, json::Value value, RecordSink& sink) override
    {
        m_splitter.begin();
        m_nested.clear();
        m_texts.clear();
        ObservedSpan span{.spanId = value["request_id"].text(), .kind = SpanKind::Llm};
        if (span.spanId.empty())
            span.spanId = value["response_id"].text();
        span.start = parseTimestamp(value["request_created_at"].text());
        if (span.spanId.empty() || !span.start) {
            sink.skip("a request without id or time");
            return {};
        }
        const std::string_view reference = value["cache_reference_id"].text();
        if (!reference.empty() && reference != noReference) {
            sink.note("answers from Helicone's own cache cost nothing: they are no calls");
            return {};
        }
        span.traceId = m_texts.emplace_back("helicone/" + std::string(span.spanId));
        span.responseId = value["response_id"].text(); // the table has no other id
        span.name = value["request_path"].text();
        span.end = parseTimestamp(value["response_created_at"].text());
        if (const auto milliseconds = value["delay_ms"].number();
            milliseconds && *milliseconds >= 0 && *milliseconds < 1e9)
            span.end = Timestamp(span.start->microseconds() + static_cast<std::int64_t>(*milliseconds * 1000));
        const auto status = value["response_status"].integer();
        if (status && *status > 0)
            span.status = *status >= 400 ? SpanStatus::Error : SpanStatus::Ok;
        span.model = value["model"].text().empty() ? value["request_model"].text() : value["model"].text();
        span.provider = m_texts.emplace_back(lowerCase(value["provider"].text()));
        span.user = value["request_user_id"].text();
        span.promptName = value["prompt_id"].text();
        span.promptVersion = value["prompt_version"].text();
        span.reportedCost = facts::money(value["cost"].exists() ? value["cost"] : value["costUSD"]);
        readProperties(value, span);
        readUsage(value, span);
        m_splitter.splitInput(twiceQuoted(value["request_body"]), span.blocks);
        m_splitter.splitOutput(twiceQuoted(value["response_body"]), span.blocks);
        return sink.add(span);
    }

private:
    /// An object, its JSON, or that JSON with every quote doubled once more.
    json::Value twiceQuoted(json::Value value)
    {
        const std::string_view text = value.text();
        if (!text.starts_with("{\"\"") && !text.starts_with("[{\"\""))
            return m_nested.unwrapped(value);
        std::string& mended = m_texts.emplace_back();
        for (std::size_t i = 0; i < text.size(); ++i) {
            mended += text[i];
            if (text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"')
                ++i;
        }
        const auto parsed = m_parsers.emplace_back().parseCopy(mended);
        return parsed ? *parsed : value;
    }

    void readProperties(json::Value row, ObservedSpan& span)
    {
        m_parsers.clear();
        json::Value properties = twiceQuoted(row["request_properties"]);
        if (!properties.isObject())
            properties = twiceQuoted(row["properties"]);
        m_metadata.read(properties, m_nested);
        span.attributes = m_metadata.attributes();
        for (const auto [key, value] : properties.object()) {
            const std::string name = lowerCase(key);
            if (name == "feature" || name == "use_case" || name == "helicone-property-feature")
                span.feature = value.text();
            else if (name == "helicone-session-id" || name == "session-id" || name == "session")
                span.session = value.text();
            else if (name == "helicone-session-name")
                span.traceName = value.text();
            else if (name == "environment")
                span.environment = value.text();
        }
    }

    void readUsage(json::Value row, ObservedSpan& span)
    {
        for (const std::string_view key : {"prompt_tokens", "completion_tokens", "total_tokens",
                                           "prompt_cache_read_tokens", "prompt_cache_write_tokens", "reasoning_tokens"})
            if (const auto tokens = facts::tokenCount(row[key]))
                span.reportedUsage.emplace_back(key, *tokens);
        const bool isExclusive = span.provider == "anthropic" || span.provider == "aws";
        facts::bucketsOf(span, {.convention = isExclusive ? CacheConvention::Disjoint : CacheConvention::Inclusive});
    }

    PromptSplitter m_splitter;
    json::Nested m_nested;
    facts::Metadata m_metadata;
    std::deque<json::Parser> m_parsers;
    std::deque<std::string> m_texts;
};

} // namespace

Format helicone()
{
    return {
        .id = "helicone",
        .title = "Helicone requests",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<Reader>(); },
    };
}

} // namespace plumbline::formats
