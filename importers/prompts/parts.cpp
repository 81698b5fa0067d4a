// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/prompts/shapes.h"

#include <algorithm>

/// Parts that say their `type`: content parts and items of OpenAI (Chat Completions, Responses), content blocks of
/// Anthropic's Messages and of LangChain, parts of OpenTelemetry's GenAI conventions and of the Vercel AI SDK.
namespace plumbline::prompts {

namespace {

enum class PartKind : std::uint8_t
{
    None,
    Text,
    Reasoning,
    Redacted,
    Media,
    Document,
    Call,
    Result,
    Definitions,
    Nothing,
};

PartKind kindOf(std::string_view type)
{
    constexpr std::pair<std::string_view, PartKind> kinds[] = {
        {"text", PartKind::Text},
        {"input_text", PartKind::Text},
        {"output_text", PartKind::Text},
        {"summary_text", PartKind::Text},
        {"refusal", PartKind::Text},
        {"compaction", PartKind::Text},
        {"reasoning", PartKind::Reasoning},
        {"reasoning_text", PartKind::Reasoning},
        {"thinking", PartKind::Reasoning},
        {"redacted_thinking", PartKind::Redacted},
        {"redacted-reasoning", PartKind::Redacted},
        {"image_url", PartKind::Media},
        {"input_image", PartKind::Media},
        {"image", PartKind::Media},
        {"input_audio", PartKind::Media},
        {"output_audio", PartKind::Media},
        {"audio", PartKind::Media},
        {"input_file", PartKind::Media},
        {"file", PartKind::Media},
        {"video", PartKind::Media},
        {"video_url", PartKind::Media},
        {"media", PartKind::Media},
        {"blob", PartKind::Media},
        {"uri", PartKind::Media},
        {"document", PartKind::Document},
        {"search_result", PartKind::Document},
        {"tool_use", PartKind::Call},
        {"server_tool_use", PartKind::Call},
        {"mcp_tool_use", PartKind::Call},
        {"tool_call", PartKind::Call},
        {"tool-call", PartKind::Call},
        {"function_call", PartKind::Call},
        {"tool_result", PartKind::Result},
        {"tool-result", PartKind::Result},
        {"function_call_output", PartKind::Result},
        {"mcp_list_tools", PartKind::Definitions},
        {"item_reference", PartKind::Nothing},
    };
    if (type.empty())
        return PartKind::None;
    for (const auto& [known, kind] : kinds)
        if (known == type)
            return kind;
    // Vendors keep adding hosted tools, and name them alike: web_search_call, bash_code_execution_tool_result.
    if (type.ends_with("_call_output") || type.ends_with("_tool_result") || type.ends_with("_call_response"))
        return PartKind::Result;
    if (type.ends_with("ReasoningContent")) // a type name of Microsoft's Agent Framework
        return PartKind::Reasoning;
    return type.ends_with("_call") ? PartKind::Call : PartKind::None;
}

/// Reasoning is a text, or a list of texts: the steps themselves where they are told, a summary where not.
void splitReasoning(BlockWriter& writer, const Fields& fields)
{
    const json::Value steps = fields.firstOf({Key::Thinking, Key::Text, Key::Content, Key::Reasoning, Key::Summary});
    if (steps.isString())
        return writer.text(BlockKind::Reasoning, steps.text());
    writer.text(BlockKind::Reasoning, steps["text"].text());
    for (const json::Value step : steps.array())
        writer.text(BlockKind::Reasoning, step["text"].text());
}

/// Anthropic's documents and search results: their text is a document, their files are media.
void splitDocumentPart(BlockWriter& writer, json::Value whole, const Fields& fields)
{
    const json::Value source = fields[Key::Source];
    const json::Value id = fields.firstOf({Key::Title, Key::Id});
    if (source["type"].text() == "text")
        writer.document(writer.textOf(id), 0, source["data"].text());
    else if (source.isString() && fields[Key::Content].isArray())
        writer.document(source.text(), 0, writer.textOf(fields[Key::Content]));
    else if (source["type"].text() == "content")
        writer.document(writer.textOf(id), 0, writer.textOf(source["content"]));
    else
        writer.media(whole);
}

void splitResult(BlockWriter& writer, json::Value whole, const Fields& fields)
{
    const json::Value id = fields.firstOf({Key::ToolCallId, Key::Id});
    const BlockWriter::ResultScope scope(writer, id, fields.firstOf({Key::ToolName, Key::Name}).text());
    const json::Value result = fields.firstOf({Key::Content, Key::Output, Key::Result});
    if (result.isObject() && result["value"].exists() && result["type"].isString())
        splitContent(writer, result["value"]); // the AI SDK says of which type its output is
    else
        splitContent(writer, result.exists() ? result : whole);
}

void splitCall(BlockWriter& writer, json::Value whole, const Fields& fields)
{
    if (fields[Key::Function].isObject() || fields.has(Key::Name) || fields.has(Key::ToolName))
        splitToolCall(writer, fields);
    else // a hosted tool, which has its type for a name and its arguments among its members
        writer.call(fields.firstOf({Key::ToolCallId, Key::Id}), fields.text(Key::Type),
                    fields.has(Key::Arguments) ? fields[Key::Arguments] : whole);
    if (fields[Key::Documents].isArray())
        splitDocuments(writer, fields[Key::Documents]);
    if (fields.has(Key::Output))
        splitResult(writer, whole, fields);
}

/// OpenLLMetry writes the parts of a message as JSON into its content.
bool splitPartsInText(BlockWriter& writer, std::string_view text)
{
    if (!text.starts_with("[{\"type\"") && !text.starts_with("[{\"text\""))
        return false;
    const json::Value parts = writer.parse(text);
    for (const json::Value part : parts.array())
        if (!part.isObject() || !isPart(Fields(part.object())))
            return false;
    splitContent(writer, parts);
    return parts.exists();
}

void splitObject(BlockWriter& writer, json::Value value, const Fields& fields)
{
    if (isPart(fields))
        splitPart(writer, value, fields);
    else if (fields[Key::Parts].isArray())
        splitContent(writer, fields[Key::Parts]);
    else if (isToolDefinition(fields))
        splitToolDefinitions(writer, value); // LangGraph's callback shows the tools as messages
    else
        writer.json(value);
}

} // namespace

bool isPart(const Fields& fields)
{
    return kindOf(fields.text(Key::Type)) != PartKind::None || isToolCall(fields) || isKeyedPart(fields);
}

BlockRole roleOfPart(const BlockWriter& writer, const Fields& fields)
{
    const PartKind kind = kindOf(fields.text(Key::Type));
    if (kind == PartKind::Result || fields.has(Key::FunctionResponse) || fields.has(Key::ToolResult))
        return BlockRole::Tool;
    if (kind == PartKind::Call || kind == PartKind::Reasoning || kind == PartKind::Redacted || isToolCall(fields) ||
        fields.has(Key::FunctionCall) || fields.has(Key::ToolUse))
        return BlockRole::Assistant;
    return writer.defaultRole();
}

void splitPart(BlockWriter& writer, json::Value whole, const Fields& fields)
{
    const BlockWriter::Nesting nesting(writer);
    if (nesting.isTooDeep())
        return writer.json(whole);
    switch (kindOf(fields.text(Key::Type))) {
    case PartKind::None:
        if (isToolCall(fields))
            splitToolCall(writer, fields);
        else
            splitKeyedPart(writer, whole, fields);
        break;
    case PartKind::Text: {
        const json::Value text = fields.firstOf({Key::Text, Key::Content, Key::Refusal});
        writer.json(text["value"].isString() ? text["value"] : text); // {value, annotations} of OpenAI's Assistants
        break;
    }
    case PartKind::Reasoning:
        splitReasoning(writer, fields);
        break;
    case PartKind::Redacted:
        writer.text(BlockKind::Reasoning, writer.textOf(whole));
        break;
    case PartKind::Media:
        writer.media(whole);
        break;
    case PartKind::Document:
        splitDocumentPart(writer, whole, fields);
        break;
    case PartKind::Call:
        splitCall(writer, whole, fields);
        break;
    case PartKind::Result:
        splitResult(writer, whole, fields);
        break;
    case PartKind::Definitions:
        splitToolDefinitions(writer, fields[Key::Tools]);
        break;
    case PartKind::Nothing:
        break;
    }
}

void splitContent(BlockWriter& writer, json::Value content)
{
    const BlockWriter::Nesting nesting(writer);
    if (content.isNull())
        return;
    if (nesting.isTooDeep())
        return writer.json(content);
    if (content.isString()) {
        if (!splitPartsInText(writer, content.text()))
            writer.text(content.text());
    } else if (content.isObject()) {
        splitObject(writer, content, Fields(content.object()));
    } else if (content.isArray() && !content.array().isEmpty()) {
        const json::Value first = *content.array().begin();
        // A list of something else, mostly what a tool found, is one text.
        if (!first.isString() && !(first.isObject() && isPart(Fields(first.object()))))
            return writer.json(content);
        for (const json::Value part : content.array()) {
            if (part.isObject())
                splitObject(writer, part, Fields(part.object()));
            else
                writer.json(part);
        }
    } else if (!content.isArray()) {
        writer.json(content);
    }
}

} // namespace plumbline::prompts
