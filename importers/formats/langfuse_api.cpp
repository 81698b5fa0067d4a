// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/langfuse/row_reader.h"

namespace plumbline::formats {

namespace {

using langfuse::RowKind;

Certainty sniff(const Sniffed& record)
{
    // Pages of the public API: {data: […], meta}; also /metrics, which holds no calls.
    if (record.container != "data")
        return Certainty::No;
    const RowKind kind = langfuse::kindOf(record.value.object(), record.container);
    return kind == RowKind::Other || kind == RowKind::Page ? Certainty::No : Certainty::Likely;
}

} // namespace

Format langfuse_api()
{
    return {
        .id = "langfuse-api",
        .title = "Langfuse public API",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<langfuse::RowReader>(); },
    };
}

} // namespace plumbline::formats
