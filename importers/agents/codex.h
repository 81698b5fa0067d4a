// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <string>

#include "importers/format.h"

namespace plumbline::agents {

/// Whether a line is of a Codex rollout: `{timestamp, type, payload}` with one of its types.
bool isCodexLine(json::Value value);

/// Reads Codex's session files (`~/.codex/sessions/**/rollout-*.jsonl`): a token count after each answer, the model of
/// the turn in a line before it. Repeated counts are no calls, nor is the history of the parent that a fork or a
/// sub-agent begins with: written in one go, with its own times or with that of the fork.
class CodexReader : public FormatReader
{
public:
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override;

private:
    struct Totals
    {
        TokenCount input = 0, cached = 0, output = 0, reasoning = 0;
        bool operator==(const Totals&) const = default;
    };
    static std::optional<Totals> totalsOf(json::Value usage);
    Result<> readCount(json::Value info, Timestamp time, RecordSink& sink);

    std::string m_session, m_folder, m_branch, m_version, m_provider, m_model;
    std::optional<Timestamp> m_began;
    bool m_isSubagent = false;
    std::optional<Timestamp> m_copiedUntil; ///< of the line before, while what is read is the parent's
    std::optional<Totals> m_last;
    std::uint64_t m_calls = 0;
};

} // namespace plumbline::agents
