// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/agents/claude_code.h"
#include "importers/format.h"

namespace plumbline::formats {

namespace {

Certainty sniff(const Sniffed& record)
{
    return record.container.empty() && agents::isClaudeCodeLine(record.value) ? Certainty::Certain : Certainty::No;
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
