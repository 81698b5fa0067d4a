// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/langfuse/row_reader.h"

namespace plumbline::formats {

namespace {

using langfuse::RowKind;

Certainty sniff(const Sniffed& record)
{
    const bool isScores = record.container.empty() && langfuse::kindOf(record.value.object(), {}) == RowKind::Score;
    return isScores ? Certainty::Likely : Certainty::No;
}

} // namespace

Format langfuse_scores()
{
    return {
        .id = "langfuse-scores",
        .title = "Langfuse scores",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<langfuse::RowReader>(); },
    };
}

} // namespace plumbline::formats
