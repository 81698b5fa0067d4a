// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "importers/json/json.h"

namespace plumbline::prompts {

/// The members that vendors build messages, requests and answers of. Spellings of one meaning share a name.
enum class Key : std::uint8_t
{
    // of messages
    Role,
    Type,
    Content,
    Parts,
    Data, ///< payload of media; a message in LangChain's older form
    Name,
    Id,
    ToolCalls,
    FunctionCall,
    ToolCallId,
    ReasoningContent,
    Refusal,
    Audio,
    AdditionalKwargs,
    Kwargs,
    // of parts
    Text,
    Thought,
    Thinking,
    Reasoning,
    Summary,
    ToolName,
    Function,
    Arguments,
    Parameters,
    Description,
    Declarations,
    ToolSpec,
    Result,
    FunctionResponse,
    InlineData,
    FileData,
    ExecutableCode,
    CodeExecutionResult,
    ToolUse,
    ToolResult,
    ReasoningContentPart,
    CachePoint,
    GuardContent,
    Json,
    Image,
    Video,
    Document,
    Source,
    Title,
    // of requests
    Messages,
    ChatHistory,
    Contents,
    System,
    Prompt,
    Input,
    Question,
    Tools,
    Functions,
    // of answers
    Choices,
    Generations,
    Candidates,
    Output,
    Message,
    Delta,
    Completion,
    // of retrievals
    Documents,
    PageContent,
    Metadata,
    Score,
    Node,
    Model,
    Parameter, ///< settings and facts around a prompt that no token is spent on
    Unknown,
};

/// The members of one object that have a name and a value, gathered in one pass: asking an object for each of sixty
/// names would cost more than parsing it.
class Fields
{
public:
    explicit Fields(json::Object object);

    /// The value, which does not exist if there is none or it is null. Of several spellings the last counts.
    json::Value operator[](Key key) const
    {
        const std::uint8_t slot = m_slots[static_cast<std::size_t>(key)];
        return slot == 0 ? json::Value() : m_values[slot - 1U].value;
    }
    bool has(Key key) const { return m_slots[static_cast<std::size_t>(key)] != 0; }
    std::string_view text(Key key) const { return (*this)[key].text(); }
    /// The first of them that has a value.
    json::Value firstOf(std::initializer_list<Key> keys) const;
    /// Whether members were left that nothing here knows.
    bool hasUnknown() const { return has(Key::Unknown); }

private:
    /// Storage that is not cleared beforehand.
    union Slot {
        Slot() {}
        json::Value value;
    };

    std::array<std::uint8_t, static_cast<std::size_t>(Key::Unknown) + 1> m_slots = {};
    std::array<Slot, static_cast<std::size_t>(Key::Unknown) + 1> m_values;
};

} // namespace plumbline::prompts
