// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/langsmith/ingest.h"

namespace plumbline::formats {

namespace {

/// What an SDK sent or failed to send.
Certainty sniff(const Sniffed& record)
{
    const bool isOurs =
        record.container.empty() && (langsmith::isSpooled(record.value) || langsmith::isBatch(record.value));
    return isOurs ? Certainty::Certain : Certainty::No;
}

} // namespace

Format langsmith_ingest()
{
    return {
        .id = "langsmith-ingest",
        .title = "LangSmith SDK requests",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<langsmith::IngestReader>(); },
    };
}

} // namespace plumbline::formats
