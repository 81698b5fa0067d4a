// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "importers/collector/answers.h"
#include "importers/collector/post.h"
#include "importers/collector/routes.h"
#include "importers/format.h"
#include "importers/langfuse/ingestion.h"
#include "importers/langsmith/ingest.h"
#include "importers/langsmith/run_reader.h"
#include "importers/otlp/protobuf.h"
#include "importers/otlp/request_reader.h"

namespace plumbline::collector {

/// Where the intake puts what posts hold.
class PostSink : public RecordSink
{
public:
    /// The raw bytes that what follows is read from, and what they turned out to be: `OpenTelemetry (OTLP)`. What is
    /// equal to the byte is a duplicate.
    virtual Result<> startRecord(std::string_view raw, std::string_view format) = 0;
    /// The trace of a span that posts before told of; empty: nobody knows it.
    virtual Result<std::string> traceOfSpan(std::string_view span) = 0;
};

/// Reads what clients post by the readers that read files, and says what each protocol wants answered. Keeps what one
/// request tells about the next, and nothing else; one thread.
class Intake
{
public:
    /// For routes that are recorded. The post's body may grow behind its end, and is otherwise as it was. The answer
    /// holds once what came is committed. Errors are the sink's.
    Result<Answer> take(Post& post, const Destination& destination, PostSink& sink);

private:
    Result<Answer> takeOtlp(const Post& post, Route route, std::string& body, PostSink& sink);
    Result<Answer> takeBatch(const Post& post, std::string& body, PostSink& sink);
    Result<Answer> takeEvent(const Post& post, const std::string& type, std::string& body, PostSink& sink);
    Result<Answer> takeRun(const Post& post, const std::string& id, std::string& body, PostSink& sink);
    Result<Answer> takeRuns(const Post& post, std::string& body, PostSink& sink);
    Result<Answer> takeForm(const Post& post, std::string& body, PostSink& sink);
    Result<Answer> takeFeedback(const Post& post, std::string& body, PostSink& sink);
    /// The trace of a run that does not say it, as far as requests before tell.
    Result<std::string> traceOfRun(json::Object run, const std::string& id, PostSink& sink);

    json::Parser m_parser;
    otlp::RequestReader m_otlp;
    langfuse::IngestionReader m_langfuse;
    langsmith::IngestReader m_langsmith;
    langsmith::RunReader m_feedback;
    /// Traces of runs posted one by one. Bounded: forgotten in one go; then, and after a start, the sink is asked.
    std::unordered_map<std::string, std::string> m_traces;
    /// Runs nobody had told of when the sink was asked: it is not asked again for each of their children.
    std::unordered_set<std::string> m_unknown;
};

} // namespace plumbline::collector
