// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/langfuse/ingestion.h"

namespace plumbline::formats {

namespace {

Certainty sniff(const Sniffed& record)
{
    return langfuse::isEvent(record.value) ? Certainty::Certain : Certainty::No;
}

} // namespace

Format langfuse_ingestion()
{
    return {
        .id = "langfuse-ingestion",
        .title = "Langfuse ingestion batch",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<langfuse::IngestionReader>(); },
    };
}

} // namespace plumbline::formats
