// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/prompts/fields.h"

#include <algorithm>

namespace plumbline::prompts {

namespace {

struct Spelling
{
    std::string_view text;
    Key key = Key::Unknown;
};

constexpr Spelling spellings[] = {
    {"role", Key::Role},
    {"type", Key::Type},
    {"content", Key::Content},
    {"parts", Key::Parts},
    {"data", Key::Data},
    {"name", Key::Name},
    {"id", Key::Id},
    {"_id", Key::Id},
    {"id_", Key::Id},
    {"doc_id", Key::Id},
    {"document_id", Key::Id},
    {"file_id", Key::Id},
    {"tool_calls", Key::ToolCalls},
    {"toolCalls", Key::ToolCalls},
    {"function_call", Key::FunctionCall},
    {"functionCall", Key::FunctionCall},
    {"tool_call_id", Key::ToolCallId},
    {"toolCallId", Key::ToolCallId},
    {"tool_use_id", Key::ToolCallId},
    {"toolUseId", Key::ToolCallId},
    {"call_id", Key::ToolCallId},
    {"reasoning_content", Key::ReasoningContent},
    {"refusal", Key::Refusal},
    {"audio", Key::Audio},
    {"additional_kwargs", Key::AdditionalKwargs},
    {"kwargs", Key::Kwargs},
    {"text", Key::Text},
    {"thought", Key::Thought},
    {"thinking", Key::Thinking},
    {"reasoning", Key::Reasoning},
    {"reasoningText", Key::Reasoning},
    {"summary", Key::Summary},
    {"toolName", Key::ToolName},
    {"tool_name", Key::ToolName},
    {"function", Key::Function},
    {"arguments", Key::Arguments},
    {"args", Key::Arguments},
    {"action", Key::Arguments},
    {"parameters", Key::Parameters},
    {"input_schema", Key::Parameters},
    {"inputSchema", Key::Parameters},
    {"description", Key::Description},
    {"functionDeclarations", Key::Declarations},
    {"function_declarations", Key::Declarations},
    {"toolSpec", Key::ToolSpec},
    {"result", Key::Result},
    {"response", Key::Result},
    {"functionResponse", Key::FunctionResponse},
    {"function_response", Key::FunctionResponse},
    {"inlineData", Key::InlineData},
    {"inline_data", Key::InlineData},
    {"fileData", Key::FileData},
    {"file_data", Key::FileData},
    {"executableCode", Key::ExecutableCode},
    {"executable_code", Key::ExecutableCode},
    {"codeExecutionResult", Key::CodeExecutionResult},
    {"code_execution_result", Key::CodeExecutionResult},
    {"toolUse", Key::ToolUse},
    {"toolResult", Key::ToolResult},
    {"reasoningContent", Key::ReasoningContentPart},
    {"cachePoint", Key::CachePoint},
    {"guardContent", Key::GuardContent},
    {"json", Key::Json},
    {"image", Key::Image},
    {"video", Key::Video},
    {"document", Key::Document},
    {"source", Key::Source},
    {"title", Key::Title},
    {"filename", Key::Title},
    {"messages", Key::Messages},
    {"chat_history", Key::ChatHistory},
    {"history", Key::ChatHistory},
    {"contents", Key::Contents},
    {"system", Key::System},
    {"instructions", Key::System},
    {"systemInstruction", Key::System},
    {"system_instruction", Key::System},
    {"system_instructions", Key::System},
    {"prompt", Key::Prompt},
    {"prompts", Key::Prompt},
    {"input", Key::Input},
    {"inputs", Key::Input},
    {"question", Key::Question},
    {"query", Key::Question},
    {"tools", Key::Tools},
    {"functions", Key::Functions},
    {"toolConfig", Key::Tools},
    {"choices", Key::Choices},
    {"generations", Key::Generations},
    {"candidates", Key::Candidates},
    {"output", Key::Output},
    {"message", Key::Message},
    {"delta", Key::Delta},
    {"completion", Key::Completion},
    {"answer", Key::Completion},
    {"output_text", Key::Completion},
    {"generated_text", Key::Completion},
    {"documents", Key::Documents},
    {"docs", Key::Documents},
    {"source_documents", Key::Documents},
    {"outputs", Key::Documents},
    {"results", Key::Documents},
    {"matches", Key::Documents},
    {"nodes", Key::Documents},
    {"page_content", Key::PageContent},
    {"pageContent", Key::PageContent},
    {"metadata", Key::Metadata},
    {"score", Key::Score},
    {"node", Key::Node},
    {"model", Key::Model},
    {"temperature", Key::Parameter},
    {"max_tokens", Key::Parameter},
    {"max_completion_tokens", Key::Parameter},
    {"max_output_tokens", Key::Parameter},
    {"top_p", Key::Parameter},
    {"top_k", Key::Parameter},
    {"k", Key::Parameter},
    {"n", Key::Parameter},
    {"seed", Key::Parameter},
    {"stop", Key::Parameter},
    {"stream", Key::Parameter},
    {"stream_options", Key::Parameter},
    {"tool_choice", Key::Parameter},
    {"toolChoice", Key::Parameter},
    {"user", Key::Parameter},
    {"config", Key::Parameter},
    {"options", Key::Parameter},
    {"generationConfig", Key::Parameter},
    {"index", Key::Parameter},
    {"object", Key::Parameter},
    {"created", Key::Parameter},
    {"usage", Key::Parameter},
    {"usage_metadata", Key::Parameter},
    {"finish_reason", Key::Parameter},
    {"finishReason", Key::Parameter},
    {"stop_reason", Key::Parameter},
    {"cache_control", Key::Parameter},
    {"thoughtSignature", Key::Parameter},
    {"thought_signature", Key::Parameter},
    {"annotations", Key::Parameter},
    {"created_at", Key::Parameter},
    {"status", Key::Parameter},
    {"done", Key::Parameter},
};

constexpr std::size_t placeOf(std::string_view text)
{
    const auto at = [text](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(text[i])); };
    return (text.size() * 37 + at(0) * 5 + at(text.size() / 2) * 59 + at(text.size() - 1) * 11) % 512;
}

// Open addressing; three quarters of the places are free, so most names are found or missed at once.
constexpr auto table = [] {
    std::array<Spelling, 512> places = {};
    for (const Spelling& spelling : spellings) {
        std::size_t place = placeOf(spelling.text);
        while (!places[place].text.empty())
            place = (place + 1) % places.size();
        places[place] = spelling;
    }
    return places;
}();

Key keyOf(std::string_view text)
{
    if (text.empty())
        return Key::Unknown;
    for (std::size_t place = placeOf(text); !table[place].text.empty(); place = (place + 1) % table.size())
        if (table[place].text == text)
            return table[place].key;
    return Key::Unknown;
}

} // namespace

Fields::Fields(json::Object object)
{
    std::uint8_t used = 0;
    for (const auto [name, value] : object) {
        if (value.isNull())
            continue;
        std::uint8_t& slot = m_slots[static_cast<std::size_t>(keyOf(name))];
        if (slot == 0)
            slot = ++used;
        m_values[slot - 1U].value = value;
    }
}

json::Value Fields::firstOf(std::initializer_list<Key> keys) const
{
    for (const Key key : keys)
        if (has(key))
            return (*this)[key];
    return {};
}

} // namespace plumbline::prompts
