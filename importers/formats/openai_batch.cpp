// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/facts/text_object.h"
#include "importers/format.h"
#include "importers/providers/response.h"

namespace plumbline::formats {

namespace {

Certainty sniff(const Sniffed& record)
{
    const json::Object line = record.value.object();
    const bool isOurs = record.container.empty() && line["custom_id"].exists() &&
                        (line["response"].isObject() || (line["response"].exists() && line["error"].exists()));
    return isOurs ? Certainty::Certain : Certainty::No;
}

/// Output and error files of OpenAI's batch API, one request a line. All of it is billed at batch prices, whatever tier
/// the answer names; what expired or failed was never run.
class Reader : public FormatReader
{
public:
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override
    {
        m_splitter.begin();
        m_texts.clear();
        const json::Value body = value["response"]["body"];
        ObservedSpan span;
        if (!providers::readResponse(body, span, m_splitter, m_texts)) {
            sink.note("requests of a batch that failed or expired were not run: they cost nothing");
            return {};
        }
        const std::string_view id = value["id"].text().empty() ? value["custom_id"].text() : value["id"].text();
        if (id.empty()) {
            sink.skip("a batch line without id");
            return {};
        }
        span.traceId = m_texts.emplace_back("openai-batch/" + std::string(id));
        span.spanId = id;
        span.name = "batch request";
        span.serviceTier = "batch";
        if (!span.start)
            span.start = record.written;
        facts::TextObject attributes;
        attributes.add("custom_id", value["custom_id"].text());
        span.attributes = m_texts.emplace_back(attributes.text());
        return sink.add(span);
    }

private:
    PromptSplitter m_splitter;
    std::deque<std::string> m_texts;
};

} // namespace

Format openai_batch()
{
    return {
        .id = "openai-batch",
        .title = "OpenAI batch output",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<Reader>(); },
    };
}

} // namespace plumbline::formats
