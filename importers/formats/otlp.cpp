// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/otlp/request_reader.h"
#include "importers/otlp/values.h"

namespace plumbline::formats {

namespace {

Certainty sniff(const Sniffed& record)
{
    const json::Object object = record.value.object();
    for (const std::string_view name : {"resourceSpans", "resourceLogs", "resourceMetrics"})
        if (otlp::member(object, name).isArray())
            return Certainty::Certain;
    // One span a line. A collector's answer has none of these names.
    for (const std::string_view name : {"traceId", "spanId", "startTimeUnixNano"})
        if (!otlp::member(object, name).exists())
            return Certainty::No;
    return Certainty::Likely;
}

} // namespace

Format otlp()
{
    return {
        .id = "otlp",
        .title = "OpenTelemetry (OTLP)",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<otlp::RequestReader>(); },
    };
}

} // namespace plumbline::formats
