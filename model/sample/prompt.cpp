// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/prompt.h"

namespace plumbline::sample {

void Prompt::tool(std::string_view name, SharedText definition)
{
    m_blocks.push_back({.role = BlockRole::System,
                        .kind = BlockKind::ToolDefinition,
                        .toolName = name,
                        .text = std::move(definition)});
    m_headSize = m_blocks.size();
}

void Prompt::system(const SystemPrompt& prompt)
{
    SampleBlock& block = message(BlockRole::System, prompt.text);
    if (prompt.excess > 0)
        block.claims.push_back({SampleDrain::SystemPromptExcess, prompt.excess, "rules stated twice"});
    m_headSize = m_blocks.size();
}

SampleBlock& Prompt::message(BlockRole role, SharedText text)
{
    return add(textBlock(role, std::move(text)));
}

SampleBlock& Prompt::part(SharedText text)
{
    SampleBlock block = textBlock(m_blocks.back().role, std::move(text));
    block.message = m_blocks.back().message;
    return m_blocks.emplace_back(std::move(block));
}

void Prompt::toolCall(std::string_view name, std::string callId, SharedText arguments)
{
    add(toolCallBlock(name, std::move(callId), std::move(arguments)));
}

SampleBlock& Prompt::toolResult(std::string_view name, std::string callId, SharedText result)
{
    return add({.role = BlockRole::Tool,
                .kind = BlockKind::ToolResult,
                .toolName = name,
                .toolCallId = std::move(callId),
                .text = std::move(result)});
}

void Prompt::cacheUpToHere()
{
    m_blocks.back().hasCacheControl = true;
}

void Prompt::moveCacheMarkHere()
{
    for (std::size_t i = m_headSize; i < m_blocks.size(); ++i)
        m_blocks[i].hasCacheControl = i + 1 == m_blocks.size();
}

SampleBlock& Prompt::add(SampleBlock block)
{
    block.message = m_nextMessage++;
    return m_blocks.emplace_back(std::move(block));
}

SampleBlock textBlock(BlockRole role, SharedText text)
{
    return {.role = role, .text = std::move(text)};
}

SampleBlock toolCallBlock(std::string_view name, std::string callId, SharedText arguments)
{
    return {.role = BlockRole::Assistant,
            .kind = BlockKind::ToolCall,
            .toolName = name,
            .toolCallId = std::move(callId),
            .text = std::move(arguments)};
}

} // namespace plumbline::sample
