// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/prompts/block_writer.h"

#include <algorithm>
#include <limits>

#include "importers/prompts/marked_documents.h"
#include "importers/prompts/payloads.h"

namespace plumbline::prompts {

namespace {

// What a span may have parsed of JSON in strings, and how much of it a parser keeps memory for when the span is gone.
constexpr std::size_t mostNested = 1024;
constexpr std::size_t mostNestedBytes = 64 * 1024 * 1024;
// Documents of one message: more are no retrieval.
constexpr std::size_t mostMarked = 512;
constexpr std::size_t nestedBytesKept = 4 * 1024 * 1024;

std::uint16_t saturated(std::size_t number)
{
    return static_cast<std::uint16_t>(std::min<std::size_t>(number, std::numeric_limits<std::uint16_t>::max()));
}

/// Langfuse's clients and its user interface say so where they cut a value; the mark comes last, at most with the end
/// of some JSON behind it.
bool endsTruncated(std::string_view text)
{
    if (text.empty() || std::string_view(">]}\"").find(text.back()) == text.npos)
        return false;
    const std::string_view tail = text.substr(text.size() - std::min<std::size_t>(text.size(), 64));
    return tail.find("<truncated due to size exceeding limit") != tail.npos || tail.find("...[truncated]") != tail.npos;
}

} // namespace

void BlockWriter::begin()
{
    m_context = {};
    m_nextMessage[0] = m_nextMessage[1] = 0;
    m_isPartMessage = false;
    m_depth = 0;
    m_sawTruncation = false;
    m_calls.clear();
    m_messageCalls = 0;
    m_arena.clear();
    std::size_t kept = 0;
    std::erase_if(m_nested, [&kept](const auto& nested) { return (kept += nested->size) > nestedBytesKept; });
    m_nestedUsed = 0;
    m_nestedBytes = 0;
    if (m_scratch.capacity() > nestedBytesKept)
        m_scratch = {};
}

void BlockWriter::writeTo(std::vector<ObservedBlock>& into, Side side)
{
    m_into = &into;
    m_side = side;
    m_context = {};
    m_isPartMessage = false;
    m_messageCalls = m_calls.size();
}

void BlockWriter::beginMessage(BlockRole role)
{
    m_context = {.role = role, .message = saturated(m_nextMessage[static_cast<std::size_t>(m_side)]++)};
    m_isPartMessage = false;
    m_messageCalls = m_calls.size();
}

void BlockWriter::beginPart(BlockRole role)
{
    if (m_isPartMessage && m_context.role == role)
        return;
    beginMessage(role);
    m_isPartMessage = true;
}

ObservedBlock& BlockWriter::add(BlockKind kind, std::string_view text)
{
    m_sawTruncation |= endsTruncated(text);
    return m_into->emplace_back(ObservedBlock{
        .role = m_context.role,
        .kind = kind,
        .isOutput = m_side == Side::Answer,
        .message = m_context.message,
        .toolName = m_context.toolName,
        .text = text,
    });
}

void BlockWriter::text(std::string_view text)
{
    this->text(m_context.kind, text);
}

void BlockWriter::text(BlockKind kind, std::string_view text)
{
    if (text.empty())
        return;
    if (!isDataUrl(text)) {
        addWithDocuments(kind, text);
        return;
    }
    m_scratch.clear();
    appendNote(m_scratch, text, {});
    add(BlockKind::Media, keep(m_scratch));
}

void BlockWriter::addWithDocuments(BlockKind kind, std::string_view text)
{
    std::size_t at = 0;
    const bool instructs = m_context.role == BlockRole::System || m_context.role == BlockRole::Developer;
    MarkedDocuments documents(text, !instructs);
    MarkedDocument found;
    // Blanks between two documents go with the one before.
    const auto isBlank = [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; };
    if (kind == BlockKind::Text && m_side == Side::Prompt)
        for (std::size_t rank = 0; rank < mostMarked && documents.next(found); ++rank) {
            if (found.first > at)
                add(kind, text.substr(at, found.first - at));
            while (found.end < text.size() && isBlank(text[found.end]))
                ++found.end;
            document(found.id, rank, text.substr(found.first, found.end - found.first));
            at = found.end;
        }
    if (at < text.size())
        add(kind, text.substr(at));
}

void BlockWriter::json(json::Value value)
{
    if (value.isString())
        text(value.text());
    else
        text(textOf(value));
}

void BlockWriter::media(json::Value part)
{
    m_scratch.clear();
    appendWithoutPayload(m_scratch, part);
    add(BlockKind::Media, keep(m_scratch));
}

void BlockWriter::call(json::Value id, std::string_view name, json::Value arguments)
{
    const std::string_view idText = textOf(id);
    const std::string_view text = textOf(arguments);
    // LangChain writes a call up to three times: in the content, as its own tool_calls, as the vendor's.
    const auto isSame = [&](const auto& earlier) { return earlier.first == idText && earlier.second == name; };
    const auto firstOfMessage = m_calls.begin() + static_cast<std::ptrdiff_t>(m_messageCalls);
    if (!idText.empty() && std::any_of(m_calls.end() - std::min<std::ptrdiff_t>(m_calls.end() - firstOfMessage, 256),
                                       m_calls.end(), isSame))
        return;
    m_calls.emplace_back(idText, name);
    const Context outer = std::exchange(m_context, {.role = BlockRole::Assistant, .message = m_context.message});
    add(BlockKind::ToolCall, text).toolName = name;
    m_context = outer;
}

void BlockWriter::definition(std::string_view name, std::string_view text)
{
    const auto isSame = [name](const ObservedBlock& block) { return block.toolName == name; };
    const auto known = m_into->begin() + static_cast<std::ptrdiff_t>(definitionCount());
    // Hundreds of tools are real, tens of thousands are an attack on the search.
    if (!name.empty() && m_definitions.size() < 1024 &&
        (std::any_of(m_into->begin(), known, isSame) ||
         std::any_of(m_definitions.begin(), m_definitions.end(), isSame)))
        return;
    m_definitions.push_back({
        .role = BlockRole::System,
        .kind = BlockKind::ToolDefinition,
        .toolName = name,
        .text = text,
    });
}

std::size_t BlockWriter::definitionCount() const
{
    const auto isOther = [](const ObservedBlock& block) { return block.kind != BlockKind::ToolDefinition; };
    const auto end = m_into->begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(m_into->size(), 1024));
    return static_cast<std::size_t>(std::find_if(m_into->begin(), end, isOther) - m_into->begin());
}

void BlockWriter::finish()
{
    if (m_definitions.empty())
        return;
    m_into->insert(m_into->begin() + static_cast<std::ptrdiff_t>(definitionCount()), m_definitions.begin(),
                   m_definitions.end());
    m_definitions.clear();
}

void BlockWriter::repeatedInstructions(json::Value instructions)
{
    const auto instructs = [](const ObservedBlock& block) {
        return !block.isOutput && block.kind != BlockKind::ToolDefinition &&
               (block.role == BlockRole::System || block.role == BlockRole::Developer);
    };
    const std::string_view text = textOf(instructions);
    if (text.empty() || std::any_of(m_into->begin(), m_into->end(), instructs))
        return;
    for (ObservedBlock& block : *m_into)
        if (!block.isOutput && block.kind != BlockKind::ToolDefinition)
            block.message = saturated(block.message + std::size_t{1});
    m_into->insert(m_into->begin() + static_cast<std::ptrdiff_t>(definitionCount()),
                   ObservedBlock{.role = BlockRole::System, .text = text});
    ++m_nextMessage[static_cast<std::size_t>(Side::Prompt)];
}

void BlockWriter::document(std::string_view id, std::size_t rank, std::string_view text)
{
    ObservedBlock& block = add(BlockKind::Document, text);
    block.documentId = id;
    block.documentRank = saturated(rank);
}

BlockWriter::ResultScope::ResultScope(BlockWriter& writer, json::Value id, std::string_view name)
    : m_writer(writer), m_outer(writer.m_context)
{
    m_writer.m_context = {
        .role = BlockRole::Tool,
        .kind = BlockKind::ToolResult,
        .toolName = name.empty() ? writer.nameOfCall(writer.textOf(id)) : name,
        .message = m_outer.message,
    };
}

std::string_view BlockWriter::nameOfCall(std::string_view id) const
{
    // A result follows its call closely; only a hostile prompt makes a longer search.
    const auto last = m_calls.rbegin();
    const auto first = last + std::min<std::ptrdiff_t>(m_calls.rend() - last, 256);
    const auto call = std::find_if(last, first, [id](const auto& known) { return known.first == id; });
    return id.empty() || call == first ? std::string_view() : call->second;
}

std::string_view BlockWriter::textOf(json::Value value)
{
    if (value.isNull())
        return {};
    if (value.isString() && !isPayload({}, value.text()))
        return value.text();
    m_scratch.clear();
    appendWithoutPayload(m_scratch, value);
    return keep(m_scratch);
}

json::Value BlockWriter::parse(std::string_view text)
{
    if (m_nestedUsed == mostNested || text.size() > mostNestedBytes - m_nestedBytes)
        return {};
    if (m_nestedUsed == m_nested.size())
        m_nested.push_back(std::make_unique<NestedText>());
    NestedText& nested = *m_nested[m_nestedUsed];
    nested.size = std::max(nested.size, text.size());
    const auto value = nested.parser.parseCopy(text);
    if (!value)
        return {};
    ++m_nestedUsed;
    m_nestedBytes += text.size();
    return *value;
}

} // namespace plumbline::prompts
