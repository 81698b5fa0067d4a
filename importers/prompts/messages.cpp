// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/prompts/shapes.h"

/// Messages: {role, content} of OpenAI's Chat Completions and Responses, Anthropic's Messages, Bedrock's Converse and
/// Ollama; {role, parts} of Gemini's Content and OpenTelemetry's gen_ai.input.messages; {type: human, content} of
/// LangChain.
namespace plumbline::prompts {

BlockRole roleOf(std::string_view name)
{
    constexpr std::pair<std::string_view, BlockRole> roles[] = {
        {"user", BlockRole::User},
        {"assistant", BlockRole::Assistant},
        {"system", BlockRole::System},
        {"tool", BlockRole::Tool},
        {"developer", BlockRole::Developer},
        {"model", BlockRole::Assistant},
        {"human", BlockRole::User},
        {"ai", BlockRole::Assistant},
        {"function", BlockRole::Tool},
        {"AIMessageChunk", BlockRole::Assistant},
        {"HumanMessageChunk", BlockRole::User},
        {"chatbot", BlockRole::Assistant},
        {"CHATBOT", BlockRole::Assistant},
        {"USER", BlockRole::User},
        {"SYSTEM", BlockRole::System},
        {"TOOL", BlockRole::Tool},
    };
    if (name.empty())
        return BlockRole::Unknown;
    for (const auto& [known, role] : roles)
        if (known == name)
            return role;
    return BlockRole::Unknown;
}

namespace {

bool holdsParts(json::Value content)
{
    if (!content.isArray() || content.array().isEmpty())
        return false;
    const json::Value first = *content.array().begin();
    return first.isObject() && isPart(Fields(first.object()));
}

void splitReasoning(BlockWriter& writer, const Fields& fields)
{
    for (const Key key : {Key::ReasoningContent, Key::Reasoning, Key::Thinking})
        if (fields[key].isString())
            return writer.text(BlockKind::Reasoning, fields.text(key));
}

void splitCalls(BlockWriter& writer, const Fields& fields)
{
    splitToolCalls(writer, fields[Key::ToolCalls]);
    if (fields[Key::FunctionCall].isObject())
        splitToolCall(writer, Fields(fields[Key::FunctionCall].object()));
}

} // namespace

bool isMessage(const Fields& fields)
{
    const bool hasContent = fields.has(Key::Content) || fields.has(Key::Parts);
    if (fields[Key::Role].isString())
        return hasContent || roleOf(fields.text(Key::Role)) != BlockRole::Unknown;
    if (roleOf(fields.text(Key::Type)) != BlockRole::Unknown)
        return hasContent || fields[Key::Data].isObject();
    if (fields.has(Key::Type) || fields.has(Key::Score) || fields.has(Key::Metadata))
        return false;
    if (fields.has(Key::ToolCalls))
        return true;
    // Nobody is named: only what can be nothing else.
    return !fields.hasUnknown() &&
           (fields[Key::Content].isString() || holdsParts(fields[Key::Content]) || holdsParts(fields[Key::Parts]));
}

void splitMessage(BlockWriter& writer, const Fields& fields)
{
    const BlockWriter::Nesting nesting(writer);
    const std::string_view name = fields[Key::Role].isString() ? fields.text(Key::Role) : fields.text(Key::Type);
    const BlockRole role = name.empty() ? writer.defaultRole() : roleOf(name);
    if (!fields.has(Key::Content) && fields[Key::Data].isObject())
        splitMessageAs(writer, Fields(fields[Key::Data].object()), role);
    else
        splitMessageAs(writer, fields, role);
}

void splitMessageAs(BlockWriter& writer, const Fields& fields, BlockRole role)
{
    writer.beginMessage(role);
    splitReasoning(writer, fields);
    // The AI SDK's messages for user interfaces repeat their parts as one text in `content`.
    const json::Value content = fields[Key::Parts].isArray() ? fields[Key::Parts] : fields[Key::Content];
    if (role == BlockRole::Tool) {
        const json::Value name = fields.firstOf({Key::ToolName, Key::Name});
        const BlockWriter::ResultScope scope(writer, fields[Key::ToolCallId], name.text());
        splitContent(writer, content);
        return;
    }
    splitContent(writer, content);
    if (fields[Key::Audio].isObject())
        writer.media(fields[Key::Audio]);
    writer.text(fields.text(Key::Refusal));
    splitCalls(writer, fields);
    if (fields[Key::AdditionalKwargs].isObject()) {
        const Fields vendors(fields[Key::AdditionalKwargs].object());
        splitReasoning(writer, vendors);
        if (!writer.hasCallsInMessage())
            splitCalls(writer, vendors);
    }
}

} // namespace plumbline::prompts
