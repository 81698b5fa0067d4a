// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/roll_up.h"

#include <set>

namespace plumbline::record {

namespace {

constexpr std::int64_t picodollarsPerDollar = 1'000'000'000'000;

} // namespace

std::size_t DailyRollUp::KeyHash::operator()(const Key& key) const
{
    std::uint64_t hash = static_cast<std::uint32_t>(key.day);
    for (const std::int64_t part : {key.feature, key.model, key.provider, key.environment})
        hash = (hash ^ static_cast<std::uint64_t>(part)) * 0x9E3779B97F4A7C15ULL;
    return hash ^ (hash >> 29);
}

void DailyRollUp::add(const RollUpCall& call, int sign)
{
    const Key key{m_calendar.dayOf(Timestamp(call.started)), call.feature, call.model, call.provider, call.environment};
    if (!m_last || !(key == m_lastKey)) {
        m_last = &m_days[key];
        m_lastKey = key;
    }
    Sums& sums = *m_last;
    const Usage& usage = call.usage;
    sums.calls += sign;
    sums.withoutUsage += usage.isKnown() ? 0 : sign;
    sums.unpriced += usage.isKnown() && !call.cost ? sign : 0;
    sums.errors += call.isError ? sign : 0;
    sums.uncached += sign * usage.uncachedInput.value_or(0);
    sums.cacheRead += sign * usage.cacheRead.value_or(0);
    sums.cacheWrite += sign * usage.cacheWrite().value_or(0);
    sums.visible += sign * usage.visibleOutput.value_or(0);
    sums.reasoning += sign * usage.reasoning.value_or(0);
    sums.cost += call.cost ? sign * static_cast<__int128>(call.cost->picodollars()) : 0;
}

Result<> DailyRollUp::write(const store::Database& database)
{
    store::Statement& upsert = *TRY(database.kept(R"sql(
        INSERT INTO daily VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET
            calls = calls + excluded.calls,
            calls_without_usage = calls_without_usage + excluded.calls_without_usage,
            unpriced_calls = unpriced_calls + excluded.unpriced_calls,
            errors = errors + excluded.errors,
            uncached = uncached + excluded.uncached,
            cache_read = cache_read + excluded.cache_read,
            cache_write = cache_write + excluded.cache_write,
            visible = visible + excluded.visible,
            reasoning = reasoning + excluded.reasoning,
            cost_dollars = cost_dollars + excluded.cost_dollars + (cost_picodollars + excluded.cost_picodollars) / 1000000000000,
            cost_picodollars = (cost_picodollars + excluded.cost_picodollars) % 1000000000000)sql"));
    store::Statement& stale = *TRY(database.kept("INSERT OR REPLACE INTO stale_scope(feature) VALUES(?)"));
    std::set<std::int64_t> features;
    bool hasLost = false;
    for (const auto& [key, sums] : m_days) {
        hasLost |= sums.calls <= 0;
        features.insert(key.feature);
        // Dollars rounded down and what is left over: both carry upwards only.
        __int128 dollars = sums.cost / picodollarsPerDollar;
        __int128 rest = sums.cost % picodollarsPerDollar;
        if (rest < 0) {
            rest += picodollarsPerDollar;
            --dollars;
        }
        TRY(upsert.run(key.day, key.feature, key.model, key.provider, key.environment, sums.calls, sums.withoutUsage,
                       sums.unpriced, sums.errors, sums.uncached, sums.cacheRead, sums.cacheWrite, sums.visible,
                       sums.reasoning, static_cast<std::int64_t>(dollars), static_cast<std::int64_t>(rest)));
    }
    for (const std::int64_t feature : features)
        TRY(stale.run(feature));
    m_days.clear();
    m_last = nullptr;
    return hasLost ? database.execute("DELETE FROM daily WHERE calls = 0") : Result<>();
}

} // namespace plumbline::record
