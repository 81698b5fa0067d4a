// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/prompts/shapes.h"

namespace plumbline::prompts {

namespace {

std::string_view withoutBlanks(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool looksLikeJson(std::string_view text)
{
    text = withoutBlanks(text);
    return text.size() >= 2 &&
           ((text.front() == '{' && text.back() == '}') || (text.front() == '[' && text.back() == ']') ||
            (text.front() == '"' && text.back() == '"'));
}

/// What is no text of anybody's in a prompt may be anything; an answer is still an answer.
BlockRole roleOfUnknown(const BlockWriter& writer)
{
    return writer.side() == BlockWriter::Side::Prompt ? BlockRole::Unknown : BlockRole::Assistant;
}

void splitUnknown(BlockWriter& writer, json::Value value)
{
    writer.beginMessage(roleOfUnknown(writer));
    writer.json(value);
}

/// Agno and others print a message as Python does: role='system' content='…'.
BlockRole roleInText(const BlockWriter& writer, std::string_view text)
{
    constexpr std::string_view start = "role='";
    if (!text.starts_with(start))
        return writer.defaultRole();
    text.remove_prefix(start.size());
    return roleOf(text.substr(0, text.find('\'')));
}

void splitString(BlockWriter& writer, std::string_view text)
{
    const json::Value inner = looksLikeJson(text) ? writer.parse(text) : json::Value();
    if (inner.isString() || recognises(inner))
        return splitValue(writer, inner);
    writer.beginMessage(inner.exists() ? roleOfUnknown(writer) : roleInText(writer, text));
    writer.text(text);
}

/// LangChain takes a pair of role and text for a message.
bool isPair(json::Array array)
{
    if (array.size() != 2)
        return false;
    const json::Value first = *array.begin();
    const json::Value second = *++array.begin();
    return second.isString() && roleOf(first.text()) != BlockRole::Unknown;
}

void splitArray(BlockWriter& writer, json::Value value)
{
    const json::Array array = value.array();
    if (array.isEmpty())
        return;
    const json::Value first = *array.begin();
    if (first.isObject() && isDocument(Fields(first.object()))) {
        writer.beginMessage(BlockRole::Unknown);
        splitDocuments(writer, value);
    } else if (!first.isString() && !recognises(value)) {
        splitUnknown(writer, value);
    } else {
        for (const json::Value element : array) {
            if (element.isArray() && isPair(element.array())) {
                writer.beginMessage(roleOf((*element.array().begin()).text()));
                writer.json(*++element.array().begin());
            } else {
                splitValue(writer, element);
            }
        }
    }
}

void splitObject(BlockWriter& writer, json::Value value)
{
    const Fields fields(value.object());
    if (isLangChainObject(fields)) {
        splitLangChainObject(writer, value, fields);
    } else if (isMessage(fields)) {
        splitMessage(writer, fields);
    } else if (isPart(fields)) {
        writer.beginPart(roleOfPart(writer, fields));
        splitPart(writer, value, fields);
    } else if (isToolDefinition(fields)) {
        splitToolDefinitions(writer, value);
    } else if (isDocument(fields)) {
        writer.beginMessage(BlockRole::Unknown);
        splitDocuments(writer, value);
    } else if (isEnvelope(fields, 0)) {
        splitEnvelope(writer, fields);
    } else {
        splitUnknown(writer, value);
    }
}

} // namespace

void splitValue(BlockWriter& writer, json::Value value)
{
    const BlockWriter::Nesting nesting(writer);
    if (value.isNull() || (value.isObject() && value.object().isEmpty()))
        return;
    if (nesting.isTooDeep())
        splitUnknown(writer, value);
    else if (value.isString())
        splitString(writer, value.text());
    else if (value.isArray())
        splitArray(writer, value);
    else if (value.isObject())
        splitObject(writer, value);
    else
        splitUnknown(writer, value);
}

bool recognises(json::Value value, int depth)
{
    if (depth > 8)
        return false;
    if (value.isArray()) {
        const json::Array array = value.array();
        if (array.isEmpty())
            return false;
        const json::Value first = *array.begin();
        return (first.isArray() && isPair(first.array())) || recognises(first, depth + 1);
    }
    if (!value.isObject())
        return false;
    const Fields fields(value.object());
    return isLangChainObject(fields) || isMessage(fields) || isPart(fields) || isToolDefinition(fields) ||
           isDocument(fields) || isEnvelope(fields, depth + 1);
}

} // namespace plumbline::prompts
