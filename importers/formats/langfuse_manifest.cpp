// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/langfuse/row_reader.h"

namespace plumbline::formats {

namespace {

using langfuse::RowKind;

Certainty sniff(const Sniffed& record)
{
    return langfuse::kindOf(record.value.object(), {}) == RowKind::Manifest ? Certainty::Certain : Certainty::No;
}

} // namespace

Format langfuse_manifest()
{
    return {
        .id = "langfuse-manifest",
        .title = "Langfuse blob export manifest",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<langfuse::RowReader>(); },
    };
}

} // namespace plumbline::formats
