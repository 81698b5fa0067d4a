// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/agents/codex.h"
#include "importers/format.h"

namespace plumbline::formats {

namespace {

Certainty sniff(const Sniffed& record)
{
    return record.container.empty() && agents::isCodexLine(record.value) ? Certainty::Certain : Certainty::No;
}

} // namespace

Format codex()
{
    return {
        .id = "codex",
        .title = "Codex sessions",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<agents::CodexReader>(); },
    };
}

} // namespace plumbline::formats
