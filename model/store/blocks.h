// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/import_service.h"
#include "model/core/span.h"
#include "model/store/known_rows.h"
#include "model/store/names.h"

namespace plumbline::store {

/// How texts are read; given by whoever composes the recorder, since that is no business of the store.
struct TextReader
{
    /// Appends a text's packed counters.
    void (*count)(std::string_view text, std::string& packed) = nullptr;
    /// Appends what else it shows, of a text that is not kept: it can never be looked at again. Nothing where it shows
    /// nothing.
    void (*look)(std::string_view text, BlockRole role, BlockKind kind, std::string& packed) = nullptr;
};

/// Writes blocks by content: each once, with its counters, bodies in zstd groups of about 64 KB.
class BlockWriter
{
public:
    static Result<BlockWriter> open(const Workspace& workspace, NameWriter& names, const TextReader& reader,
                                    bool isBulk);
    BlockWriter(BlockWriter&&) noexcept;
    BlockWriter& operator=(BlockWriter&&) noexcept;
    ~BlockWriter();

    /// The block's id; with Privacy::Digests a new block keeps no body. Not to be called with Privacy::Metadata.
    Result<std::int64_t> idOf(const ObservedBlock& block, Privacy privacy);
    /// Writes the group begun. Before every commit and at the end.
    Result<> flush();

private:
    struct State;
    explicit BlockWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// A block's place in a prompt or an answer.
struct BlockOccurrence
{
    std::int64_t block = 0;
    std::uint16_t message = 0;
    bool isOutput = false;
    std::optional<std::uint16_t> documentRank = {};
    bool operator==(const BlockOccurrence&) const = default;
};

/// How `observation.blocks` is written: block ids as differences, a byte of flags, the rank where there is one.
void appendOccurrences(std::string& into, const std::vector<BlockOccurrence>& occurrences);
/// Empty if the bytes are no such list.
std::optional<std::vector<BlockOccurrence>> readOccurrences(std::string_view bytes);
/// The same into a list that is used again; false if the bytes are no such list.
bool readOccurrences(std::string_view bytes, std::vector<BlockOccurrence>& into);

/// Reads a body; empty optional if it is not kept. One group is cached.
class BodyReader
{
public:
    static Result<BodyReader> open(const Database& database);
    Result<std::optional<std::string>> bodyOf(std::int64_t block);

private:
    BodyReader(Statement block, Statement group) : m_block(std::move(block)), m_group(std::move(group)) {}
    Statement m_block;
    Statement m_group;
    std::int64_t m_cachedGroup = 0;
    std::string m_cachedBytes;
};

} // namespace plumbline::store
