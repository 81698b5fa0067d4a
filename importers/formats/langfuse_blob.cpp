// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/langfuse/row_reader.h"

namespace plumbline::formats {

namespace {

using langfuse::RowKind;

Certainty sniff(const Sniffed& record)
{
    // Scheduled exports: the same facts in snake_case.
    const json::Object row = record.value.object();
    if (!record.container.empty())
        return Certainty::No;
    const RowKind kind = langfuse::kindOf(row, {});
    if (kind == RowKind::Observation && row["trace_id"].exists() &&
        (row["provided_model_name"].exists() || row["usage_details"].exists()))
        return Certainty::Certain;
    if (kind == RowKind::Score && row["data_type"].exists())
        return Certainty::Certain;
    const bool isExported = row["project_id"].exists() || row["bookmarked"].exists() || row["public"].exists();
    return kind == RowKind::Trace && isExported && (row["user_id"].exists() || row["session_id"].exists())
               ? Certainty::Certain
               : Certainty::No;
}

} // namespace

Format langfuse_blob()
{
    return {
        .id = "langfuse-blob",
        .title = "Langfuse blob storage export",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<langfuse::RowReader>(); },
    };
}

} // namespace plumbline::formats
