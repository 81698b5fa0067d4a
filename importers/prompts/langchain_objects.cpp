// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/prompts/shapes.h"

/// LangChain's serialised objects: {"lc": 1, "type": "constructor", "id": [path…, class], "kwargs": {…}}.
namespace plumbline::prompts {

namespace {

std::string_view classOf(json::Value id)
{
    std::string_view name;
    for (const json::Value part : id.array())
        name = part.text();
    return name;
}

BlockRole roleOfClass(std::string_view name, const Fields& arguments)
{
    if (name.ends_with("Chunk"))
        name.remove_suffix(5);
    constexpr std::pair<std::string_view, BlockRole> roles[] = {
        {"SystemMessage", BlockRole::System}, {"HumanMessage", BlockRole::User},
        {"AIMessage", BlockRole::Assistant},  {"ToolMessage", BlockRole::Tool},
        {"FunctionMessage", BlockRole::Tool}, {"DeveloperMessage", BlockRole::Developer},
    };
    for (const auto& [known, role] : roles)
        if (known == name)
            return role;
    return roleOf(arguments.text(Key::Role)); // ChatMessage says it itself
}

} // namespace

bool isLangChainObject(const Fields& fields)
{
    return fields[Key::Kwargs].isObject() && fields[Key::Id].isArray();
}

void splitLangChainObject(BlockWriter& writer, json::Value whole, const Fields& fields)
{
    const std::string_view name = classOf(fields[Key::Id]);
    const Fields arguments(fields[Key::Kwargs].object());
    if (name.ends_with("Message") || name.ends_with("MessageChunk")) {
        splitMessageAs(writer, arguments, roleOfClass(name, arguments));
    } else if (isDocument(arguments)) {
        writer.beginMessage(BlockRole::Unknown);
        splitDocuments(writer, whole);
    } else {
        splitValue(writer, fields[Key::Kwargs]); // of a prompt value: its messages or its text
    }
}

} // namespace plumbline::prompts
