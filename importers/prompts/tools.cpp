// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/prompts/shapes.h"

/// Calls of tools: {id, function: {name, arguments}} of OpenAI, {name, args, id} of LangChain, {toolCallId, toolName,
/// input} of the AI SDK. Definitions of tools: {type: function, function: {…}} of OpenAI's Chat Completions, {name,
/// input_schema} of Anthropic, functionDeclarations of Gemini, toolSpec of Bedrock, name → JSON of Langfuse.
namespace plumbline::prompts {

bool isToolCall(const Fields& fields)
{
    if (fields[Key::Function].isObject())
        return fields[Key::Function]["arguments"].exists();
    return fields[Key::ToolName].isString() && fields.has(Key::ToolCallId);
}

void splitToolCall(BlockWriter& writer, const Fields& fields)
{
    const json::Value id = fields.firstOf({Key::ToolCallId, Key::Id});
    if (fields[Key::Function].isObject()) {
        const Fields function(fields[Key::Function].object());
        writer.call(id, function.text(Key::Name), function[Key::Arguments]);
    } else {
        writer.call(id, fields.firstOf({Key::ToolName, Key::Name}).text(),
                    fields.firstOf({Key::Arguments, Key::Input}));
    }
}

void splitToolCalls(BlockWriter& writer, json::Value calls)
{
    if (calls.isString())
        calls = writer.parse(calls.text());
    for (json::Value call : calls.array()) {
        if (call.isString())
            call = writer.parse(call.text());
        if (call.isObject())
            splitToolCall(writer, Fields(call.object()));
    }
}

namespace {

void splitDefinition(BlockWriter& writer, json::Value definition)
{
    if (definition.isString())
        definition = writer.parse(definition.text());
    if (!definition.isObject())
        return;
    const Fields fields(definition.object());
    if (fields[Key::Declarations].isArray()) {
        for (const json::Value declaration : fields[Key::Declarations].array())
            splitDefinition(writer, declaration);
    } else if (fields[Key::ToolSpec].isObject()) {
        writer.definition(fields[Key::ToolSpec]["name"].text(), writer.textOf(fields[Key::ToolSpec]));
    } else if (fields[Key::Function].isObject()) {
        writer.definition(fields[Key::Function]["name"].text(), writer.textOf(fields[Key::Function]));
    } else if (!fields.has(Key::CachePoint)) {
        std::string_view name = fields.firstOf({Key::Name, Key::Type}).text();
        if (name.empty() && definition.object().size() == 1)
            name = (*definition.object().begin()).key; // Gemini's own tools: {googleSearch: {}}
        writer.definition(name, writer.textOf(definition));
    }
}

/// Langfuse takes definitions apart: name → {description, parameters} as JSON in a string, and in it the parameters as
/// JSON in a string again. Written as OpenAI has them, they are the same block wherever they come from.
void splitNamedDefinition(BlockWriter& writer, std::string_view name, json::Value definition)
{
    if (definition.isString())
        definition = writer.parse(definition.text());
    std::string text = "{\"name\":";
    json::appendQuoted(text, name);
    for (const auto [key, member] : definition.object()) {
        if (member.isNull() || key == "name")
            continue;
        const json::Value inner = member.text().starts_with('{') ? writer.parse(member.text()) : json::Value();
        text.push_back(',');
        json::appendQuoted(text, key);
        text.push_back(':');
        (inner.exists() ? inner : member).appendCompact(text);
    }
    text.push_back('}');
    writer.definition(name, writer.keep(text));
}

} // namespace

bool isToolDefinition(const Fields& fields)
{
    if (fields.text(Key::Type) == "function" && fields[Key::Function].isObject())
        return !fields[Key::Function]["arguments"].exists();
    return fields[Key::Declarations].isArray() || fields[Key::ToolSpec].isObject() ||
           (fields[Key::Name].isString() && fields[Key::Parameters].isObject());
}

void splitToolDefinitions(BlockWriter& writer, json::Value definitions)
{
    const BlockWriter::Nesting nesting(writer);
    if (nesting.isTooDeep())
        return;
    if (definitions.isString())
        definitions = writer.parse(definitions.text());
    for (const json::Value definition : definitions.array())
        splitDefinition(writer, definition);
    if (!definitions.isObject())
        return;
    const Fields fields(definitions.object());
    if (fields[Key::Tools].isArray())
        splitToolDefinitions(writer, fields[Key::Tools]);
    else if (isToolDefinition(fields))
        splitDefinition(writer, definitions);
    else
        for (const auto [name, definition] : definitions.object())
            splitNamedDefinition(writer, name, definition);
}

} // namespace plumbline::prompts
