// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/request_list.h"

#include <algorithm>

#include "model/queries/call_rows.h"
#include "model/queries/metadata_reader.h"
#include "model/queries/request_list_state.h"

namespace plumbline {

namespace {

constexpr std::uint32_t nowhere = 0xFFFFFFFF;

} // namespace

std::string metadataOf(const RequestRow& row, const std::string& key)
{
    if (row.metadata)
        for (const auto& [known, value] : *row.metadata)
            if (known == key)
                return value;
    return {};
}

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

Result<std::vector<RequestRow>> RequestList::rows(const RequestOrder& order, std::size_t first, std::size_t count,
                                                  const StopToken& stop) const
{
    const State& state = *m_state;
    const queries::Connections::Connection connection = TRY(state.snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const LedgerTable& ledger = *TRY(state.snapshot->ledger(workspace, stop));
    store::Statement query = TRY(workspace.database().prepare(queries::selectCall));
    queries::MetadataReader metadata = TRY(queries::MetadataReader::open(workspace.database()));
    const CodedColumn& sets = state.table().column(CallTable::Attributes);
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
        row.metadata = TRY(metadata.of(sets.idOf(sets.codes()[sums.row])));
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
