// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/langfuse/row_reader.h"

namespace plumbline::formats {

namespace {

using langfuse::RowKind;

Certainty sniff(const Sniffed& record)
{
    return langfuse::kindOf(record.value.object(), {}) == RowKind::Session ? Certainty::Certain : Certainty::No;
}

} // namespace

Format langfuse_sessions()
{
    return {
        .id = "langfuse-sessions",
        .title = "Langfuse sessions",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<langfuse::RowReader>(); },
    };
}

} // namespace plumbline::formats
