// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/call_table.h"

#include <algorithm>
#include <utility>

namespace plumbline {

namespace {

/// The rows of `codes` from `first` on that have one of the codes.
std::vector<std::uint32_t> rowsWith(const std::vector<std::uint32_t>& codes, const std::vector<bool>& wanted)
{
    std::vector<std::uint32_t> rows;
    for (std::size_t row = 0; row < codes.size(); ++row)
        if (wanted[codes[row]])
            rows.push_back(static_cast<std::uint32_t>(row));
    return rows;
}

} // namespace

CallTable::CallTable(const CallTable& other)
    : m_rows(other.m_rows)
    , m_coded(other.m_coded)
    , m_origins(other.m_origins)
    , m_numberOfOrigin(other.m_numberOfOrigin)
    , m_hours(other.m_hours)
    , m_hourStarts(other.m_hourStarts)
    , m_firstHour(other.m_firstHour)
    , m_hourCount(other.m_hourCount)
    , m_orders(newOrders())
{
}

Result<CallTable> CallTable::updated(const store::Workspace& workspace, const ReportingCalendar& calendar,
                                     const std::vector<std::int64_t>& traces, const StopToken& stop) const
{
    const store::Database& database = workspace.database();
    RowColumns fresh;
    for (const std::int64_t trace : traces) {
        TRY(stop.check());
        TRY(fresh.readTrace(database, trace));
    }
    fresh.sortByTime();

    CallTable next(*this);
    TRY(next.readOrigins(database, m_numberOfOrigin.size()));
    std::vector<bool> isChanged(m_coded[Trace].codeCount(), false);
    for (const std::int64_t trace : traces)
        if (const std::uint32_t code = m_coded[Trace].codeOf(trace))
            isChanged[code] = true;
    next.replaceRows(rowsWith(m_coded[Trace].codes(), isChanged), std::move(fresh));
    next.layOutHours(calendar);
    TRY(next.readScores(database));
    return next;
}

void CallTable::replaceRows(const std::vector<std::uint32_t>& gone, RowColumns&& fresh)
{
    // What lies before the first difference stays as it is: live calls are the latest.
    const std::vector<std::int64_t>& started = m_rows.started;
    std::size_t first = started.size();
    if (!gone.empty())
        first = std::min<std::size_t>(first, gone.front());
    if (!fresh.started.empty())
        first = std::min<std::size_t>(
            first, static_cast<std::size_t>(std::upper_bound(started.begin(), started.end(), fresh.started.front()) -
                                            started.begin()));
    // The places of the new tail: rows that stay, and fresh ones behind those that started with them.
    struct Place
    {
        std::size_t row;
        bool isFresh;
    };
    std::vector<Place> tail;
    std::size_t nextFresh = 0;
    auto nextGone = gone.begin();
    for (std::size_t row = first; row < started.size(); ++row) {
        while (nextFresh < fresh.started.size() && fresh.started[nextFresh] < started[row])
            tail.push_back({nextFresh++, true});
        if (nextGone != gone.end() && *nextGone == row)
            ++nextGone;
        else
            tail.push_back({row, false});
    }
    while (nextFresh < fresh.started.size())
        tail.push_back({nextFresh++, true});

    for (const std::uint32_t row : gone)
        --m_origins[m_rows.origin[row]].calls;
    for (std::uint32_t& origin : fresh.origin) {
        origin = origin < m_numberOfOrigin.size() ? m_numberOfOrigin[origin] : 0;
        ++m_origins[origin].calls;
    }
    const auto rebuild = [&](auto& column, const auto& other) {
        std::remove_cvref_t<decltype(column)> behind;
        behind.reserve(tail.size());
        for (const Place& place : tail)
            behind.push_back(place.isFresh ? other[place.row] : column[place.row]);
        column.resize(first);
        column.insert(column.end(), behind.begin(), behind.end());
    };
    for (const auto& [column, ids] : {std::pair(User, &fresh.user),
                                      {Session, &fresh.session},
                                      {Attributes, &fresh.attributes},
                                      {Trace, &fresh.trace}}) {
        m_coded[column].codeInPlace(*ids);
        rebuild(m_coded[column].mutableCodes(), *ids);
    }
    rebuild(m_rows.id, fresh.id);
    rebuild(m_rows.latency, fresh.latency);
    rebuild(m_rows.cost, fresh.cost);
    rebuild(m_rows.reportedCost, fresh.reportedCost);
    rebuild(m_rows.amounts, fresh.amounts);
    rebuild(m_rows.origin, fresh.origin);
    rebuild(m_rows.started, fresh.started); // last: `started` is looked at above
}

} // namespace plumbline
