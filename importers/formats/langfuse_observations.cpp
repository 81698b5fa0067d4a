// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/langfuse/row_reader.h"

namespace plumbline::formats {

namespace {

using langfuse::RowKind;

Certainty sniff(const Sniffed& record)
{
    // The table "observations" of the UI export, of any era; also anything with a trace id and a usage map.
    const json::Object row = record.value.object();
    if (!record.container.empty() || langfuse::kindOf(row, {}) != RowKind::Observation)
        return Certainty::No;
    return row["traceId"].exists() && row["startTime"].exists() ? Certainty::Likely : Certainty::Perhaps;
}

} // namespace

Format langfuse_observations()
{
    return {
        .id = "langfuse-observations",
        .title = "Langfuse observations",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<langfuse::RowReader>(); },
    };
}

} // namespace plumbline::formats
