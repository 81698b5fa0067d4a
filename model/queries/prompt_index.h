// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "model/core/segment.h"
#include "model/core/stop_token.h"
#include "model/queries/call_table.h"

namespace plumbline {

/// Which instructions and which tools every call was sent with, by the rows of a CallTable: each distinct set once.
/// Immutable once loaded; any number of threads may read it.
class PromptIndex
{
public:
    static Result<PromptIndex> load(const store::Workspace& workspace, const CallTable& table, const StopToken& stop);
    /// The same after these traces changed and `before`, whose index this is, became `table`: their prompts are read
    /// anew, all others stay. What is known of texts is read anew as well: an analysis may have read them since.
    Result<PromptIndex> updated(const store::Workspace& workspace, const CallTable& before, const CallTable& table,
                                const std::vector<std::int64_t>& traces, const StopToken& stop) const;

    /// Blocks of the system or developer role, in their order.
    struct Instructions
    {
        std::vector<std::int64_t> blocks = {};
        std::uint64_t stable = 0;       ///< equal for texts that differ only in times, UUIDs and large numbers
        std::uint32_t volatilePart = 0; ///< which of its texts holds the first of those
        std::uint32_t volatileAt = 0;   ///< byte of that text at which it begins
        bool isVolatile = false;
    };
    struct ToolSet
    {
        std::vector<std::int64_t> blocks = {}; ///< definitions, in their order
        std::vector<std::uint32_t> tools = {}; ///< their names, by name.id
        std::uint64_t digest = 0;              ///< of the definitions in their order
    };
    /// Of the number 0: none.
    const std::vector<Instructions>& instructions() const { return m_instructions; }
    const std::vector<ToolSet>& toolSets() const { return m_toolSets; }
    std::uint32_t instructionsOf(std::size_t row) const { return m_instructionsOf[row]; }
    std::uint32_t toolSetOf(std::size_t row) const { return m_toolSetOf[row]; }
    /// The segments of the input, in the order in which they first appear in the prompt; the others behind.
    std::array<Segment, inputSegmentCount> segmentOrderOf(std::size_t row) const;
    /// Tools that the answer of a call asks for, by name.id; one asked for twice stands twice.
    std::span<const std::uint32_t> toolCallsOf(std::size_t row) const
    {
        return std::span(m_toolCalls).subspan(m_toolCallEnds[row], m_toolCallEnds[row + 1] - m_toolCallEnds[row]);
    }
    /// Whether a call of that tool stands in any prompt or answer: its use may have been logged only there.
    bool wasEverCalled(std::uint32_t tool) const { return tool < m_everCalled.size() && m_everCalled[tool]; }

private:
    class Reader;

    std::vector<Instructions> m_instructions = {{}};
    std::vector<ToolSet> m_toolSets = {{}};
    std::vector<std::uint32_t> m_instructionsOf, m_toolSetOf;
    std::vector<std::uint32_t> m_segmentOrders; ///< by row: three bits a segment, the first one lowest
    std::vector<std::uint32_t> m_toolCallEnds, m_toolCalls;
    std::vector<bool> m_everCalled;
};

} // namespace plumbline
