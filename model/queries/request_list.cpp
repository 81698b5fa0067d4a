// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/request_list.h"

#include <algorithm>
#include <numeric>

#include "model/queries/call_rows.h"
#include "model/queries/row_order.h"
#include "model/queries/snapshot.h"

namespace plumbline {

namespace {

/// A trace's calls in the filter, summed up.
struct TraceSums
{
    std::uint32_t row = 0; ///< of its first call
    std::uint32_t calls = 0, unpriced = 0;
    std::uint8_t known = 0; ///< bits of CallTable::Known that any of its calls has
    std::uint8_t status = 0;
    std::int64_t input = 0, output = 0, cost = 0, ended = 0;
};

std::int64_t endOf(const CallTable& table, std::size_t row)
{
    return table.started()[row] + (table.knownOf(row) & CallTable::Latency ? table.latency()[row] : 0);
}

constexpr std::uint32_t nowhere = 0xFFFFFFFF;

} // namespace

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
        into.ended = std::max(into.ended, endOf(table(), row));
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
    /// By code of a coded column: its place in the alphabet; 0 for none.
    Result<std::vector<std::int64_t>> ranksOf(CallTable::Column column, const store::Workspace& workspace,
                                              const StopToken& stop) const;
    /// Rows of the calls of a trace, from its first on.
    template <class Visit>
    void forEachCallOf(const TraceSums& sums, Visit visit) const;
};

void RequestList::State::sumUpTraces()
{
    const CodedColumn& codes = table().column(CallTable::Trace);
    std::vector<std::uint32_t> placeOf(codes.codeCount(), nowhere);
    rows.forEach([&](std::size_t row) {
        std::uint32_t& place = placeOf[codes.codes()[row]];
        if (place == nowhere) {
            place = static_cast<std::uint32_t>(traces.size());
            traces.emplace_back();
        }
        add(row, traces[place]);
    });
}

void RequestList::State::sumUpAll()
{
    MoneySum cost;
    TraceSums all;
    rows.forEach([&](std::size_t row) {
        cost += Money(table().cost()[row]);
        TraceSums one;
        add(row, one);
        all.calls += 1;
        all.known |= one.known;
        all.unpriced += one.unpriced;
        all.input += one.input;
        all.output += one.output;
    });
    total = {.calls = all.calls, .unpricedCalls = all.unpriced};
    if (all.known & CallTable::Input)
        total.input = all.input;
    if (all.known & CallTable::Output)
        total.output = all.output;
    if (all.known & CallTable::Cost)
        total.cost = cost;
}

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

std::optional<std::int64_t> RequestList::State::keyOf(RequestColumn column, std::size_t place) const
{
    const TraceSums sums = sumsAt(place);
    const auto ifKnown = [&](unsigned bits, std::int64_t value) {
        return sums.known & bits ? std::optional(value) : std::nullopt;
    };
    switch (column) {
    case RequestColumn::Calls:
        return sums.calls;
    case RequestColumn::Tokens:
        return ifKnown(CallTable::Input | CallTable::Output, sums.input + sums.output);
    case RequestColumn::Input:
        return ifKnown(CallTable::Input, sums.input);
    case RequestColumn::Output:
        return ifKnown(CallTable::Output, sums.output);
    case RequestColumn::Cost:
        return ifKnown(CallTable::Cost, sums.cost);
    case RequestColumn::Latency:
        return ifKnown(CallTable::Latency, sums.ended - table().started()[sums.row]);
    case RequestColumn::Status:
        return sums.status == 0 ? std::nullopt : std::optional<std::int64_t>(sums.status);
    default:
        break;
    }
    return table().started()[sums.row];
}

Result<std::vector<std::int64_t>>
RequestList::State::ranksOf(CallTable::Column column, const store::Workspace& workspace, const StopToken& stop) const
{
    const CodedColumn& coded = table().column(column);
    store::NameReader names = TRY(store::NameReader::open(workspace.database()));
    std::vector<std::string> texts(coded.codeCount());
    constexpr std::uint32_t checkEvery = 4096;
    for (std::uint32_t code = 1; code < coded.codeCount(); ++code) {
        if (code % checkEvery == 0)
            TRY(stop.check());
        texts[code] = TRY(names.textOf(coded.idOf(code)));
    }
    std::vector<std::uint32_t> codes(texts.size());
    std::iota(codes.begin(), codes.end(), 0U);
    std::sort(codes.begin(), codes.end(), [&](std::uint32_t a, std::uint32_t b) { return texts[a] < texts[b]; });
    std::vector<std::int64_t> ranks(texts.size());
    for (std::size_t rank = 0; rank < codes.size(); ++rank)
        ranks[codes[rank]] = static_cast<std::int64_t>(rank);
    return ranks;
}

RequestList::RequestList(std::unique_ptr<State> state) : m_state(std::move(state)) {}
RequestList::~RequestList() = default;

RequestUnit RequestList::unit() const
{
    return m_state->unit;
}

std::size_t RequestList::size() const
{
    return m_state->size();
}

const ReportingCalendar& RequestList::calendar() const
{
    return m_state->snapshot->calendar;
}

const RequestRow& RequestList::total() const
{
    return m_state->total;
}

Result<RequestOrder> RequestList::ordered(RequestColumn column, bool isDescending, const StopToken& stop) const
{
    const State& state = *m_state;
    RequestOrder order;
    order.m_isReversed = isDescending;
    order.m_known = state.size();
    if (column == RequestColumn::Time) // as they lie
        return order;
    std::vector<std::int64_t> keys;
    std::vector<std::uint32_t> known, unknown;
    keys.reserve(state.size());
    known.reserve(state.size());
    const auto put = [&](std::size_t place, const std::optional<std::int64_t>& key) {
        (key ? known : unknown).push_back(static_cast<std::uint32_t>(place));
        if (key)
            keys.push_back(*key);
    };
    constexpr std::size_t checkEvery = 65536;
    const auto textColumn = [&]() -> std::optional<CallTable::Column> {
        switch (column) {
        case RequestColumn::Feature:
            return CallTable::Feature;
        case RequestColumn::Model:
            return CallTable::Model;
        case RequestColumn::Step:
            return CallTable::Step;
        case RequestColumn::Environment:
            return CallTable::Environment;
        case RequestColumn::User:
            return CallTable::User;
        case RequestColumn::Session:
            return CallTable::Session;
        default:
            return {};
        }
    }();
    if (textColumn || column == RequestColumn::Waste) {
        const queries::Connections::Connection connection = TRY(state.snapshot->connect(stop));
        if (textColumn) {
            const std::vector<std::int64_t> ranks = TRY(state.ranksOf(*textColumn, connection.workspace(), stop));
            const auto& codes = state.table().column(*textColumn).codes();
            for (std::size_t place = 0; place < state.size(); ++place) {
                const std::size_t row = state.rowAt(place);
                const std::uint32_t code =
                    codes[*textColumn < CallTable::OriginColumnCount ? state.table().origins()[row] : row];
                put(place, code == 0 ? std::nullopt : std::optional(ranks[code]));
            }
        } else {
            const LedgerTable& ledger = *TRY(state.snapshot->ledger(connection.workspace(), stop));
            for (std::size_t place = 0; place < state.size(); ++place) {
                if (place % checkEvery == 0)
                    TRY(stop.check());
                LedgerSums sums;
                state.forEachCallOf(state.sumsAt(place),
                                    [&](std::size_t row) { ledger.add(state.table(), row, sums); });
                put(place, sums.callsAnalysed() == 0
                               ? std::nullopt
                               : std::optional(static_cast<std::int64_t>(sums.waste.picodollars())));
            }
        }
    } else {
        for (std::size_t place = 0; place < state.size(); ++place) {
            if (place % checkEvery == 0)
                TRY(stop.check());
            put(place, state.keyOf(column, place));
        }
    }
    std::vector<std::uint32_t> places = orderOf(keys);
    for (std::uint32_t& place : places)
        place = known[place];
    places.insert(places.end(), unknown.begin(), unknown.end());
    order.m_known = known.size();
    order.m_places = std::make_shared<const std::vector<std::uint32_t>>(std::move(places));
    return order;
}

Result<std::vector<RequestRow>> RequestList::rows(const RequestOrder& order, std::size_t first, std::size_t count,
                                                  const StopToken& stop) const
{
    const State& state = *m_state;
    const queries::Connections::Connection connection = TRY(state.snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const LedgerTable& ledger = *TRY(state.snapshot->ledger(workspace, stop));
    store::Statement query = TRY(workspace.database().prepare(queries::selectCall));
    std::vector<RequestRow> rows;
    for (std::size_t i = first; i < std::min(first + count, state.size()); ++i) {
        TRY(stop.check());
        const TraceSums sums = state.sumsAt(order.placeAt(i));
        RequestRow row = state.rowOf(sums);
        const auto id = CallId(state.table().ids()[sums.row]);
        // A call that was taken out meanwhile keeps its place until the list is asked for again.
        if (auto call = TRY(queries::readCall(query, id)))
            row.call = std::move(*call);
        else
            row.call = {.id = id, .start = Timestamp(state.table().started()[sums.row])};
        LedgerSums account;
        state.forEachCallOf(sums, [&](std::size_t at) { ledger.add(state.table(), at, account); });
        if (account.callsAnalysed() > 0)
            row.waste = account.waste;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::size_t RequestList::rowOf(const RequestOrder& order, CallId call) const
{
    const State& state = *m_state;
    const auto& ids = state.table().ids();
    const auto& traces = state.table().column(CallTable::Trace).codes();
    const auto found = std::find(ids.begin(), ids.end(), static_cast<std::int64_t>(call));
    if (found == ids.end())
        return size();
    const auto row = static_cast<std::size_t>(found - ids.begin());
    for (std::size_t i = 0; i < size(); ++i) {
        const std::size_t other = state.rowAt(order.placeAt(i));
        if (other == row || (state.unit == RequestUnit::Traces && traces[other] == traces[row]))
            return i;
    }
    return size();
}

Result<std::shared_ptr<const RequestList>> Queries::requests(const Filter& filter, RequestUnit unit,
                                                             const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    queries::Selector selector = TRY(m_snapshot->selector(connection.workspace()));
    auto state = std::make_unique<RequestList::State>();
    state->snapshot = m_snapshot;
    state->unit = unit;
    state->rows = TRY(selector.rowsOf(filter, stop));
    if (unit == RequestUnit::Traces)
        state->sumUpTraces();
    if (!state->rows.isRange())
        state->at = queries::RowSet(state->rows).list();
    state->sumUpAll();
    return std::shared_ptr<const RequestList>(new RequestList(std::move(state)));
}

} // namespace plumbline
