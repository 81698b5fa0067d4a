// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/prompt_index.h"

#include <string>
#include <unordered_map>

#include "model/analysis/split.h"
#include "model/analysis/weighing.h"
#include "model/core/span.h"
#include "model/queries/rows_by_id.h"
#include "model/store/blocks.h"

namespace plumbline {

namespace {

/// What is asked of every block, by its id.
struct BlockFacts
{
    std::vector<std::uint8_t> role, kind;
    std::vector<std::uint32_t> tool;

    static Result<BlockFacts> load(const store::Database& database, const StopToken& stop)
    {
        BlockFacts facts;
        const auto size = static_cast<std::size_t>(TRY(database.integer("SELECT coalesce(max(id), 0) FROM block"))) + 1;
        facts.role.resize(size);
        facts.kind.resize(size);
        facts.tool.resize(size);
        store::Statement rows = TRY(database.prepare("SELECT id, role, kind, tool FROM block"));
        constexpr std::size_t checkEvery = 65536;
        for (std::size_t count = 0; TRY(rows.next()); ++count) {
            if (count % checkEvery == 0)
                TRY(stop.check());
            const auto id = static_cast<std::size_t>(rows.integer(0));
            if (id >= size) // came since
                break;
            facts.role[id] = static_cast<std::uint8_t>(rows.integer(1));
            facts.kind[id] = static_cast<std::uint8_t>(rows.integer(2));
            facts.tool[id] = static_cast<std::uint32_t>(rows.integer(3));
        }
        return facts;
    }
    bool has(std::int64_t id) const { return id > 0 && static_cast<std::size_t>(id) < role.size(); }
    BlockKind kindOf(std::int64_t id) const { return static_cast<BlockKind>(kind[static_cast<std::size_t>(id)]); }
    BlockRole roleOf(std::int64_t id) const { return static_cast<BlockRole>(role[static_cast<std::size_t>(id)]); }
    bool isInstruction(std::int64_t id) const
    {
        const BlockRole speaker = roleOf(id);
        return kindOf(id) == BlockKind::Text && (speaker == BlockRole::System || speaker == BlockRole::Developer);
    }
    std::uint32_t toolOf(std::int64_t id) const { return tool[static_cast<std::size_t>(id)]; }
};

std::string keyOf(const std::vector<std::int64_t>& blocks)
{
    return {reinterpret_cast<const char*>(blocks.data()), blocks.size() * sizeof(std::int64_t)};
}

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

Result<PromptIndex> PromptIndex::load(const store::Workspace& workspace, const CallTable& table, const StopToken& stop)
{
    const store::Database& database = workspace.database();
    const BlockFacts blocks = TRY(BlockFacts::load(database, stop));
    queries::RowsOfObservations rows = TRY(queries::RowsOfObservations::open(workspace.database(), table));
    PromptIndex index;
    index.m_instructionsOf.resize(table.size());
    index.m_toolSetOf.resize(table.size());
    const std::uint32_t unplaced = packedOrder({});
    index.m_segmentOrders.assign(table.size(), unplaced);
    std::vector<analysis::PlacedBlock> placed;
    std::vector<Segment> segments;
    std::vector<std::vector<std::uint32_t>> toolCalls(table.size());
    std::unordered_map<std::string, std::uint32_t> instructionNumbers, toolSetNumbers;
    store::Statement facts = TRY(database.prepare("SELECT packed FROM text_facts WHERE block = ?"));

    const auto readStable = [&](Instructions& of) -> Result<> {
        // Texts of a sequence: what is stable in each, one after the other.
        std::uint32_t part = 0;
        for (const std::int64_t block : of.blocks) {
            std::uint64_t digest = static_cast<std::uint64_t>(block);
            TRY(facts.bind(block));
            if (TRY(facts.next()))
                if (const auto known = analysis::stableTextFrom(facts.text(0))) {
                    digest = known->digest;
                    if (!of.isVolatile) {
                        of.volatilePart = part;
                        of.volatileAt = known->volatileAt;
                    }
                    of.isVolatile = true;
                }
            facts.reset();
            of.stable = of.stable * 0x9E3779B97F4A7C15ULL + digest;
            ++part;
        }
        return {};
    };

    store::Statement observations = TRY(database.prepare(
        "SELECT observation.id, observation.trace, observation.span, observation.blocks FROM observation "
        "JOIN import ON import.id = observation.import WHERE observation.blocks IS NOT NULL "
        "AND import.finished IS NOT NULL ORDER BY observation.id"));
    std::vector<store::BlockOccurrence> occurrences;
    std::vector<std::uint32_t> called;
    constexpr std::size_t checkEvery = 8192;
    for (std::size_t count = 0; TRY(observations.next()); ++count) {
        if (count % checkEvery == 0)
            TRY(stop.check());
        if (!store::readOccurrences(observations.text(3), occurrences))
            continue;
        const auto row = TRY(rows.of(observations.integer(0), observations.integer(1), observations.text(2)));
        Instructions instructions;
        ToolSet tools;
        called.clear();
        placed.clear();
        for (const store::BlockOccurrence& occurrence : occurrences) {
            const std::int64_t block = occurrence.block;
            if (!blocks.has(block))
                continue;
            const std::uint32_t tool = blocks.toolOf(block);
            if (blocks.kindOf(block) == BlockKind::ToolCall && tool != 0) {
                if (tool >= index.m_everCalled.size())
                    index.m_everCalled.resize(std::size_t{tool} * 2);
                index.m_everCalled[tool] = true;
                if (occurrence.isOutput)
                    called.push_back(tool);
            }
            if (occurrence.isOutput)
                continue;
            placed.push_back({blocks.roleOf(block), blocks.kindOf(block), occurrence.message});
            if (blocks.kindOf(block) == BlockKind::ToolDefinition) {
                tools.blocks.push_back(block);
                tools.tools.push_back(tool);
            } else if (blocks.isInstruction(block)) {
                instructions.blocks.push_back(block);
            }
        }
        if (!row)
            continue;
        // Of several witnesses the first that knows has it.
        if (!instructions.blocks.empty() && index.m_instructionsOf[*row] == 0) {
            const auto [at, isNew] = instructionNumbers.emplace(
                keyOf(instructions.blocks), static_cast<std::uint32_t>(index.m_instructions.size()));
            index.m_instructionsOf[*row] = at->second;
            if (isNew) {
                TRY(readStable(instructions));
                index.m_instructions.push_back(std::move(instructions));
            }
        }
        if (!tools.blocks.empty() && index.m_toolSetOf[*row] == 0) {
            const auto [at, isNew] =
                toolSetNumbers.emplace(keyOf(tools.blocks), static_cast<std::uint32_t>(index.m_toolSets.size()));
            index.m_toolSetOf[*row] = at->second;
            if (isNew)
                index.m_toolSets.push_back(std::move(tools));
        }
        if (!placed.empty() && index.m_segmentOrders[*row] == unplaced) {
            segments.resize(placed.size());
            analysis::assignSegments(placed, segments);
            index.m_segmentOrders[*row] = packedOrder(segments);
        }
        if (toolCalls[*row].empty())
            toolCalls[*row] = called;
    }
    index.m_toolCallEnds.push_back(0);
    for (const std::vector<std::uint32_t>& of : toolCalls) {
        index.m_toolCalls.insert(index.m_toolCalls.end(), of.begin(), of.end());
        index.m_toolCallEnds.push_back(static_cast<std::uint32_t>(index.m_toolCalls.size()));
    }
    return index;
}

} // namespace plumbline
