// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/langsmith/ingest.h"

#include "importers/input/unpack.h"
#include "importers/langsmith/multipart.h"

namespace plumbline::langsmith {

bool isBatch(json::Value value)
{
    const json::Object object = value.object();
    bool anyRun = false;
    for (const std::string_view list : {"post", "patch"})
        for (const json::Value run : object[list].array()) {
            const bool isRunBody = run["dotted_order"].exists() || run["run_type"].exists() || run["trace_id"].exists();
            if (!isRunBody)
                return false;
            anyRun = true;
        }
    return anyRun;
}

bool isSpooled(json::Value value)
{
    const json::Object object = value.object();
    return object["endpoint"].text().starts_with("runs") && !object["body_base64"].text().empty();
}

Result<> IngestReader::read(const input::Record&, json::Value value, RecordSink& sink)
{
    m_runs.begin();
    if (isSpooled(value))
        return readSpooled(value.object(), sink);
    if (isBatch(value))
        return readBatch(value.object(), sink);
    sink.skip(value.isObject() ? "no body of LangSmith's ingestion" : "not a JSON object");
    return {};
}

Result<> IngestReader::readBatch(json::Object body, RecordSink& sink)
{
    for (const json::Value run : body["post"].array())
        TRY(m_runs.readRun(run.object(), {.isPartial = true}, sink));
    for (const json::Value run : body["patch"].array())
        TRY(m_runs.readRun(run.object(), {.isPartial = true}, sink));
    return {};
}

Result<> IngestReader::readSpooled(json::Object file, RecordSink& sink)
{
    const auto packed = input::fromBase64(file["body_base64"].text());
    if (!packed) {
        sink.skip("the body is not base64");
        return {};
    }
    const json::Object headers = file["headers"].object();
    std::string_view type, encoding;
    for (const auto [name, value] : headers) {
        if (name.size() == 12 && (name[0] == 'C' || name[0] == 'c') && name.ends_with("ype"))
            type = value.text();
        else if (name.size() == 16 && name.ends_with("ncoding"))
            encoding = value.text();
    }
    auto body = input::unpacked(*packed, encoding, input::largestRecord);
    if (!body) {
        sink.skip("the body cannot be unpacked: " + body.error().reason);
        return {};
    }
    if (const std::string_view boundary = boundaryOf(type); !boundary.empty())
        return readMultipart(*body, boundary, sink);
    const auto batch = m_parser.parseCopy(*body);
    if (!batch || !isBatch(*batch)) {
        sink.skip("the body is no LangSmith batch");
        return {};
    }
    return readBatch(batch->object(), sink);
}

Result<> IngestReader::readMultipart(std::string_view body, std::string_view boundary, RecordSink& sink)
{
    const std::vector<Part> parts = partsOf(body, boundary);
    for (const MultipartRun& run : runsOf(parts)) {
        m_runs.begin();
        const auto value = m_parser.parseCopy(run.json);
        if (!value || !value->isObject()) {
            sink.skip("a part is not valid JSON");
            continue;
        }
        TRY(m_runs.readRun(value->object(), {.isPartial = true}, sink));
    }
    for (const std::string_view text : feedbackOf(parts)) {
        m_runs.begin();
        if (const auto value = m_parser.parseCopy(text); value && isFeedback(*value))
            TRY(m_runs.readFeedback(*value, sink));
    }
    return {};
}

} // namespace plumbline::langsmith
