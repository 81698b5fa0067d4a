// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/prompts/shapes.h"

/// Requests and answers of the vendors' APIs, and what wrappers make of them: {messages, tools}, {system, messages},
/// {contents, systemInstruction}, {input, instructions}, {prompt}; {choices}, {candidates}, {generations}, {output}.
namespace plumbline::prompts {

namespace {

bool isTextOrKnown(json::Value value, int depth)
{
    return value.isString() || recognises(value, depth + 1);
}

json::Value firstIn(json::Value value)
{
    return value.isArray() && !value.array().isEmpty() ? *value.array().begin() : json::Value();
}

bool holdsDocuments(json::Value value)
{
    const json::Value first = firstIn(value);
    return first.isObject() && isDocument(Fields(first.object()));
}

void splitInstructions(BlockWriter& writer, json::Value instructions)
{
    if (writer.side() == BlockWriter::Side::Answer)
        return writer.repeatedInstructions(instructions);
    writer.beginMessage(BlockRole::System);
    splitContent(writer, instructions);
}

/// One of several answers: OpenAI's choice, LangChain's generation, Gemini's candidate.
void splitAlternative(BlockWriter& writer, json::Value value)
{
    const BlockWriter::Nesting nesting(writer);
    if (value.isArray() && !nesting.isTooDeep()) {
        for (const json::Value alternative : value.array())
            splitAlternative(writer, alternative);
        return;
    }
    const Fields fields(value.object());
    const json::Value message = fields.firstOf({Key::Message, Key::Delta, Key::Content});
    if (message.isObject())
        return splitValue(writer, message);
    writer.beginMessage(writer.defaultRole());
    writer.json(fields[Key::Text].isString() ? fields[Key::Text] : value);
}

} // namespace

bool isEnvelope(const Fields& fields, int depth)
{
    if (depth > 8)
        return false;
    for (const Key key : {Key::Messages, Key::Choices, Key::Generations, Key::Candidates})
        if (fields[key].isArray() && !fields[key].array().isEmpty())
            return true;
    if (fields.has(Key::Contents))
        return isTextOrKnown(fields[Key::Contents], depth);
    if (holdsDocuments(fields[Key::Documents]))
        return true;
    for (const Key key : {Key::Output, Key::Message})
        if (!fields[key].isString() && recognises(fields[key], depth + 1))
            return true;
    // These words are in use for much else: nothing may be lost of an object that only looks like a request.
    if (fields.hasUnknown() && !fields.has(Key::Model))
        return false;
    for (const Key key :
         {Key::Prompt, Key::Input, Key::Question, Key::ChatHistory, Key::Output, Key::Completion, Key::Result})
        if (isTextOrKnown(fields[key], depth) || firstIn(fields[key]).isString())
            return true;
    return false;
}

void splitEnvelope(BlockWriter& writer, const Fields& fields)
{
    // An agent's answer may list the uses of its tools under the same name.
    const json::Value tool = firstIn(fields[Key::Tools]);
    if (writer.side() == BlockWriter::Side::Prompt || (tool.isObject() && isToolDefinition(Fields(tool.object()))))
        for (const Key key : {Key::Tools, Key::Functions})
            splitToolDefinitions(writer, fields[key]);
    if (fields.has(Key::System))
        splitInstructions(writer, fields[Key::System]);
    for (const Key key : {Key::ChatHistory, Key::Messages, Key::Contents, Key::Prompt, Key::Input, Key::Question})
        splitValue(writer, fields[key]);
    if (holdsDocuments(fields[Key::Documents])) {
        writer.beginMessage(BlockRole::Unknown);
        splitDocuments(writer, fields[Key::Documents]);
    }
    for (const Key key : {Key::Choices, Key::Generations, Key::Candidates})
        if (fields.has(key))
            splitAlternative(writer, fields[key]);
    for (const Key key : {Key::Output, Key::Message, Key::Completion, Key::Result})
        if (fields.has(key))
            return splitValue(writer, fields[key]);
}

} // namespace plumbline::prompts
