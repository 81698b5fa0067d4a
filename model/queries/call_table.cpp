// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/call_table.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "model/queries/row_order.h"

namespace plumbline {

namespace {

#define SELECT_CALLS                                                                                                   \
    "SELECT id, started, latency, origin, user, session, attributes, trace, uncached, cache_read, cache_write_5m, "    \
    "cache_write_1h, visible, reasoning, cost, reported_cost FROM call "
constexpr std::string_view selectCalls = SELECT_CALLS "WHERE id BETWEEN ? AND ? ORDER BY id";
constexpr std::string_view selectCallsOfTrace =
    SELECT_CALLS "WHERE id IN (SELECT id FROM observation WHERE observation.trace = ?)";
#undef SELECT_CALLS

// The coded columns first, in the order of CallTable::Column.
constexpr std::string_view selectOrigins =
    "SELECT origin.id, feature, model, provider, environment, step, agent, tool, tags, prompt_name, prompt_version, "
    "release, price, import, feature_rule + 1, known, status, flags, price.context_window "
    "FROM origin LEFT JOIN price ON price.id = origin.price WHERE origin.id >= ? ORDER BY origin.id";

/// From so many calls on two connections read half of them each.
constexpr std::int64_t fewForTwo = 100'000;

/// Importers refuse larger counts; a workspace somebody edited may hold them.
std::uint32_t atMost32Bits(std::int64_t number)
{
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(number, 0, std::numeric_limits<std::uint32_t>::max()));
}

Result<std::optional<std::string>> revisionOf(const store::Workspace& workspace)
{
    return workspace.setting("revision");
}

} // namespace

struct CallTable::Orders
{
    std::array<RowOrder, 3> byFigure;
};

CallTable::CallTable() : m_orders(newOrders()) {}

std::shared_ptr<CallTable::Orders> CallTable::newOrders()
{
    return std::make_shared<Orders>();
}

Result<CallTable> CallTable::load(const store::Workspace& workspace, const ReportingCalendar& calendar,
                                  const ProgressSink& progress, const StopToken& stop, const Beside& beside)
{
    CallTable table;
    TRY(table.readRows(workspace, progress, stop, beside));
    table.m_rows.sortByTime();
    TRY(table.readOrigins(workspace.database(), 0));
    table.numberOrigins();
    table.m_coded[User].adopt(std::move(table.m_rows.user));
    table.m_coded[Session].adopt(std::move(table.m_rows.session));
    table.m_coded[Attributes].adopt(std::move(table.m_rows.attributes));
    table.m_coded[Trace].adopt(std::move(table.m_rows.trace));
    table.layOutHours(calendar);
    TRY(table.readScores(workspace.database()));
    return table;
}

void CallTable::RowColumns::take(const store::Statement& row)
{
    id.push_back(row.integer(0));
    started.push_back(row.integer(1));
    latency.push_back(row.integer(2));
    origin.push_back(atMost32Bits(row.integer(3)));
    user.push_back(atMost32Bits(row.integer(4)));
    session.push_back(atMost32Bits(row.integer(5)));
    attributes.push_back(atMost32Bits(row.integer(6)));
    trace.push_back(atMost32Bits(row.integer(7)));
    cost.push_back(std::max<std::int64_t>(0, row.integer(14)));
    amounts.emplace_back(atMost32Bits(row.integer(8)), atMost32Bits(row.integer(9)),
                         atMost32Bits(row.integer(10) + row.integer(11)), atMost32Bits(row.integer(12)),
                         atMost32Bits(row.integer(13)), static_cast<std::uint64_t>(cost.back()));
    reportedCost.push_back(row.integer(15));
}

Result<> CallTable::RowColumns::read(const store::Database& database, std::int64_t first, std::int64_t last,
                                     const ProgressSink& progress, const StopToken& stop)
{
    store::Statement row = TRY(database.prepare(selectCalls));
    TRY(row.bind(first, last));
    constexpr std::size_t reportEvery = 65'536;
    while (TRY(row.next())) {
        take(row);
        if (id.size() % reportEvery == 0) {
            TRY(stop.check());
            if (progress)
                progress({.what = "reading calls",
                          .done = static_cast<std::uint64_t>(id.back() - first),
                          .total = static_cast<std::uint64_t>(last - first)});
        }
    }
    return {};
}

Result<> CallTable::RowColumns::readTrace(const store::Database& database, std::int64_t trace)
{
    store::Statement& row = *TRY(database.kept(selectCallsOfTrace));
    TRY(row.bind(trace));
    while (TRY(row.next()))
        take(row);
    row.reset();
    return {};
}

void CallTable::RowColumns::append(RowColumns&& behind)
{
    std::vector<void*> theirs;
    behind.forEach([&](auto& column) { theirs.push_back(&column); });
    std::size_t next = 0;
    forEach([&](auto& column) {
        const auto& other = *static_cast<std::remove_reference_t<decltype(column)>*>(theirs[next++]);
        column.insert(column.end(), other.begin(), other.end());
    });
}

void CallTable::RowColumns::sortByTime()
{
    // Exports are mostly in the order of time already.
    if (std::is_sorted(started.begin(), started.end()))
        return;
    const std::vector<std::uint32_t> order = orderOf(started);
    forEach([&](auto& column) {
        std::remove_reference_t<decltype(column)> sorted(column.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            sorted[i] = column[order[i]];
        column.swap(sorted);
    });
}

Result<> CallTable::readRows(const store::Workspace& workspace, const ProgressSink& progress, const StopToken& stop,
                             const Beside& beside)
{
    const store::Database& database = workspace.database();
    const std::int64_t first = TRY(database.integer("SELECT min(id) FROM call"));
    const std::int64_t last = TRY(database.integer("SELECT max(id) FROM call"));
    const auto whole = static_cast<std::size_t>(TRY(database.integer("SELECT count(*) FROM call")));
    m_rows.forEach([&](auto& column) { column.reserve(whole); });
    if (last - first < fewForTwo)
        return m_rows.read(database, first, last, progress, stop);

    // The second connection sees the same calls as long as the revision is the same.
    const auto revision = TRY(revisionOf(workspace));
    const std::int64_t middle = first + (last - first) / 2;
    RowColumns half;
    const auto readHalf = [&]() -> Result<bool> {
        store::Workspace other = TRY(store::Workspace::open(database.path(), store::OpenMode::ReadOnly));
        TRY(other.database().execute("BEGIN"));
        if (TRY(revisionOf(other)) != revision)
            return false;
        half.forEach([&](auto& column) { column.reserve(whole / 2 + 1); });
        TRY(half.read(other.database(), middle + 1, last, {}, stop));
        return true;
    };
    Result<> read;
    Result<bool> isSame = false;
    beside([&] { read = m_rows.read(database, first, middle, progress, stop); }, [&] { isSame = readHalf(); });
    TRY(std::move(read));
    if (!TRY(std::move(isSame)))
        return m_rows.read(database, middle + 1, last, progress, stop);
    m_rows.append(std::move(half));
    return {};
}

Result<> CallTable::readOrigins(const store::Database& database, std::size_t first)
{
    // Origins get the numbers 1 to n here; a call without one has the empty origin 0.
    if (m_origins.empty()) {
        m_origins.assign(1, {});
        for (std::size_t column = 0; column < OriginColumnCount; ++column)
            m_coded[column].add(0);
    }
    store::Statement row = TRY(database.prepare(selectOrigins));
    TRY(row.bind(static_cast<std::int64_t>(first)));
    while (TRY(row.next())) {
        const std::size_t id = atMost32Bits(row.integer(0));
        m_numberOfOrigin.resize(id + 1);
        m_numberOfOrigin[id] = static_cast<std::uint32_t>(m_origins.size());
        for (std::size_t column = 0; column < OriginColumnCount; ++column)
            m_coded[column].add(atMost32Bits(row.integer(static_cast<int>(column) + 1)));
        constexpr int behind = OriginColumnCount + 1;
        m_origins.push_back({.known = static_cast<std::uint8_t>(row.integer(behind)),
                             .status = static_cast<std::uint8_t>(row.integer(behind + 1) & 3),
                             .flags = static_cast<std::uint8_t>(row.integer(behind + 2)),
                             .window = row.integer(behind + 3)});
    }
    return {};
}

void CallTable::numberOrigins()
{
    for (std::uint32_t& origin : m_rows.origin) {
        origin = origin < m_numberOfOrigin.size() ? m_numberOfOrigin[origin] : 0;
        ++m_origins[origin].calls;
    }
}

void CallTable::layOutHours(const ReportingCalendar& calendar)
{
    // In the order of time, yet clocks that are set back by more than an hour take the local hour with them.
    std::vector<std::int32_t> local;
    local.reserve(size());
    for (const std::int64_t start : m_rows.started)
        local.push_back(calendar.localHour(Timestamp(start)));
    m_hours.clear();
    m_hourStarts.clear();
    if (local.empty())
        return;
    const auto [earliest, latest] = std::minmax_element(local.begin(), local.end());
    m_firstHour = *earliest;
    m_hourCount = static_cast<std::uint32_t>(*latest - *earliest + 1);
    m_hours.reserve(size());
    for (const std::int32_t hour : local) {
        const auto number = static_cast<std::uint32_t>(hour - m_firstHour);
        if (m_hours.empty() || m_hours.back() != number)
            m_hourStarts.push_back(static_cast<std::uint32_t>(m_hours.size()));
        m_hours.push_back(number);
    }
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
        const auto own = byCall.find(m_rows.id[row]);
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
    const std::vector<std::int64_t>& started = m_rows.started;
    const auto at = [&](Timestamp time) {
        return static_cast<std::size_t>(std::lower_bound(started.begin(), started.end(), time.microseconds()) -
                                        started.begin());
    };
    return {at(period->first), std::max(at(period->first), at(period->end))};
}

bool CallTable::knows(unsigned known, Figure figure)
{
    const unsigned bits[] = {Input | Output, Cost, Latency};
    return known & bits[static_cast<std::size_t>(figure)];
}

std::int64_t CallTable::valueOf(Figure figure, std::size_t row) const
{
    if (figure == Figure::Cost)
        return m_rows.cost[row];
    return figure == Figure::Latency ? m_rows.latency[row] : input(row) + output(row);
}

const std::vector<std::uint32_t>& CallTable::rowsBy(Figure figure) const
{
    return m_orders->byFigure[static_cast<std::size_t>(figure)].made([&] {
        std::vector<std::int64_t> values;
        std::vector<std::uint32_t> rows;
        for (std::size_t row = 0; row < size(); ++row)
            if (knows(knownOf(row), figure)) {
                values.push_back(valueOf(figure, row));
                rows.push_back(static_cast<std::uint32_t>(row));
            }
        std::vector<std::uint32_t> order = orderOf(values);
        for (std::uint32_t& place : order)
            place = rows[place];
        return order;
    });
}

} // namespace plumbline
