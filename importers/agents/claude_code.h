// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <string>

#include "importers/format.h"
#include "importers/prompts/split_prompt.h"

namespace plumbline::agents {

/// Whether a line is of a Claude Code session: `sessionId` and `type` beside a message.
bool isClaudeCodeLine(json::Value value);

/// Reads Claude Code's session files (`~/.claude/projects/**/*.jsonl`). One answer stands on a line for each of its
/// content blocks, in every file that a resumed or forked session was copied to, and grows while it streams: lines are
/// witnesses of one span, which is the answer's message id. Rules: ccusage's adapter for Claude.
class ClaudeCodeReader : public FormatReader
{
public:
    bool wants(std::string_view text, const RecordSink& sink) override;
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override;

private:
    PromptSplitter m_splitter;
    std::deque<std::string> m_texts;
    ObservedSpan m_span;
    std::string m_lastAnswer; ///< id and usage of the answer whose line was read last
};

} // namespace plumbline::agents
