// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/agents/claude_code.h"
#include "importers/format.h"

namespace plumbline::formats {

namespace {

Certainty sniff(const Sniffed& record)
{
    // Sessions that go on begin with what was said before, in a line each.
    const bool isSummary = record.value["type"].text() == "summary" && record.value["leafUuid"].exists();
    return record.container.empty() && (isSummary || agents::isClaudeCodeLine(record.value)) ? Certainty::Certain
                                                                                             : Certainty::No;
}

} // namespace

Format claude_code()
{
    return {
        .id = "claude-code",
        .title = "Claude Code sessions",
        .sniff = sniff,
        .reader = []() -> std::unique_ptr<FormatReader> { return std::make_unique<agents::ClaudeCodeReader>(); },
    };
}

} // namespace plumbline::formats
