// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/sample/company.h"
#include "model/sample/trace.h"

namespace plumbline::sample {

/// The input of a call while it is put together: tool definitions first, then messages.
class Prompt
{
public:
    void tool(std::string_view name, SharedText definition);
    void system(const SystemPrompt& prompt);
    /// A new message; the block is valid until the next one is added.
    SampleBlock& message(BlockRole role, SharedText text);
    /// A further part of the last message.
    SampleBlock& part(SharedText text);
    /// The assistant's wish to call a tool, and what the tool answered.
    void toolCall(std::string_view name, std::string callId, SharedText arguments);
    SampleBlock& toolResult(std::string_view name, std::string callId, SharedText result);

    /// The provider caches up to the last block; earlier marks stay. Of no effect where a model caches by itself.
    void cacheUpToHere();
    /// Moves the mark of the conversation's end: only the one behind the system prompt stays.
    void moveCacheMarkHere();

    std::vector<SampleBlock>& blocks() { return m_blocks; }
    const std::vector<SampleBlock>& blocks() const { return m_blocks; }
    /// Blocks of tool definitions and system prompt.
    std::size_t headSize() const { return m_headSize; }

private:
    SampleBlock& add(SampleBlock block);

    std::vector<SampleBlock> m_blocks;
    std::size_t m_headSize = 0;
    std::uint16_t m_nextMessage = 0;
};

SampleBlock textBlock(BlockRole role, SharedText text);
SampleBlock toolCallBlock(std::string_view name, std::string callId, SharedText arguments);

} // namespace plumbline::sample
