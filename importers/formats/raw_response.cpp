// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/facts/times.h"
#include "importers/format.h"
#include "importers/providers/advisors.h"
#include "importers/providers/response.h"
#include "model/core/response_id.h"

namespace plumbline::formats {

namespace {

using providers::Api;

/// The answer in a log line: the line itself, or under one of the names that applications give it.
json::Value answerOf(json::Value line)
{
    if (providers::apiOf(line) != Api::Unknown)
        return line;
    for (const std::string_view key : {"response", "body", "output", "result", "completion"}) {
        if (providers::apiOf(line[key]) != Api::Unknown)
            return line[key];
        if (providers::apiOf(line[key]["body"]) != Api::Unknown)
            return line[key]["body"];
        if (key == "response" && providers::apiOf(line[key]["response"]) != Api::Unknown)
            return line[key]["response"]; // the last event of a streamed Responses answer
    }
    return {};
}

Certainty sniff(const Sniffed& record)
{
    const bool isOurs = record.container.empty() && providers::apiOf(answerOf(record.value)) != Api::Unknown;
    return isOurs ? Certainty::Likely : Certainty::No;
}

/// Answers of providers as they came, one a line, alone or beside the request and a time.
class Reader : public FormatReader
{
public:
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override
    {
        m_splitter.begin();
        m_texts.clear();
        ObservedSpan span;
        for (const std::string_view key : {"timestamp", "time", "created_at", "date", "ts"})
            if (!span.start)
                span.start = facts::timeOf(value[key]);
        for (const std::string_view key : {"request", "input", "kwargs"})
            providers::readRequest(value[key], span, m_splitter);
        const json::Value answer = answerOf(value);
        if (!providers::readResponse(answer, span, m_splitter, m_texts)) {
            sink.skip("no provider's answer with usage");
            return {};
        }
        if (!span.start) {
            span.start = record.written;
            sink.note("answers without time count on the day the file was written");
        }
        const std::string line = "line-" + std::to_string(std::hash<std::string_view>{}(record.text));
        span.spanId = span.responseId.empty() ? m_texts.emplace_back(line) : span.responseId;
        // Servers that count their answers give everybody the same ids: such a one says nothing by itself.
        span.traceId = m_texts.emplace_back("answer/" + std::string(span.spanId) +
                                            (isCountedId(span.responseId) ? '/' + line : std::string()));
        span.name = "raw answer";
        for (const std::string_view key : {"feature", "use_case"})
            if (span.feature.empty())
                span.feature = value[key].text();
        for (const std::string_view key : {"user", "user_id"})
            if (span.user.empty())
                span.user = value[key].text();
        for (const std::string_view key : {"session_id", "conversation_id", "thread_id"})
            if (span.session.empty())
                span.session = value[key].text();
        TRY(sink.add(span));
        return providers::addAdvisors(answer["usage"], span, sink);
    }

private:
    PromptSplitter m_splitter;
    std::deque<std::string> m_texts;
};

} // namespace

Format raw_response()
{
    return {
        .id = "raw-response",
        .title = "Raw answers of providers",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<Reader>(); },
    };
}

} // namespace plumbline::formats
