// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/origins.h"

#include <bit>

namespace plumbline::record {

namespace {

/// 32 MB of them at most.
constexpr std::size_t mostKnown = 180'000;

constexpr std::string_view insertOriginSql =
    "INSERT INTO origin(import, status, flags, rule, known, feature, feature_rule, model, provider, environment, "
    "step, agent, tool, tags, prompt_name, prompt_version, release, price) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

} // namespace

std::size_t OriginWriter::Hash::operator()(const Origin& origin) const
{
    static_assert(sizeof(Origin) % sizeof(std::int64_t) == 0);
    const auto parts = std::bit_cast<std::array<std::uint64_t, sizeof(Origin) / sizeof(std::int64_t)>>(origin);
    std::uint64_t hash = 0;
    for (const std::uint64_t part : parts)
        hash = std::rotl((hash ^ part) * 0x9E3779B97F4A7C15ULL, 29);
    return hash ^ (hash >> 32);
}

Result<OriginWriter> OriginWriter::open(const store::Database& database)
{
    return OriginWriter(database, TRY(database.prepare(insertOriginSql)));
}

Result<std::int64_t> OriginWriter::idOf(const Origin& origin)
{
    if (m_lastId != 0 && origin == m_last)
        return m_lastId;
    m_last = origin;
    if (const auto known = m_known.find(origin); known != m_known.end())
        return m_lastId = known->second;
    const auto orNull = [](std::int64_t id) { return id ? std::optional(id) : std::nullopt; };
    const std::optional<std::int64_t> rule = origin.featureRule ? std::optional(origin.featureRule - 1) : std::nullopt;
    TRY(m_insert.run(origin.import, origin.status, origin.flags, origin.rule, origin.known, orNull(origin.feature),
                     rule, orNull(origin.model), orNull(origin.provider), orNull(origin.environment),
                     orNull(origin.step), orNull(origin.agent), orNull(origin.tool), orNull(origin.tags),
                     orNull(origin.promptName), orNull(origin.promptVersion), orNull(origin.release),
                     orNull(origin.price)));
    if (m_known.size() >= mostKnown)
        m_known.clear();
    m_lastId = m_database->lastInsertId();
    m_known.emplace(origin, m_lastId);
    return m_lastId;
}

} // namespace plumbline::record
