// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "model/queries/request_list.h"
#include "model/queries/row_set.h"
#include "model/queries/snapshot.h"

namespace plumbline {

/// A trace's calls in the filter, summed up.
struct TraceSums
{
    std::uint32_t row = 0; ///< of its first call
    std::uint32_t calls = 0, unpriced = 0;
    std::uint8_t known = 0; ///< bits of CallTable::Known that any of its calls has
    std::uint8_t status = 0;
    std::int64_t input = 0, output = 0, cost = 0, ended = 0;
};

/// What a list refers to.
struct RequestList::State
{
    std::shared_ptr<const Queries::Snapshot> snapshot;
    RequestUnit unit = RequestUnit::Traces;
    queries::RowSet rows;          ///< of calls
    std::vector<std::uint32_t> at; ///< the rows of calls, where they are no range
    std::vector<TraceSums> traces; ///< in the order of their first calls
    RequestRow total = {};

    const CallTable& table() const { return snapshot->table; }
    std::size_t size() const { return unit == RequestUnit::Traces ? traces.size() : rows.size(); }
    std::size_t rowAt(std::size_t place) const
    {
        return unit == RequestUnit::Traces ? traces[place].row : rows.isRange() ? rows.front() + place : at[place];
    }
    TraceSums sumsAt(std::size_t place) const
    {
        if (unit == RequestUnit::Traces)
            return traces[place];
        TraceSums sums;
        add(rowAt(place), sums);
        return sums;
    }
    std::int64_t endOf(std::size_t row) const
    {
        return table().started()[row] + (table().knownOf(row) & CallTable::Latency ? table().latency()[row] : 0);
    }
    void add(std::size_t row, TraceSums& into) const
    {
        const CallTable::Origin& origin = table().originOf(row);
        if (into.calls++ == 0)
            into.row = static_cast<std::uint32_t>(row);
        into.known |= origin.known;
        into.status = std::max(into.status, origin.status);
        into.unpriced += !(origin.known & CallTable::Cost);
        into.input += table().input(row);
        into.output += table().output(row);
        into.cost += table().cost()[row];
        into.ended = std::max(into.ended, endOf(row));
    }
    RequestRow rowOf(const TraceSums& sums) const
    {
        RequestRow row{.calls = sums.calls, .unpricedCalls = sums.unpriced};
        if (sums.known & CallTable::Input)
            row.input = sums.input;
        if (sums.known & CallTable::Output)
            row.output = sums.output;
        if (sums.known & CallTable::Cost)
            row.cost = Money(sums.cost);
        if (sums.known & CallTable::Latency)
            row.latency = sums.ended - table().started()[sums.row];
        row.status = static_cast<SpanStatus>(sums.status);
        return row;
    }
    void sumUpTraces();
    void sumUpAll();
    /// What rows are sorted by; none: unknown.
    std::optional<std::int64_t> keyOf(RequestColumn column, std::size_t place) const;
    /// By code of a coded column: its place in the alphabet, or among numbers. Code 0 is no value.
    Result<std::vector<std::int64_t>> ranksOf(CallTable::Column column, const store::Workspace& workspace,
                                              const StopToken& stop) const;
    /// Rows of the calls of a trace, from its first on.
    template <class Visit>
    void forEachCallOf(const TraceSums& sums, Visit visit) const;
};

template <class Visit>
void RequestList::State::forEachCallOf(const TraceSums& sums, Visit visit) const
{
    if (unit == RequestUnit::Calls) {
        visit(sums.row);
        return;
    }
    // Its calls lie near one another: they are looked for until all of them are found.
    const auto& codes = table().column(CallTable::Trace).codes();
    std::uint32_t found = 0;
    const auto see = [&](std::size_t row) {
        if (codes[row] == codes[sums.row]) {
            visit(row);
            ++found;
        }
    };
    if (rows.isRange()) {
        for (std::size_t row = sums.row; row <= rows.back() && found < sums.calls; ++row)
            see(row);
        return;
    }
    for (auto row = std::lower_bound(at.begin(), at.end(), sums.row); row != at.end() && found < sums.calls; ++row)
        see(*row);
}

} // namespace plumbline
