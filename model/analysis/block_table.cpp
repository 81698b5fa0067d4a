// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/block_table.h"

#include <algorithm>

namespace plumbline::analysis {

Result<BlockTable> BlockTable::open(const store::Database& database, const store::Hasher& hasher)
{
    const std::int64_t highest = TRY(database.integer("SELECT coalesce(max(id), 0) FROM block"));
    BlockTable table(TRY(database.prepare("SELECT bytes, role, kind, tool, document, counters "
                                          "FROM block WHERE id = ?")),
                     TRY(database.prepare("SELECT packed FROM text_facts WHERE block = ?")), hasher, highest);
    TRY(table.readRetrieved(database));
    return table;
}

std::uint64_t BlockTable::keyOf(std::int64_t bytes, std::string_view counters) const
{
    return m_hasher.hash64(counters, static_cast<std::uint64_t>(bytes));
}

Result<> BlockTable::readRetrieved(const store::Database& database)
{
    // Shorter ones are words that anybody may say.
    store::Statement documents =
        TRY(database.prepare("SELECT bytes, counters, document FROM block WHERE kind = ? AND bytes >= 80"));
    TRY(documents.bind(static_cast<std::int64_t>(BlockKind::Document)));
    while (TRY(documents.next()))
        m_retrieved.emplace(
            keyOf(documents.integer(0), documents.text(1)),
            Retrieved{documents.isNull(2) ? 0 : m_hasher.hash64(documents.text(2)), std::string(documents.text(2))});
    return {};
}

void BlockTable::begin(Scope& scope)
{
    // The scope before may be gone by now.
    for (const std::int64_t id : m_ids)
        m_placeOf[static_cast<std::size_t>(id)] = none;
    m_ids.clear();
    m_scope = &scope;
    m_counters = {};
    m_counterEnds = {};
    m_documents.clear();
    m_estimates.clear();
}

Result<std::uint32_t> BlockTable::placeOf(std::int64_t id)
{
    if (id <= 0 || static_cast<std::size_t>(id) >= m_placeOf.size())
        return none;
    std::uint32_t& place = m_placeOf[static_cast<std::size_t>(id)];
    if (place != none)
        return place;
    TRY(m_select.bind(id));
    if (!TRY(m_select.next()))
        return none;
    place = static_cast<std::uint32_t>(m_scope->blocks.size());
    m_ids.push_back(id);
    ScopeBlock block{.id = id,
                     .bytes = static_cast<std::uint32_t>(std::clamp<std::int64_t>(m_select.integer(0), 0, 0xFFFFFFFF)),
                     .role = static_cast<BlockRole>(std::clamp<std::int64_t>(m_select.integer(1), 0, 5)),
                     .kind = static_cast<BlockKind>(std::clamp<std::int64_t>(m_select.integer(2), 0, 6)),
                     .tool = static_cast<std::uint32_t>(m_select.integer(3))};
    if (!m_select.isNull(4)) {
        block.document = m_hasher.hash64(m_select.text(4));
        m_documents.emplace(place, m_select.text(4));
    }
    if (block.kind == BlockKind::Text && block.role == BlockRole::User)
        if (const auto known = m_retrieved.find(keyOf(block.bytes, m_select.text(5))); known != m_retrieved.end()) {
            block.kind = BlockKind::Document;
            block.document = known->second.document;
            if (block.document)
                m_documents.emplace(place, known->second.name);
        }
    m_counters += m_select.text(5);
    m_counterEnds.push_back(m_counters.size());
    m_select.reset();
    TRY(m_facts.bind(id));
    if (TRY(m_facts.next()))
        if (auto facts = textFactsFromPacked(m_facts.text(0))) {
            block.facts = static_cast<std::uint32_t>(m_scope->facts.size());
            m_scope->facts.push_back(std::move(*facts));
        }
    m_facts.reset();
    m_scope->blocks.push_back(block);
    return place;
}

const TextCounters& BlockTable::countersOf(std::uint32_t place)
{
    const std::size_t begin = place == 0 ? 0 : m_counterEnds[place - 1];
    const std::string_view packed = std::string_view(m_counters).substr(begin, m_counterEnds[place] - begin);
    m_decoded = TextCounters::decode(packed).value_or(TextCounters());
    return m_decoded;
}

double BlockTable::estimateOf(std::uint32_t place, std::uint32_t model, const ModelWeights& weights)
{
    std::vector<float>& known = m_estimates[model];
    if (known.size() <= place)
        known.resize(std::max<std::size_t>(m_scope->blocks.size(), known.size() * 2), -1.0F);
    float& estimate = known[place];
    if (estimate < 0) {
        const double factor = m_scope->blocks[place].kind == BlockKind::ToolDefinition ? weights.tools : 1;
        estimate = static_cast<float>(factor * tokensBy(weights.text, countersOf(place)));
        m_scope->blocks[place].estimate = estimate;
    }
    return static_cast<double>(estimate);
}

} // namespace plumbline::analysis
