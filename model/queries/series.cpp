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

/// The value of nearest rank among `values`, which are put in another order.
std::optional<TokenCount> rank(std::vector<TokenCount>& values, int percent)
{
    if (values.empty())
        return {};
    const auto at = values.begin() +
                    static_cast<std::ptrdiff_t>((values.size() * static_cast<std::size_t>(percent) + 99) / 100 - 1);
    std::nth_element(values.begin(), at, values.end());
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
    const store::Workspace workspace = TRY(m_snapshot->connect(stop));
    Selector selector = TRY(Selector::open(workspace, table, m_snapshot->calendar));
    std::vector<DimensionCodes> dimensions(2);
    TRY(selector.layOut(question.by, dimensions[0], stop));
    TRY(selector.layOut({step, {}}, dimensions[1], stop));
    const std::vector<std::uint32_t> rows = TRY(selector.rowsOf(question.filter, stop));
    SeriesAnswer answer;
    if (rows.empty())
        return answer;

    queries::GroupNumbers numbers(dimensions);
    std::vector<Accumulator> sums;
    queries::forEachGroup(numbers, rows, dimensions, [&](std::uint32_t number, std::uint32_t row) {
        if (number == sums.size())
            sums.emplace_back();
        sums[number].add(table, row);
    });
    TRY(stop.check());

    // Rows are in the order of time; local steps are too, but where clocks are set back.
    std::uint32_t firstStep = (*dimensions[1].codes)[rows.front()];
    std::uint32_t lastStep = firstStep;
    for (const std::uint32_t row : rows) {
        firstStep = std::min(firstStep, (*dimensions[1].codes)[row]);
        lastStep = std::max(lastStep, (*dimensions[1].codes)[row]);
    }
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
    std::vector<std::vector<std::uint32_t>> codes;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        codes.push_back(numbers.codesOf(i));
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
    const store::Workspace workspace = TRY(m_snapshot->connect(stop));
    Selector selector = TRY(Selector::open(workspace, table, m_snapshot->calendar));
    const std::vector<std::uint32_t> rows = TRY(selector.rowsOf(question.filter, stop));
    Distribution answer;
    std::vector<TokenCount> inputs;
    for (const std::uint32_t row : rows)
        if (table.known()[row] & CallTable::Input)
            inputs.push_back(table.input(row));
    if (inputs.empty() || question.bins == 0)
        return answer;
    answer.p50 = rank(inputs, 50);
    answer.p95 = rank(inputs, 95);
    // As wide as nearly all calls need: a few giants share the last bin.
    const TokenCount reach = *rank(inputs, 99) + 1;
    answer.binWidth = roundWidth(reach, question.bins);
    std::vector<Accumulator> bins(
        std::min<std::size_t>(question.bins, static_cast<std::size_t>(reach / answer.binWidth) + 1));
    for (const std::uint32_t row : rows)
        if (table.known()[row] & CallTable::Input)
            bins[std::min(bins.size() - 1, static_cast<std::size_t>(table.input(row) / answer.binWidth))].add(table,
                                                                                                              row);
    for (const Accumulator& bin : bins)
        answer.bins.push_back(bin.measures());
    return answer;
}

Result<SessionGrowth> Queries::sessionGrowth(const Filter& filter, const StopToken& stop) const
{
    const CallTable& table = m_snapshot->table;
    const store::Workspace workspace = TRY(m_snapshot->connect(stop));
    Selector selector = TRY(Selector::open(workspace, table, m_snapshot->calendar));
    const std::vector<std::uint32_t> rows = TRY(selector.rowsOf(filter, stop));
    const CodedColumn& sessions = table.column(CallTable::Session);
    std::vector<std::uint32_t> lengths(sessions.codeCount(), 0);
    for (const std::uint32_t row : rows)
        ++lengths[sessions.codes()[row]];
    SessionGrowth answer;
    for (std::size_t session = 1; session < lengths.size(); ++session)
        answer.sessions += lengths[session] > 1;
    std::vector<std::uint32_t> turnOf(sessions.codeCount(), 0);
    std::vector<Accumulator> turns;
    for (const std::uint32_t row : rows) {
        const std::uint32_t session = sessions.codes()[row];
        if (session == 0 || lengths[session] < 2)
            continue;
        const std::uint32_t turn = turnOf[session]++;
        if (turn >= mostTurns)
            continue;
        if (turn >= turns.size())
            turns.resize(turn + 1);
        turns[turn].add(table, row);
    }
    for (const Accumulator& turn : turns)
        answer.turns.push_back(turn.measures());
    return answer;
}

} // namespace plumbline
