// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/call_table.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <unordered_map>

namespace plumbline {

namespace {

// The coded columns first, in the order of CallTable::Column.
constexpr std::string_view selectCalls = "SELECT feature, model, provider, environment, step, agent, tool, user, "
                                         "session, tags, prompt_name, prompt_version, release, "
                                         "attributes, price, import, feature_rule + 1, trace, id, started, latency, "
                                         "status, flags, uncached, cache_read, cache_write_5m, cache_write_1h, "
                                         "visible, reasoning, cost, reported_cost FROM call ORDER BY id";

/// Importers refuse larger counts; a workspace somebody edited may hold them.
std::uint32_t atMost32Bits(std::int64_t tokens)
{
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(tokens, 0, std::numeric_limits<std::uint32_t>::max()));
}

template <class T>
void permute(std::vector<T>& column, const std::vector<std::uint32_t>& order)
{
    if (column.empty())
        return;
    std::vector<T> sorted(column.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        sorted[i] = column[order[i]];
    column.swap(sorted);
}

} // namespace

Result<CallTable> CallTable::load(const store::Workspace& workspace, const ReportingCalendar& calendar,
                                  const ProgressSink& progress, const StopToken& stop)
{
    CallTable table;
    const store::Database& database = workspace.database();
    TRY(table.readCalls(database, progress, stop));
    table.sortByTime();
    table.m_localHour.reserve(table.size());
    for (const std::int64_t start : table.m_started)
        table.m_localHour.push_back(calendar.localHour(Timestamp(start)));
    TRY(table.readWindows(database));
    TRY(table.readScores(database));
    return table;
}

Result<> CallTable::readCalls(const store::Database& database, const ProgressSink& progress, const StopToken& stop)
{
    const auto count = static_cast<std::size_t>(TRY(database.integer("SELECT count(*) FROM call")));
    for (CodedColumn& column : m_coded)
        column.reserve(count);
    for (auto* column : {&m_ids, &m_started, &m_cost, &m_reportedCost, &m_latency})
        column->reserve(count);
    for (auto* column : {&m_uncached, &m_cacheRead, &m_cacheWrite, &m_visible, &m_reasoning})
        column->reserve(count);
    for (auto* column : {&m_known, &m_status, &m_flags})
        column->reserve(count);

    store::Statement row = TRY(database.prepare(selectCalls));
    constexpr std::size_t reportEvery = 65'536;
    while (TRY(row.next())) {
        for (std::size_t column = 0; column < ColumnCount; ++column)
            m_coded[column].add(row.integer(static_cast<int>(column)));
        constexpr int first = ColumnCount;
        m_ids.push_back(row.integer(first));
        m_started.push_back(row.integer(first + 1));
        m_latency.push_back(row.integer(first + 2));
        m_status.push_back(static_cast<std::uint8_t>(row.integer(first + 3)));
        m_flags.push_back(static_cast<std::uint8_t>(row.integer(first + 4)));
        const auto tokens = [&](int index) { return atMost32Bits(row.integer(first + index)); };
        m_uncached.push_back(tokens(5));
        m_cacheRead.push_back(tokens(6));
        m_cacheWrite.push_back(atMost32Bits(row.integer(first + 7) + row.integer(first + 8)));
        m_visible.push_back(tokens(9));
        m_reasoning.push_back(tokens(10));
        m_cost.push_back(row.integer(first + 11));
        m_reportedCost.push_back(row.integer(first + 12));
        const auto isKnown = [&](int index) { return !row.isNull(first + index); };
        unsigned known = 0;
        if (isKnown(5) || isKnown(6) || isKnown(7) || isKnown(8))
            known |= Input;
        if (isKnown(6))
            known |= CacheRead;
        if (isKnown(7) || isKnown(8))
            known |= CacheWrite;
        if (isKnown(9) || isKnown(10))
            known |= Output;
        if (isKnown(10))
            known |= Reasoning;
        if (isKnown(11))
            known |= Cost;
        if (isKnown(12))
            known |= ReportedCost;
        if (isKnown(2))
            known |= Latency;
        m_known.push_back(static_cast<std::uint8_t>(known));
        if (m_ids.size() % reportEvery == 0) {
            TRY(stop.check());
            if (progress)
                progress({.what = "reading calls", .done = m_ids.size(), .total = count});
        }
    }
    return {};
}

void CallTable::sortByTime()
{
    // Exports are mostly in the order of time already.
    if (std::is_sorted(m_started.begin(), m_started.end()))
        return;
    std::vector<std::uint32_t> order(size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return m_started[a] < m_started[b]; });
    for (CodedColumn& column : m_coded)
        permute(column.codesToSort(), order);
    for (auto* column : {&m_ids, &m_started, &m_cost, &m_reportedCost, &m_latency})
        permute(*column, order);
    for (auto* column : {&m_uncached, &m_cacheRead, &m_cacheWrite, &m_visible, &m_reasoning})
        permute(*column, order);
    for (auto* column : {&m_known, &m_status, &m_flags})
        permute(*column, order);
}

Result<> CallTable::readWindows(const store::Database& database)
{
    const CodedColumn& prices = m_coded[Price];
    m_windowOfPrice.assign(prices.codeCount(), 0);
    store::Statement query =
        TRY(database.prepare("SELECT id, context_window FROM price WHERE context_window IS NOT NULL"));
    while (TRY(query.next()))
        if (const std::uint32_t code = prices.codeOf(query.integer(0)))
            m_windowOfPrice[code] = query.integer(1);
    return {};
}

Result<> CallTable::readScores(const store::Database& database)
{
    if (TRY(database.integer("SELECT count(*) FROM (SELECT 1 FROM score WHERE value IS NOT NULL LIMIT 1)")) == 0)
        return {};
    // By trace: a score on one of its spans counts for that trace's calls unless they have their own.
    struct Sum
    {
        double sum = 0;
        int count = 0;
    };
    const CodedColumn& traces = m_coded[Trace];
    std::vector<Sum> byTrace(traces.codeCount());
    std::unordered_map<std::int64_t, Sum> byCall;
    store::Statement query = TRY(database.prepare("SELECT score.trace, score.value, (SELECT min(observation.id) FROM "
                                                  "observation WHERE observation.trace = score.trace "
                                                  "AND observation.span = score.span), max(score.id) FROM score "
                                                  "WHERE score.value IS NOT NULL AND score.trace IS NOT NULL "
                                                  "AND score.import IN (SELECT id FROM import WHERE finished IS NOT "
                                                  "NULL) GROUP BY score.content"));
    while (TRY(query.next())) {
        const double value = query.real(1);
        if (const auto observation = query.optionalInteger(2)) {
            Sum& sum = byCall[*observation];
            sum.sum += value;
            ++sum.count;
        }
        Sum& sum = byTrace[traces.codeOf(query.integer(0))];
        sum.sum += value;
        ++sum.count;
    }
    m_score.assign(size(), std::numeric_limits<float>::quiet_NaN());
    for (std::size_t row = 0; row < size(); ++row) {
        const auto own = byCall.find(m_ids[row]);
        const std::uint32_t trace = traces.codes()[row];
        const Sum& sum = own != byCall.end() ? own->second : byTrace[trace];
        if (sum.count > 0 && (own != byCall.end() || trace != 0))
            m_score[row] = static_cast<float>(sum.sum / sum.count);
    }
    return {};
}

CallTable::Rows CallTable::rowsIn(const std::optional<Period>& period) const
{
    if (!period)
        return {0, size()};
    const auto at = [&](Timestamp time) {
        return static_cast<std::size_t>(std::lower_bound(m_started.begin(), m_started.end(), time.microseconds()) -
                                        m_started.begin());
    };
    return {at(period->first), std::max(at(period->first), at(period->end))};
}

} // namespace plumbline
