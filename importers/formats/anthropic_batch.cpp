// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/facts/text_object.h"
#include "importers/format.h"
#include "importers/providers/advisors.h"
#include "importers/providers/response.h"

namespace plumbline::formats {

namespace {

Certainty sniff(const Sniffed& record)
{
    const json::Object line = record.value.object();
    const bool isOurs =
        record.container.empty() && line["custom_id"].exists() && !line["result"]["type"].text().empty();
    return isOurs ? Certainty::Certain : Certainty::No;
}

/// Results of Anthropic's message batches, one request a line, in any order and without times. Only what succeeded is
/// billed.
class Reader : public FormatReader
{
public:
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override
    {
        m_splitter.begin();
        m_texts.clear();
        const json::Value result = value["result"];
        ObservedSpan span;
        if (result["type"].text() != "succeeded" ||
            !providers::readResponse(result["message"], span, m_splitter, m_texts)) {
            sink.note("requests of a batch that failed or expired were not run: they cost nothing");
            return {};
        }
        const std::string_view id = span.responseId.empty() ? value["custom_id"].text() : span.responseId;
        if (id.empty()) {
            sink.skip("a batch line without id");
            return {};
        }
        span.traceId = m_texts.emplace_back("anthropic-batch/" + std::string(id));
        span.spanId = id;
        span.name = "batch request";
        span.serviceTier = "batch";
        span.start = record.written;
        sink.note("the file names no times: its calls count on the day it was written");
        facts::TextObject attributes;
        attributes.add("custom_id", value["custom_id"].text());
        span.attributes = m_texts.emplace_back(attributes.text());
        TRY(sink.add(span));
        return providers::addAdvisors(result["message"]["usage"], span, sink);
    }

private:
    PromptSplitter m_splitter;
    std::deque<std::string> m_texts;
};

} // namespace

Format anthropic_batch()
{
    return {
        .id = "anthropic-batch",
        .title = "Anthropic batch results",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<Reader>(); },
    };
}

} // namespace plumbline::formats
