// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/langfuse/row_reader.h"

namespace plumbline::formats {

namespace {

Certainty sniff(const Sniffed& record)
{
    // The unified table of servers from v4: latency in milliseconds, input and output as strings.
    const json::Object row = record.value.object();
    const bool isEvents = record.container.empty() && row["traceId"].exists() && row["latencyMs"].exists() &&
                          row["providedModelName"].exists();
    return isEvents ? Certainty::Certain : Certainty::No;
}

} // namespace

Format langfuse_events()
{
    return {
        .id = "langfuse-events",
        .title = "Langfuse events",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<langfuse::RowReader>(); },
    };
}

} // namespace plumbline::formats
