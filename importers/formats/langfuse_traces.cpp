// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/langfuse/row_reader.h"

namespace plumbline::formats {

namespace {

using langfuse::RowKind;

Certainty sniff(const Sniffed& record)
{
    const json::Object row = record.value.object();
    if (!record.container.empty() || langfuse::kindOf(row, {}) != RowKind::Trace)
        return Certainty::No;
    return row["bookmarked"].exists() && row["sessionId"].exists() ? Certainty::Certain : Certainty::Perhaps;
}

} // namespace

Format langfuse_traces()
{
    return {
        .id = "langfuse-traces",
        .title = "Langfuse traces",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<langfuse::RowReader>(); },
    };
}

} // namespace plumbline::formats
