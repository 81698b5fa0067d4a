// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/store/blocks.h"

#include <zstd.h>

#include "model/core/varint.h"

namespace plumbline::store {

namespace {

constexpr std::size_t groupBytes = 64 * 1024;
constexpr int compressionLevel = 1;

// find() answers the id in the low 40 bits and the digest's top 24 bits above it: 88 bits of the 128 decide equality
// without reading the row.
constexpr std::uint64_t idBits = (std::uint64_t{1} << 40) - 1;

enum : unsigned
{
    IsOutput = 1,
    NextMessage = 2,
    HasRank = 4,
    OtherMessage = 8, ///< the message number itself follows
};

struct FreeContext
{
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

} // namespace

struct BlockWriter::State
{
    const Workspace* workspace;
    NameWriter* names;
    TextReader reader;
    KnownRows known;
    Statement insertBlock;
    Statement insertGroup;
    Statement insertFacts;
    std::unique_ptr<ZSTD_CCtx, FreeContext> compressor{ZSTD_createCCtx()};
    std::int64_t nextBlock = 1;
    std::int64_t group = 1; ///< the one being filled
    std::string bodies = {};
    std::string counters = {}, facts = {};
    std::string compressed = {};
};

BlockWriter::BlockWriter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
BlockWriter::BlockWriter(BlockWriter&&) noexcept = default;
BlockWriter& BlockWriter::operator=(BlockWriter&&) noexcept = default;
BlockWriter::~BlockWriter() = default;

Result<BlockWriter> BlockWriter::open(const Workspace& workspace, NameWriter& names, const TextReader& reader,
                                      bool isBulk)
{
    const Database& database = workspace.database();
    KnownRows known =
        TRY(KnownRows::open(database,
                            {.table = "block",
                             .key = "digest_low",
                             .number = "id | (digest_high & -1099511627776)",
                             .indexName = "block_digest",
                             .createIndex = "CREATE INDEX IF NOT EXISTS block_digest ON block(digest_low)"},
                            isBulk));
    auto state = std::make_unique<State>(State{
        .workspace = &workspace,
        .names = &names,
        .reader = reader,
        .known = std::move(known),
        .insertBlock = TRY(database.prepare(
            "INSERT INTO block(id, digest_low, digest_high, bytes, role, kind, tool, document, counters, "
            "body_group, body_offset) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
        .insertGroup = TRY(database.prepare("INSERT INTO body_group(id, bytes, zstd) VALUES(?, ?, ?)")),
        .insertFacts = TRY(database.prepare("INSERT OR REPLACE INTO text_facts(block, packed) VALUES(?, ?)")),
    });
    state->nextBlock = TRY(database.integer("SELECT coalesce(max(id), 0) + 1 FROM block"));
    state->group = TRY(database.integer("SELECT coalesce(max(id), 0) + 1 FROM body_group"));
    return BlockWriter(std::move(state));
}

Result<std::int64_t> BlockWriter::idOf(const ObservedBlock& block, Privacy privacy)
{
    State& state = *m_state;
    const Hasher& hasher = state.workspace->hasher();
    // Everything a block row holds is part of its identity; whether its body is kept is, too.
    std::uint64_t salt = static_cast<std::uint64_t>(block.role) | static_cast<std::uint64_t>(block.kind) << 4 |
                         static_cast<std::uint64_t>(privacy) << 8;
    if (!block.toolName.empty())
        salt ^= hasher.hash64(block.toolName, 1);
    if (!block.documentId.empty())
        salt ^= hasher.hash64(block.documentId, 2);
    const Hasher::Digest digest = hasher.hash128(block.text, salt);
    const std::uint64_t check = digest.high & ~idBits;
    if (const auto number = TRY(state.known.find(digest.low)); number && (*number & ~idBits) == check)
        return static_cast<std::int64_t>(*number & idBits);

    const std::int64_t id = state.nextBlock++;
    state.counters.clear();
    state.reader.count(block.text, state.counters);
    const std::int64_t tool = TRY(state.names->idOf(block.toolName));
    const bool keepsBody = privacy == Privacy::Bodies;
    Statement& insert = state.insertBlock;
    insert.reset();
    insert.bindAt(1, id);
    insert.bindAt(2, digest.low);
    insert.bindAt(3, digest.high);
    insert.bindAt(4, static_cast<std::int64_t>(block.text.size()));
    insert.bindAt(5, static_cast<std::int64_t>(block.role));
    insert.bindAt(6, static_cast<std::int64_t>(block.kind));
    tool ? insert.bindAt(7, tool) : insert.bindAt(7, nullptr);
    block.documentId.empty() ? insert.bindAt(8, nullptr) : insert.bindAt(8, block.documentId);
    insert.bindAt(9, Blob{state.counters});
    if (keepsBody) {
        insert.bindAt(10, state.group);
        insert.bindAt(11, static_cast<std::int64_t>(state.bodies.size()));
    } else {
        insert.bindAt(10, nullptr);
        insert.bindAt(11, nullptr);
    }
    TRY(insert.next());
    TRY(state.known.remember(digest.low, (static_cast<std::uint64_t>(id) & idBits) | check));
    if (keepsBody) {
        state.bodies.append(block.text);
        if (state.bodies.size() >= groupBytes)
            TRY(flush());
    } else {
        state.facts.clear();
        state.reader.look(block.text, block.role, block.kind, state.facts);
        if (!state.facts.empty())
            TRY(state.insertFacts.run(id, Blob{state.facts}));
    }
    return id;
}

Result<> BlockWriter::flush()
{
    State& state = *m_state;
    if (state.bodies.empty())
        return {};
    state.compressed.resize(ZSTD_compressBound(state.bodies.size()));
    const std::size_t size = ZSTD_compressCCtx(state.compressor.get(), state.compressed.data(), state.compressed.size(),
                                               state.bodies.data(), state.bodies.size(), compressionLevel);
    if (ZSTD_isError(size))
        return fail(ErrorKind::Database, std::string("compressing prompts failed: ") + ZSTD_getErrorName(size));
    TRY(state.insertGroup.run(state.group, static_cast<std::int64_t>(state.bodies.size()),
                              Blob{std::string_view(state.compressed).substr(0, size)}));
    ++state.group;
    state.bodies.clear();
    return {};
}

void appendOccurrences(std::string& into, const std::vector<BlockOccurrence>& occurrences)
{
    std::int64_t previous = 0;
    std::uint16_t message = 0;
    for (const BlockOccurrence& occurrence : occurrences) {
        appendVarint(into, zigzag(occurrence.block - previous));
        previous = occurrence.block;
        unsigned flags = 0;
        if (occurrence.isOutput)
            flags |= IsOutput;
        if (occurrence.message == message + 1)
            flags |= NextMessage;
        else if (occurrence.message != message)
            flags |= OtherMessage;
        if (occurrence.documentRank)
            flags |= HasRank;
        into.push_back(static_cast<char>(flags));
        if (flags & OtherMessage)
            appendVarint(into, occurrence.message);
        if (occurrence.documentRank)
            appendVarint(into, *occurrence.documentRank);
        message = occurrence.message;
    }
}

std::optional<std::vector<BlockOccurrence>> readOccurrences(std::string_view bytes)
{
    std::vector<BlockOccurrence> occurrences;
    return readOccurrences(bytes, occurrences) ? std::optional(std::move(occurrences)) : std::nullopt;
}

bool readOccurrences(std::string_view bytes, std::vector<BlockOccurrence>& into)
{
    into.clear();
    std::int64_t previous = 0;
    std::uint16_t message = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        BlockOccurrence occurrence;
        const auto difference = readVarint(bytes, at);
        if (!difference || at >= bytes.size())
            return false;
        // Unsigned: bytes that are no such list may overflow.
        previous = static_cast<std::int64_t>(static_cast<std::uint64_t>(previous) +
                                             static_cast<std::uint64_t>(unzigzag(*difference)));
        occurrence.block = previous;
        const auto flags = static_cast<unsigned char>(bytes[at++]);
        occurrence.isOutput = flags & IsOutput;
        if (flags & NextMessage)
            ++message;
        if (flags & OtherMessage) {
            const auto number = readVarint(bytes, at);
            if (!number)
                return false;
            message = static_cast<std::uint16_t>(*number);
        }
        occurrence.message = message;
        if (flags & HasRank) {
            const auto rank = readVarint(bytes, at);
            if (!rank)
                return false;
            occurrence.documentRank = static_cast<std::uint16_t>(*rank);
        }
        into.push_back(occurrence);
    }
    return true;
}

Result<BodyReader> BodyReader::open(const Database& database)
{
    return BodyReader(TRY(database.prepare("SELECT body_group, body_offset, bytes FROM block WHERE id = ?")),
                      TRY(database.prepare("SELECT bytes, zstd FROM body_group WHERE id = ?")));
}

Result<std::optional<std::string>> BodyReader::bodyOf(std::int64_t block)
{
    TRY(m_block.bind(block));
    if (!TRY(m_block.next()) || m_block.isNull(0))
        return std::optional<std::string>();
    const auto [group, offset, size] = m_block.row<std::int64_t, std::int64_t, std::int64_t>();
    m_block.reset();
    if (group != m_cachedGroup) {
        TRY(m_group.bind(group));
        if (!TRY(m_group.next()))
            return fail(ErrorKind::Database, "the workspace file is damaged: a prompt's body is missing");
        // A group is 64 KB and one block; a block is at most one record.
        constexpr std::int64_t mostBytes = std::int64_t{1} << 30;
        const std::int64_t bytes = m_group.integer(0);
        if (bytes < 0 || bytes > mostBytes)
            return fail(ErrorKind::Database,
                        "the workspace file is damaged: a group of prompts has an impossible size");
        m_cachedBytes.resize(static_cast<std::size_t>(bytes));
        const std::string_view packed = m_group.text(1);
        const std::size_t got =
            ZSTD_decompress(m_cachedBytes.data(), m_cachedBytes.size(), packed.data(), packed.size());
        m_group.reset();
        m_cachedGroup = 0;
        if (ZSTD_isError(got) || got != m_cachedBytes.size())
            return fail(ErrorKind::Database, "the workspace file is damaged: a group of prompts cannot be unpacked");
        m_cachedGroup = group;
    }
    if (offset < 0 || size < 0 ||
        static_cast<std::uint64_t>(offset) + static_cast<std::uint64_t>(size) > m_cachedBytes.size())
        return fail(ErrorKind::Database, "the workspace file is damaged: a prompt lies outside its group");
    return std::optional<std::string>(
        m_cachedBytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(size)));
}

} // namespace plumbline::store
