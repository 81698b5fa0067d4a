// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/format.h"
#include "importers/mapped/mapped_reader.h"
#include "importers/mapped/propose.h"

namespace plumbline::formats {

namespace {

/// What nobody else knows, and whose fields can be told by their names.
Certainty sniff(const Sniffed& record)
{
    const bool isOurs = record.container.empty() && mapped::propose(record.value).isUsable();
    return isOurs ? Certainty::Perhaps : Certainty::No;
}

} // namespace

Format usage_log()
{
    return {
        .id = mapped::formatId,
        .title = "Usage log, by mapping",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<mapped::MappedReader>(); },
    };
}

} // namespace plumbline::formats
