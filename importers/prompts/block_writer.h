// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "importers/json/json.h"
#include "importers/prompts/text_arena.h"
#include "model/core/span.h"

namespace plumbline::prompts {

/// Where the families of shapes write their blocks: knows who speaks, in which message, and owns the texts that stand
/// in no record.
class BlockWriter
{
    /// Who speaks, and what a text is.
    struct Context
    {
        BlockRole role = BlockRole::Unknown;
        BlockKind kind = BlockKind::Text;
        std::string_view toolName = {};
        std::uint16_t message = 0;
    };

public:
    /// Forgets a span.
    void begin();
    enum class Side : std::uint8_t
    {
        Prompt,
        Answer,
    };
    void writeTo(std::vector<ObservedBlock>& into, Side side);
    /// Puts the definitions written since writeTo() in front of the prompt, all at once.
    void finish();
    Side side() const { return m_side; }

    /// A speaker whom nobody named: the user of a prompt, the assistant of an answer.
    BlockRole defaultRole() const { return m_side == Side::Prompt ? BlockRole::User : BlockRole::Assistant; }
    BlockKind kind() const { return m_context.kind; }
    void beginMessage(BlockRole role);
    /// For a part that stands alone: goes on with the message of its neighbour if the same speaker said that.
    void beginPart(BlockRole role);

    /// A text as it stands, of the kind that is being written. Empty ones are no block.
    void text(std::string_view text);
    void text(BlockKind kind, std::string_view text);
    /// A value as text: a string as it stands, anything else as compact JSON without payloads.
    void json(json::Value value);
    void media(json::Value part);
    void call(json::Value id, std::string_view name, json::Value arguments);
    bool hasCallsInMessage() const { return m_messageCalls < m_calls.size(); }
    /// Left out if the prompt already defines a tool of that name.
    void definition(std::string_view name, std::string_view text);
    /// Instructions that an answer repeats: the first message of a prompt that has none.
    void repeatedInstructions(json::Value instructions);
    void document(std::string_view id, std::size_t rank, std::string_view text);

    /// While it lives, texts and media are the result of a tool: of `name`, or of the call with that id.
    class ResultScope
    {
    public:
        ResultScope(BlockWriter& writer, json::Value id, std::string_view name);
        ~ResultScope() { m_writer.m_context = m_outer; }
        ResultScope(const ResultScope&) = delete;

    private:
        BlockWriter& m_writer;
        Context m_outer;
    };

    /// One level of shapes within shapes. Input that nests too deep is written as it is.
    class Nesting
    {
    public:
        explicit Nesting(BlockWriter& writer) : m_writer(writer) { ++m_writer.m_depth; }
        ~Nesting() { --m_writer.m_depth; }
        Nesting(const Nesting&) = delete;
        bool isTooDeep() const { return m_writer.m_depth > 64; }

    private:
        BlockWriter& m_writer;
    };

    /// JSON that stands in a string; valid until begin(). Nothing if it is none, or after very many.
    json::Value parse(std::string_view text);
    std::string_view keep(std::string_view text) { return m_arena.keep(text); }
    /// The string, or the kept compact JSON of anything else that exists.
    std::string_view textOf(json::Value value);

    bool sawTruncation() const { return m_sawTruncation; }

private:
    struct NestedText
    {
        json::Parser parser;
        std::size_t size = 0; ///< of the largest text it read: it keeps memory for as much
    };
    std::size_t definitionCount() const;
    std::string_view nameOfCall(std::string_view id) const;
    ObservedBlock& add(BlockKind kind, std::string_view text);
    /// A text, and the documents that stand in it as blocks of their own; nothing is left out.
    void addWithDocuments(BlockKind kind, std::string_view text);

    std::vector<ObservedBlock>* m_into = nullptr;
    std::vector<ObservedBlock> m_definitions;
    Side m_side = Side::Prompt;
    Context m_context;
    std::size_t m_nextMessage[2] = {};
    bool m_isPartMessage = false;
    int m_depth = 0;
    bool m_sawTruncation = false;

    std::vector<std::pair<std::string_view, std::string_view>> m_calls; ///< id and tool of each, in order
    std::size_t m_messageCalls = 0;                                     ///< where those of this message begin
    TextArena m_arena;
    std::string m_scratch;
    std::vector<std::unique_ptr<NestedText>> m_nested;
    std::size_t m_nestedUsed = 0;
    std::size_t m_nestedBytes = 0;
};

} // namespace plumbline::prompts
