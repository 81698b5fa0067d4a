// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest>

#include <string>

#include "importers/prompts/split_prompt.h"

namespace plumbline::test {

using Lines = QStringList;

/// A block as a line: an answer's begins with `>`, then message, role (left out of definitions), kind, tool, #document
/// and its rank, text.
inline QString lineOf(const ObservedBlock& block)
{
    std::string line = block.isOutput ? "> " : "";
    if (block.kind == BlockKind::ToolDefinition)
        line += "-";
    else
        line.append(std::to_string(block.message)).append(" ").append(idOf(block.role));
    line.append(" ").append(idOf(block.kind));
    if (!block.toolName.empty())
        line.append(" ").append(block.toolName);
    if (block.documentRank)
        line.append(" #").append(block.documentId).append(" @").append(std::to_string(*block.documentRank));
    line.append(" ").append(block.text);
    return QString::fromStdString(line).replace('\n', "\\n");
}

/// A record as it is written here: ' stands for an escaped quote and ` for one escaped twice. In raw strings that hold
/// a backslash, or two strokes, moc 6.4 loses its way.
inline std::string withEscapes(std::string_view record)
{
    std::string json;
    for (const char c : record) {
        if (c == '\'')
            json += "\\\"";
        else if (c == '`')
            json += "\\\\\\\"";
        else
            json.push_back(c);
    }
    return json;
}

/// A splitter with the records it was given.
class Splitting
{
public:
    Splitting() { m_splitter.begin(); }
    Splitting& input(std::string_view json)
    {
        m_splitter.splitInput(parse(json), m_blocks);
        return *this;
    }
    Splitting& output(std::string_view json)
    {
        m_splitter.splitOutput(parse(json), m_blocks);
        return *this;
    }
    Splitting& system(std::string_view json)
    {
        m_splitter.splitSystemInstructions(parse(json), m_blocks);
        return *this;
    }
    Splitting& definitions(std::string_view json)
    {
        m_splitter.splitToolDefinitions(parse(json), m_blocks);
        return *this;
    }
    Splitting& calls(std::string_view json, std::string_view names)
    {
        m_splitter.splitToolCalls(parse(json), parse(names), m_blocks);
        return *this;
    }
    Lines lines() const
    {
        Lines lines;
        for (const ObservedBlock& block : m_blocks)
            lines << lineOf(block);
        return lines;
    }
    bool sawTruncation() const { return m_splitter.sawTruncation(); }

private:
    json::Value parse(std::string_view text)
    {
        m_parsers.push_back(std::make_unique<json::Parser>());
        const auto value = m_parsers.back()->parseCopy(withEscapes(text));
        return value ? *value : json::Value();
    }

    std::vector<std::unique_ptr<json::Parser>> m_parsers;
    PromptSplitter m_splitter;
    std::vector<ObservedBlock> m_blocks;
};

inline Lines inputBlocks(std::string_view json)
{
    return Splitting().input(json).lines();
}

inline Lines outputBlocks(std::string_view json)
{
    return Splitting().output(json).lines();
}

inline std::string asString(std::string_view text)
{
    std::string json;
    json::appendQuoted(json, text);
    return json;
}

inline std::string repeated(std::string_view text, int times)
{
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

inline std::string userSays(std::string_view text)
{
    return "{\"messages\":[{\"role\":\"user\",\"content\":" + asString(text) + "}]}";
}

} // namespace plumbline::test
