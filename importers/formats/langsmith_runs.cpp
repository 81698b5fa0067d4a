// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/langsmith/run_reader.h"

namespace plumbline::formats {

namespace {

/// Pages of the API, dumps of SDKs, runs with their children, and rows of bulk exports.
Certainty sniff(const Sniffed& record)
{
    if (langsmith::isRun(record.value) || (record.container.empty() && langsmith::isFeedback(record.value)))
        return Certainty::Certain;
    for (const std::string_view list : {"runs", "items", "traces"})
        for (const json::Value run : record.value[list].array())
            return langsmith::isRun(run) ? Certainty::Certain : Certainty::No;
    return Certainty::No;
}

} // namespace

Format langsmith_runs()
{
    return {
        .id = "langsmith-runs",
        .title = "LangSmith runs",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<langsmith::RunReader>(); },
    };
}

} // namespace plumbline::formats
