// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "model/queries/request_list_state.h"
#include "model/queries/row_order.h"
#include "model/queries/selection.h"
#include "model/store/names.h"

namespace plumbline {

namespace {

/// Ranks of texts in the alphabet; of numbers by what they are, if all but the first are some.
std::vector<std::int64_t> ranksIn(const std::vector<std::string>& texts)
{
    std::vector<double> numbers(texts.size());
    const auto readNumber = [&](std::size_t i) {
        const char* const end = texts[i].data() + texts[i].size();
        const auto [read, error] = std::from_chars(texts[i].data(), end, numbers[i]);
        return read == end && error == std::errc() && std::isfinite(numbers[i]);
    };
    bool areNumbers = true;
    for (std::size_t i = 1; i < texts.size() && areNumbers; ++i)
        areNumbers = readNumber(i);
    std::vector<std::uint32_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return areNumbers && numbers[a] != numbers[b] ? numbers[a] < numbers[b] : texts[a] < texts[b];
    });
    std::vector<std::int64_t> ranks(texts.size());
    for (std::size_t rank = 0; rank < order.size(); ++rank)
        ranks[order[rank]] = static_cast<std::int64_t>(rank);
    return ranks;
}

} // namespace

std::optional<std::int64_t> RequestList::State::keyOf(RequestColumn column, std::size_t place) const
{
    const TraceSums sums = sumsAt(place);
    const auto ifKnown = [&](unsigned bits, std::int64_t value) {
        return sums.known & bits ? std::optional(value) : std::nullopt;
    };
    switch (column) {
    case RequestColumn::Calls:
        return sums.calls;
    case RequestColumn::Trace:
        return table().column(CallTable::Trace).codes()[sums.row];
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
    return ranksIn(texts);
}

/// Rows with their keys, until all of them are there.
class RequestList::Keys
{
public:
    explicit Keys(std::size_t size)
    {
        m_keys.reserve(size);
        m_known.reserve(size);
    }
    void put(std::size_t place, const std::optional<std::int64_t>& key)
    {
        (key ? m_known : m_unknown).push_back(static_cast<std::uint32_t>(place));
        if (key)
            m_keys.push_back(*key);
    }
    RequestOrder order(bool isDescending) &&
    {
        RequestOrder order;
        order.m_isReversed = isDescending;
        order.m_known = m_known.size();
        std::vector<std::uint32_t> places = orderOf(m_keys);
        for (std::uint32_t& place : places)
            place = m_known[place];
        places.insert(places.end(), m_unknown.begin(), m_unknown.end());
        order.m_places = std::make_shared<const std::vector<std::uint32_t>>(std::move(places));
        return order;
    }

private:
    std::vector<std::int64_t> m_keys;
    std::vector<std::uint32_t> m_known, m_unknown;
};

Result<RequestOrder> RequestList::orderedByMetadata(const std::string& key, bool isDescending,
                                                    const StopToken& stop) const
{
    const State& state = *m_state;
    const queries::Connections::Connection connection = TRY(state.snapshot->connect(stop));
    queries::Selector selector = TRY(state.snapshot->selector(connection.workspace()));
    queries::DimensionCodes values;
    TRY(selector.layOut({Dimension::Metadata, key}, values, stop));
    const std::vector<std::int64_t> ranks = ranksIn(values.labels);
    Keys keys(state.size());
    for (std::size_t place = 0; place < state.size(); ++place) {
        const std::uint32_t code = values.codeOf(state.rowAt(place));
        keys.put(place, code == 0 ? std::nullopt : std::optional(ranks[code]));
    }
    return std::move(keys).order(isDescending);
}

Result<RequestOrder> RequestList::ordered(RequestColumn column, bool isDescending, const StopToken& stop) const
{
    const State& state = *m_state;
    if (column == RequestColumn::Time || column == RequestColumn::Metadata) { // as they lie
        RequestOrder order;
        order.m_isReversed = isDescending;
        order.m_known = state.size();
        return order;
    }
    Keys keys(state.size());
    const auto put = [&](std::size_t place, const std::optional<std::int64_t>& key) { keys.put(place, key); };
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
    return std::move(keys).order(isDescending);
}

} // namespace plumbline
