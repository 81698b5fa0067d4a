// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/langsmith/fetched_trace.h"

namespace plumbline::formats {

namespace {

Certainty sniff(const Sniffed& record)
{
    const bool isOurs = record.container.empty() && langsmith::isFetchedTrace(record.value);
    return isOurs ? Certainty::Certain : Certainty::No;
}

} // namespace

Format langsmith_fetch()
{
    return {
        .id = "langsmith-fetch",
        .title = "LangSmith traces of langsmith-fetch",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<langsmith::FetchedTraceReader>(); },
    };
}

} // namespace plumbline::formats
