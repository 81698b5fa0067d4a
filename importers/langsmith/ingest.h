// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "importers/langsmith/run_reader.h"

namespace plumbline::langsmith {

/// Reads what SDKs send: bodies of `POST /runs/batch` (`{"post": […], "patch": […]}`), bodies of `/runs/multipart`, and
/// the files that SDKs keep of requests that failed (LANGSMITH_FAILED_TRACES_DIR).
class IngestReader : public FormatReader
{
public:
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override;
    /// The unpacked body of `/runs/multipart`.
    Result<> readMultipart(std::string_view body, std::string_view boundary, RecordSink& sink);

private:
    Result<> readBatch(json::Object body, RecordSink& sink);
    Result<> readSpooled(json::Object file, RecordSink& sink);

    RunReader m_runs;
    json::Parser m_parser;
};

/// `{"post": [...]}` and `{"patch": [...]}` of runs.
bool isBatch(json::Value value);
/// `{"version": 1, "endpoint": "runs/…", "body_base64": …}`.
bool isSpooled(json::Value value);

} // namespace plumbline::langsmith
