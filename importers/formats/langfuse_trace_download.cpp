// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/langfuse/row_reader.h"

namespace plumbline::formats {

namespace {

using langfuse::RowKind;

Certainty sniff(const Sniffed& record)
{
    // {trace, observations} of the browser, {observations, scores} of the server.
    if (record.container == "trace")
        return Certainty::Certain;
    const bool isDownload =
        (record.container == "observations" && langfuse::kindOf(record.value.object(), {}) == RowKind::Observation) ||
        (record.container == "scores" && langfuse::kindOf(record.value.object(), record.container) == RowKind::Score);
    return isDownload ? Certainty::Likely : Certainty::No;
}

} // namespace

Format langfuse_trace_download()
{
    return {
        .id = "langfuse-trace-download",
        .title = "Langfuse trace download",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<langfuse::RowReader>(); },
    };
}

} // namespace plumbline::formats
