// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_map>

#include "model/queries/accumulator.h"
#include "model/queries/groups.h"
#include "model/queries/snapshot.h"

namespace plumbline {

namespace {

using queries::Accumulator;
using queries::DimensionCodes;
using queries::Selector;

constexpr std::size_t mostTurns = 24;

/// The value of nearest rank among the first `count` values, which are put in another order: those before it are not
/// greater.
TokenCount rank(std::vector<TokenCount>& values, std::size_t& count, std::size_t percent)
{
    const std::size_t place = (values.size() * percent + 99) / 100 - 1;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(place);
    std::nth_element(values.begin(), at, values.begin() + static_cast<std::ptrdiff_t>(count));
    count = place + 1;
    return *at;
}

/// A round width (1, 2 or 5 times a power of ten) that puts `reach` into `bins`.
TokenCount roundWidth(TokenCount reach, std::size_t bins)
{
    const TokenCount least =
        std::max<TokenCount>(1, (reach + static_cast<TokenCount>(bins) - 1) / static_cast<TokenCount>(bins));
    for (TokenCount power = 1;; power *= 10)
        for (const TokenCount step : {1, 2, 5})
            if (step * power >= least)
                return step * power;
}

} // namespace

Result<SeriesAnswer> Queries::series(const SeriesQuestion& question, const StopToken& stop) const
{
    const Dimension step = question.step;
    if (step != Dimension::Hour && step != Dimension::Day && step != Dimension::Week && step != Dimension::Month)
        return fail(ErrorKind::Usage, "a series goes by hour, day, week or month");
    const CallTable& table = m_snapshot->table;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    Selector selector = TRY(m_snapshot->selector(workspace));
    std::vector<DimensionCodes> dimensions(2);
    TRY(selector.layOut(question.by, dimensions[0], stop));
    TRY(selector.layOut({step, {}}, dimensions[1], stop));
    const queries::RowSet rows = TRY(selector.rowsOf(question.filter, stop));
    SeriesAnswer answer;
    if (rows.isEmpty())
        return answer;

    queries::GroupNumbers numbers(dimensions);
    const std::vector<Accumulator> sums =
        queries::sumGroups(numbers, table, rows, queries::keysOf(dimensions, numbers), Figures::TokensAndCost);
    TRY(stop.check());

    std::vector<std::vector<std::uint32_t>> codes;
    codes.reserve(sums.size());
    for (std::size_t i = 0; i < sums.size(); ++i)
        codes.push_back(numbers.codesOf(i));
    const auto [first, last] =
        std::minmax_element(codes.begin(), codes.end(), [](const auto& a, const auto& b) { return a[1] < b[1]; });
    const std::uint32_t firstStep = (*first)[1];
    const std::uint32_t lastStep = (*last)[1];
    for (std::uint32_t code = firstStep; code <= lastStep; ++code) {
        answer.steps.push_back(dimensions[1].firstTime +
                               static_cast<std::int32_t>(code) * (step == Dimension::Week ? 7 : 1));
        answer.labels.push_back(queries::timeLabel(step, answer.steps.back()));
    }
    struct Total
    {
        std::uint32_t code = 0;
        MoneySum::Integer cost = 0;
        std::int64_t calls = 0;
    };
    std::unordered_map<std::uint32_t, Total> totals;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        Total& total = totals[codes[i][0]];
        total.code = codes[i][0];
        total.cost += sums[i].cost;
        total.calls += sums[i].calls;
    }
    std::vector<Total> ranked;
    for (const auto& [code, total] : totals)
        ranked.push_back(total);
    std::sort(ranked.begin(), ranked.end(), [](const Total& a, const Total& b) {
        return a.cost != b.cost ? a.cost > b.cost : a.calls != b.calls ? a.calls > b.calls : a.code < b.code;
    });
    // One value left over would make "1 other": it is shown by itself.
    const std::size_t shown = ranked.size() <= question.top + 1 ? ranked.size() : question.top;
    std::unordered_map<std::uint32_t, std::size_t> seriesOf;
    for (std::size_t i = 0; i < shown; ++i) {
        seriesOf[ranked[i].code] = i;
        answer.series.push_back({.key = TRY(selector.labelOf(dimensions[0], ranked[i].code)),
                                 .points = std::vector<Measures>(answer.steps.size())});
    }
    if (shown < ranked.size())
        answer.series.push_back(
            {.key = {}, .members = ranked.size() - shown, .points = std::vector<Measures>(answer.steps.size())});
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const auto at = seriesOf.find(codes[i][0]);
        const std::size_t series = at == seriesOf.end() ? shown : at->second;
        answer.series[series].points[codes[i][1] - firstStep] += sums[i].measures();
    }
    return answer;
}

Result<Distribution> Queries::distribution(const DistributionQuestion& question, const StopToken& stop) const
{
    const CallTable& table = m_snapshot->table;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const LedgerTable& ledger = *TRY(m_snapshot->ledger(workspace, stop));
    Selector selector = TRY(m_snapshot->selector(workspace));
    const queries::RowSet rows = TRY(selector.rowsOf(question.filter, stop));
    Distribution answer;
    std::vector<TokenCount> inputs;
    rows.forEach([&](std::size_t row) {
        if (table.knownOf(row) & CallTable::Input)
            inputs.push_back(table.input(row));
    });
    if (inputs.empty() || question.bins == 0)
        return answer;
    // As wide as nearly all calls need: a few giants share the last bin.
    std::size_t count = inputs.size();
    const TokenCount reach = rank(inputs, count, 99) + 1;
    answer.p95 = rank(inputs, count, 95);
    answer.p50 = rank(inputs, count, 50);
    answer.binWidth = roundWidth(reach, question.bins);
    const std::size_t bins =
        std::min<std::size_t>(question.bins, static_cast<std::size_t>(reach / answer.binWidth) + 1);
    queries::BucketSums sums(table, bins);
    answer.ledgers.resize(bins);
    rows.forEach([&](std::size_t row) {
        if (!(table.knownOf(row) & CallTable::Input))
            return;
        const std::size_t bin = std::min(bins - 1, static_cast<std::size_t>(table.input(row) / answer.binWidth));
        sums.add(bin, row);
        ledger.add(table, row, answer.ledgers[bin]);
    });
    for (std::size_t bin = 0; bin < bins; ++bin)
        answer.bins.push_back(sums.sumsOf(bin).measures());
    return answer;
}

Result<SessionGrowth> Queries::sessionGrowth(const Filter& filter, const StopToken& stop) const
{
    const CallTable& table = m_snapshot->table;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const LedgerTable& ledger = *TRY(m_snapshot->ledger(workspace, stop));
    Selector selector = TRY(m_snapshot->selector(workspace));
    const queries::RowSet rows = TRY(selector.rowsOf(filter, stop));
    const CodedColumn& sessions = table.column(CallTable::Session);
    std::vector<std::uint32_t> lengths(sessions.codeCount(), 0);
    rows.forEach([&](std::size_t row) { ++lengths[sessions.codes()[row]]; });
    SessionGrowth answer;
    for (std::size_t session = 1; session < lengths.size(); ++session)
        answer.sessions += lengths[session] > 1;
    std::vector<std::uint32_t> turnOf(sessions.codeCount(), 0);
    queries::BucketSums sums(table, mostTurns);
    std::size_t turns = 0;
    rows.forEach([&](std::size_t row) {
        const std::uint32_t session = sessions.codes()[row];
        if (session == 0 || lengths[session] < 2)
            return;
        const std::size_t turn = turnOf[session]++;
        if (turn >= mostTurns)
            return;
        turns = std::max(turns, turn + 1);
        answer.ledgers.resize(turns);
        sums.add(turn, row);
        ledger.add(table, row, answer.ledgers[turn]);
    });
    for (std::size_t turn = 0; turn < turns; ++turn)
        answer.turns.push_back(sums.sumsOf(turn).measures());
    return answer;
}

} // namespace plumbline
