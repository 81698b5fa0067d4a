// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/prompts/shapes.h"

/// Parts that are named by their key: Part of Gemini's and Vertex AI's generateContent (camel case on the wire, snake
/// case in Python), ContentBlock of Bedrock's Converse.
namespace plumbline::prompts {

namespace {

constexpr std::string_view codeExecution = "code_execution";

bool isMediaPart(const Fields& fields)
{
    for (const Key key : {Key::InlineData, Key::FileData, Key::Image, Key::Video})
        if (fields[key].isObject())
            return true;
    return fields[Key::Document]["source"].isObject();
}

void splitResult(BlockWriter& writer, const Fields& result)
{
    const json::Value id = result.firstOf({Key::ToolCallId, Key::Id});
    const BlockWriter::ResultScope scope(writer, id, result.text(Key::Name));
    splitContent(writer, result.firstOf({Key::Content, Key::Result}));
}

} // namespace

bool isKeyedPart(const Fields& fields)
{
    for (const Key key : {Key::FunctionCall, Key::FunctionResponse, Key::ToolUse, Key::ToolResult, Key::ExecutableCode,
                          Key::CodeExecutionResult, Key::ReasoningContentPart, Key::CachePoint, Key::GuardContent})
        if (fields[key].isObject())
            return true;
    if (isMediaPart(fields))
        return true;
    const bool isAlone = !fields.hasUnknown() && !fields.has(Key::Type) && !isDocument(fields);
    return isAlone && (fields[Key::Text].isString() || fields[Key::Json].isObject() || fields[Key::Json].isArray());
}

void splitKeyedPart(BlockWriter& writer, json::Value whole, const Fields& fields)
{
    const auto inner = [&fields](Key key) { return Fields(fields[key].object()); };
    if (fields[Key::FunctionCall].isObject())
        splitToolCall(writer, inner(Key::FunctionCall));
    else if (fields[Key::FunctionResponse].isObject())
        splitResult(writer, inner(Key::FunctionResponse));
    else if (fields[Key::ToolUse].isObject())
        splitToolCall(writer, inner(Key::ToolUse));
    else if (fields[Key::ToolResult].isObject())
        splitResult(writer, inner(Key::ToolResult));
    else if (fields[Key::ExecutableCode].isObject())
        writer.call({}, codeExecution, fields[Key::ExecutableCode]);
    else if (fields[Key::CodeExecutionResult].isObject()) {
        const BlockWriter::ResultScope scope(writer, {}, codeExecution);
        splitContent(writer, fields[Key::CodeExecutionResult]);
    } else if (fields[Key::ReasoningContentPart].isObject()) {
        const json::Value reasoning = fields[Key::ReasoningContentPart];
        const json::Value text = reasoning["reasoningText"]["text"];
        writer.text(BlockKind::Reasoning, writer.textOf(text.exists() ? text : reasoning));
    } else if (fields[Key::GuardContent].isObject())
        splitContent(writer, fields[Key::GuardContent]["text"]);
    else if (isMediaPart(fields))
        writer.media(whole);
    else if (fields[Key::Text].isString())
        writer.text(fields[Key::Thought].boolean().value_or(false) ? BlockKind::Reasoning : writer.kind(),
                    fields.text(Key::Text));
    else if (fields.has(Key::Json))
        writer.json(fields[Key::Json]);
}

} // namespace plumbline::prompts
