// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/prompt_index.h"

#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "model/analysis/split.h"
#include "model/analysis/weighing.h"
#include "model/core/span.h"
#include "model/queries/rows_by_id.h"
#include "model/store/blocks.h"

namespace plumbline {

namespace {

/// What is asked of a block.
struct BlockFacts
{
    BlockRole role = BlockRole::Unknown;
    BlockKind kind = BlockKind::Text;
    std::uint32_t tool = 0; ///< name.id; 0: none

    bool isInstruction() const
    {
        return kind == BlockKind::Text && (role == BlockRole::System || role == BlockRole::Developer);
    }
};

/// By id: all of them at once, or each when it is asked for.
class Blocks
{
public:
    static Result<Blocks> open(const store::Database& database)
    {
        return Blocks(TRY(database.prepare("SELECT role, kind, tool FROM block WHERE id = ?")));
    }
    Result<> readAll(const store::Database& database, const StopToken& stop)
    {
        m_known.resize(static_cast<std::size_t>(TRY(database.integer("SELECT coalesce(max(id), 0) FROM block"))) + 1);
        store::Statement rows = TRY(database.prepare("SELECT role, kind, tool, id FROM block"));
        constexpr std::size_t checkEvery = 65536;
        for (std::size_t count = 0; TRY(rows.next()); ++count) {
            if (count % checkEvery == 0)
                TRY(stop.check());
            if (const auto id = static_cast<std::size_t>(rows.integer(3)); id < m_known.size())
                m_known[id] = factsOf(rows);
        }
        return {};
    }
    /// Empty: there is none.
    Result<std::optional<BlockFacts>> of(std::int64_t id)
    {
        if (id > 0 && static_cast<std::size_t>(id) < m_known.size())
            return m_known[static_cast<std::size_t>(id)];
        TRY(m_one.bind(id));
        std::optional<BlockFacts> facts;
        if (TRY(m_one.next()))
            facts = factsOf(m_one);
        m_one.reset();
        return facts;
    }

private:
    explicit Blocks(store::Statement one) : m_one(std::move(one)) {}
    static BlockFacts factsOf(const store::Statement& row)
    {
        return {.role = static_cast<BlockRole>(row.integer(0)),
                .kind = static_cast<BlockKind>(row.integer(1)),
                .tool = static_cast<std::uint32_t>(row.integer(2))};
    }

    std::vector<std::optional<BlockFacts>> m_known;
    store::Statement m_one;
};

/// A sequence of digests as one: the order counts.
void fold(std::uint64_t& into, std::uint64_t digest)
{
    into = into * 0x9E3779B97F4A7C15ULL + digest;
}

std::string keyOf(const std::vector<std::int64_t>& blocks)
{
    return {reinterpret_cast<const char*>(blocks.data()), blocks.size() * sizeof(std::int64_t)};
}

constexpr std::string_view observationsWithBlocks =
    "SELECT observation.id, observation.trace, observation.span, observation.blocks FROM observation "
    "JOIN import ON import.id = observation.import WHERE observation.blocks IS NOT NULL "
    "AND import.finished IS NOT NULL";

constexpr unsigned bitsOfSegment = 3;

/// Those that stand in the prompt, then the others in their own order.
std::uint32_t packedOrder(const std::vector<Segment>& segments)
{
    std::uint32_t packed = 0, seen = 0;
    unsigned count = 0;
    const auto add = [&](Segment segment) {
        const auto number = static_cast<std::uint32_t>(segment);
        if (number >= inputSegmentCount || (seen >> number & 1) != 0)
            return;
        seen |= 1U << number;
        packed |= number << (bitsOfSegment * count++);
    };
    for (const Segment segment : segments)
        add(segment);
    for (std::size_t number = 0; number < inputSegmentCount; ++number)
        add(static_cast<Segment>(number));
    return packed;
}

} // namespace

std::array<Segment, inputSegmentCount> PromptIndex::segmentOrderOf(std::size_t row) const
{
    std::array<Segment, inputSegmentCount> order = {};
    for (std::size_t i = 0; i < inputSegmentCount; ++i)
        order[i] = static_cast<Segment>(m_segmentOrders[row] >> (bitsOfSegment * i) & ((1U << bitsOfSegment) - 1));
    return order;
}

/// Reads the prompts of observations into an index.
class PromptIndex::Reader
{
public:
    static Result<Reader> open(PromptIndex& index, const store::Database& database, queries::RowsById rows)
    {
        queries::RowsOfObservations rowsOf = TRY(queries::RowsOfObservations::open(database, std::move(rows)));
        Blocks blocks = TRY(Blocks::open(database));
        return Reader(index, std::move(rowsOf), std::move(blocks),
                      TRY(database.prepare("SELECT packed FROM text_facts WHERE block = ?")));
    }
    Blocks& blocks() { return m_blocks; }

    /// A row of `SELECT id, trace, span, blocks FROM observation`.
    Result<> read(const store::Statement& observation)
    {
        if (!store::readOccurrences(observation.text(3), m_occurrences))
            return {};
        const auto row = TRY(m_rows.of(observation.integer(0), observation.integer(1), observation.text(2)));
        Instructions instructions;
        ToolSet tools;
        std::vector<std::uint32_t> called;
        m_placed.clear();
        for (const store::BlockOccurrence& occurrence : m_occurrences) {
            const std::optional<BlockFacts> block = TRY(m_blocks.of(occurrence.block));
            if (!block)
                continue;
            if (block->kind == BlockKind::ToolCall && block->tool != 0) {
                if (block->tool >= m_index->m_everCalled.size())
                    m_index->m_everCalled.resize(std::size_t{block->tool} * 2);
                m_index->m_everCalled[block->tool] = true;
                if (occurrence.isOutput)
                    called.push_back(block->tool);
            }
            if (occurrence.isOutput)
                continue;
            m_placed.push_back({block->role, block->kind, occurrence.message});
            if (block->kind == BlockKind::ToolDefinition) {
                tools.blocks.push_back(occurrence.block);
                tools.tools.push_back(block->tool);
                fold(tools.digest, static_cast<std::uint64_t>(occurrence.block));
            } else if (block->isInstruction()) {
                instructions.blocks.push_back(occurrence.block);
            }
        }
        if (!row)
            return {};
        // Of several witnesses the first that knows has it.
        if (!instructions.blocks.empty() && m_index->m_instructionsOf[*row] == 0)
            m_index->m_instructionsOf[*row] = TRY(numberOf(std::move(instructions)));
        if (!tools.blocks.empty() && m_index->m_toolSetOf[*row] == 0)
            m_index->m_toolSetOf[*row] = numberOf(std::move(tools));
        if (!m_placed.empty() && m_index->m_segmentOrders[*row] == packedOrder({})) {
            m_segments.resize(m_placed.size());
            analysis::assignSegments(m_placed, m_segments);
            m_index->m_segmentOrders[*row] = packedOrder(m_segments);
        }
        if (!called.empty())
            m_toolCalls.try_emplace(*row, std::move(called));
        return {};
    }
    /// Texts of a sequence: what is stable in each, one after the other.
    Result<> readStable(Instructions& of)
    {
        of = {.blocks = std::move(of.blocks)};
        std::uint32_t part = 0;
        for (const std::int64_t block : of.blocks) {
            std::uint64_t digest = static_cast<std::uint64_t>(block);
            TRY(m_facts.bind(block));
            if (TRY(m_facts.next()))
                if (const auto known = analysis::stableTextFrom(m_facts.text(0))) {
                    digest = known->digest;
                    if (!of.isVolatile) {
                        of.volatilePart = part;
                        of.volatileAt = known->volatileAt;
                    }
                    of.isVolatile = true;
                }
            m_facts.reset();
            fold(of.stable, digest);
            ++part;
        }
        return {};
    }
    /// Lays the tool calls of all rows behind one another: those that were read, else those that `known(row)` has.
    template <class Known>
    void layOutToolCalls(std::size_t rows, Known known)
    {
        std::vector<std::uint32_t> calls, ends = {0};
        ends.reserve(rows + 1);
        for (std::size_t row = 0; row < rows; ++row) {
            const auto read = m_toolCalls.find(static_cast<std::uint32_t>(row));
            const std::span<const std::uint32_t> of =
                read != m_toolCalls.end() ? std::span<const std::uint32_t>(read->second) : known(row);
            calls.insert(calls.end(), of.begin(), of.end());
            ends.push_back(static_cast<std::uint32_t>(calls.size()));
        }
        m_index->m_toolCalls = std::move(calls);
        m_index->m_toolCallEnds = std::move(ends);
    }

private:
    Reader(PromptIndex& index, queries::RowsOfObservations rows, Blocks blocks, store::Statement facts)
        : m_index(&index), m_rows(std::move(rows)), m_blocks(std::move(blocks)), m_facts(std::move(facts))
    {
        for (std::uint32_t number = 1; number < index.m_instructions.size(); ++number)
            m_instructionNumbers.emplace(keyOf(index.m_instructions[number].blocks), number);
        for (std::uint32_t number = 1; number < index.m_toolSets.size(); ++number)
            m_toolSetNumbers.emplace(keyOf(index.m_toolSets[number].blocks), number);
    }
    Result<std::uint32_t> numberOf(Instructions instructions)
    {
        const auto [at, isNew] = m_instructionNumbers.emplace(
            keyOf(instructions.blocks), static_cast<std::uint32_t>(m_index->m_instructions.size()));
        if (isNew) {
            TRY(readStable(instructions));
            m_index->m_instructions.push_back(std::move(instructions));
        }
        return at->second;
    }
    std::uint32_t numberOf(ToolSet tools)
    {
        const auto [at, isNew] =
            m_toolSetNumbers.emplace(keyOf(tools.blocks), static_cast<std::uint32_t>(m_index->m_toolSets.size()));
        if (isNew)
            m_index->m_toolSets.push_back(std::move(tools));
        return at->second;
    }

    PromptIndex* m_index;
    queries::RowsOfObservations m_rows;
    Blocks m_blocks;
    store::Statement m_facts;
    std::unordered_map<std::string, std::uint32_t> m_instructionNumbers, m_toolSetNumbers;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> m_toolCalls; ///< by row
    std::vector<store::BlockOccurrence> m_occurrences;
    std::vector<analysis::PlacedBlock> m_placed;
    std::vector<Segment> m_segments;
};

Result<PromptIndex> PromptIndex::load(const store::Workspace& workspace, const CallTable& table, const StopToken& stop)
{
    const store::Database& database = workspace.database();
    PromptIndex index;
    index.m_instructionsOf.resize(table.size());
    index.m_toolSetOf.resize(table.size());
    index.m_segmentOrders.assign(table.size(), packedOrder({}));
    Reader reader = TRY(Reader::open(index, database, queries::RowsById(table)));
    TRY(reader.blocks().readAll(database, stop));
    store::Statement observations =
        TRY(database.prepare(std::string(observationsWithBlocks) + " ORDER BY observation.id"));
    constexpr std::size_t checkEvery = 8192;
    for (std::size_t count = 0; TRY(observations.next()); ++count) {
        if (count % checkEvery == 0)
            TRY(stop.check());
        TRY(reader.read(observations));
    }
    reader.layOutToolCalls(table.size(), [](std::size_t) { return std::span<const std::uint32_t>(); });
    return index;
}

Result<PromptIndex> PromptIndex::updated(const store::Workspace& workspace, const CallTable& before,
                                         const CallTable& table, const std::vector<std::int64_t>& traces,
                                         const StopToken& stop) const
{
    const store::Database& database = workspace.database();
    PromptIndex index;
    index.m_instructions = m_instructions;
    index.m_toolSets = m_toolSets;
    index.m_everCalled = m_everCalled;
    index.m_instructionsOf.resize(table.size());
    index.m_toolSetOf.resize(table.size());
    index.m_segmentOrders.assign(table.size(), packedOrder({}));
    // Rows that stay keep their order: each is found behind the one before.
    const std::unordered_set<std::int64_t> changed(traces.begin(), traces.end());
    const CodedColumn& traceOf = table.column(CallTable::Trace);
    constexpr auto none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> rowBefore(table.size(), none), fresh;
    std::size_t old = 0;
    for (std::size_t row = 0; row < table.size(); ++row) {
        if (changed.contains(traceOf.idOf(traceOf.codes()[row]))) {
            fresh.push_back(static_cast<std::uint32_t>(row));
            continue;
        }
        while (old < before.size() && before.ids()[old] != table.ids()[row])
            ++old;
        if (old == before.size()) // not the table this index is of
            return load(workspace, table, stop);
        index.m_instructionsOf[row] = m_instructionsOf[old];
        index.m_toolSetOf[row] = m_toolSetOf[old];
        index.m_segmentOrders[row] = m_segmentOrders[old];
        rowBefore[row] = static_cast<std::uint32_t>(old++);
    }
    Reader reader = TRY(Reader::open(index, database, queries::RowsById(table, std::move(fresh))));
    for (std::size_t number = 1; number < index.m_instructions.size(); ++number)
        TRY(reader.readStable(index.m_instructions[number]));
    store::Statement observations = TRY(
        database.prepare(std::string(observationsWithBlocks) + " AND observation.trace = ? ORDER BY observation.id"));
    for (const std::int64_t trace : traces) {
        TRY(stop.check());
        TRY(observations.bind(trace));
        while (TRY(observations.next()))
            TRY(reader.read(observations));
        observations.reset();
    }
    reader.layOutToolCalls(table.size(), [&](std::size_t row) {
        return rowBefore[row] != none ? toolCallsOf(rowBefore[row]) : std::span<const std::uint32_t>();
    });
    return index;
}

} // namespace plumbline
