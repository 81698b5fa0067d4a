// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/scope_calls.h"

#include <algorithm>

#include "model/record/pricing.h"

namespace plumbline::analysis {

namespace {

constexpr std::string_view selectCalls =
    "SELECT call.id, call.trace, call.started, call.latency, call.user, call.session, call.uncached, call.cache_read, "
    "call.cache_write_5m, call.cache_write_1h, call.visible, call.reasoning, call.audio, call.cost, origin.status, "
    "origin.model, origin.provider, origin.environment, origin.step, origin.price, origin.known "
    "FROM call JOIN origin ON origin.id = call.origin "
    "WHERE call.origin IN (SELECT id FROM origin WHERE coalesce(feature, 0) = ?) ORDER BY call.id";

std::uint32_t count(std::int64_t number)
{
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(number, 0, 0x7FFFFFFF));
}

} // namespace

Result<ScopeCalls> ScopeCalls::of(const store::Database& database, std::int64_t feature)
{
    store::Statement row = TRY(database.prepare(selectCalls));
    TRY(row.bind(feature));
    return ScopeCalls(std::move(row));
}

ScopeCall ScopeCalls::call() const
{
    ScopeCall call{.id = m_row.integer(0),
                   .trace = m_row.integer(1),
                   .started = m_row.integer(2),
                   .ended = m_row.integer(2) + std::max<std::int64_t>(0, m_row.integer(3)),
                   .session = count(m_row.integer(5)),
                   .user = count(m_row.integer(4)),
                   .model = count(m_row.integer(15)),
                   .provider = count(m_row.integer(16)),
                   .step = count(m_row.integer(18)),
                   .environment = count(m_row.integer(17)),
                   .status = static_cast<SpanStatus>(m_row.integer(14) & 3),
                   .hasUsage = (m_row.integer(20) & (record::KnowsInput | record::KnowsOutput)) != 0,
                   .knowsCacheRead = (m_row.integer(20) & record::KnowsCacheRead) != 0};
    const std::uint32_t uncached = count(m_row.integer(6)), audio = std::min(uncached, count(m_row.integer(12)));
    call.tokens = {count(m_row.integer(7)),  count(m_row.integer(9)), count(m_row.integer(8)), uncached - audio, audio,
                   count(m_row.integer(10)), count(m_row.integer(11))};
    if (price())
        call.cost = std::max<std::int64_t>(0, m_row.integer(13));
    return call;
}

std::optional<std::int64_t> ScopeCalls::price() const
{
    return m_row.isNull(13) ? std::nullopt : m_row.optionalInteger(19);
}

Result<std::vector<bool>> callsStillBilledSo(const store::Database& database, const Scope& scope)
{
    std::vector<std::uint32_t> byId(scope.calls.size());
    for (std::uint32_t i = 0; i < byId.size(); ++i)
        byId[i] = i;
    std::sort(byId.begin(), byId.end(),
              [&](std::uint32_t a, std::uint32_t b) { return scope.calls[a].id < scope.calls[b].id; });
    std::vector<bool> still(scope.calls.size());
    ScopeCalls calls = TRY(ScopeCalls::of(database, scope.feature));
    auto read = byId.begin();
    while (TRY(calls.next())) {
        const ScopeCall now = calls.call();
        while (read != byId.end() && scope.calls[*read].id < now.id)
            ++read;
        if (read == byId.end())
            break;
        const ScopeCall& then = scope.calls[*read];
        still[*read] = then.id == now.id && then.cost == now.cost && then.tokens == now.tokens;
    }
    return still;
}

} // namespace plumbline::analysis
