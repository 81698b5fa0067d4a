// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/prompts/split_prompt.h"

#include <algorithm>

#include "importers/prompts/block_writer.h"
#include "importers/prompts/shapes.h"

namespace plumbline {

using prompts::BlockWriter;

PromptSplitter::PromptSplitter() : m_writer(std::make_unique<BlockWriter>()) {}

PromptSplitter::~PromptSplitter() = default;
PromptSplitter::PromptSplitter(PromptSplitter&&) noexcept = default;
PromptSplitter& PromptSplitter::operator=(PromptSplitter&&) noexcept = default;

void PromptSplitter::begin()
{
    m_writer->begin();
}

void PromptSplitter::splitInput(json::Value input, std::vector<ObservedBlock>& into)
{
    m_writer->writeTo(into, BlockWriter::Side::Prompt);
    prompts::splitValue(*m_writer, input);
    m_writer->finish();
}

void PromptSplitter::splitSystemInstructions(json::Value instructions, std::vector<ObservedBlock>& into)
{
    m_writer->writeTo(into, BlockWriter::Side::Prompt);
    if (instructions.isNull())
        return;
    m_writer->beginMessage(BlockRole::System);
    prompts::splitContent(*m_writer, instructions);
    m_writer->finish();
}

void PromptSplitter::splitOutput(json::Value output, std::vector<ObservedBlock>& into)
{
    m_writer->writeTo(into, BlockWriter::Side::Answer);
    prompts::splitValue(*m_writer, output);
    m_writer->finish();
}

void PromptSplitter::splitToolDefinitions(json::Value definitions, std::vector<ObservedBlock>& into)
{
    m_writer->writeTo(into, BlockWriter::Side::Prompt);
    prompts::splitToolDefinitions(*m_writer, definitions);
    m_writer->finish();
}

void PromptSplitter::splitToolCalls(json::Value calls, json::Value names, std::vector<ObservedBlock>& into)
{
    const auto isCall = [](const ObservedBlock& block) { return block.isOutput && block.kind == BlockKind::ToolCall; };
    if (!calls.isArray() || calls.array().isEmpty() || std::any_of(into.begin(), into.end(), isCall))
        return;
    m_writer->writeTo(into, BlockWriter::Side::Answer);
    m_writer->beginMessage(BlockRole::Assistant);
    const json::Array nameList = names.array();
    auto name = nameList.begin();
    for (json::Value call : calls.array()) {
        std::string_view toolName;
        if (name != nameList.end()) {
            toolName = (*name).text();
            ++name;
        }
        const json::Value parsed = call.isString() ? m_writer->parse(call.text()) : call;
        const prompts::Fields fields(parsed.object());
        if (toolName.empty() && parsed.isObject())
            prompts::splitToolCall(*m_writer, fields);
        else
            m_writer->call(fields[prompts::Key::Id], toolName,
                           parsed.isObject() ? fields[prompts::Key::Arguments] : call);
    }
}

bool PromptSplitter::sawTruncation() const
{
    return m_writer->sawTruncation();
}

} // namespace plumbline
