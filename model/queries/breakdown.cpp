// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/breakdown.h"

#include <algorithm>
#include <map>

#include "model/queries/completeness.h"
#include "model/queries/groups.h"
#include "model/queries/snapshot.h"

namespace plumbline {

namespace {

using queries::Accumulator;
using queries::DimensionCodes;
using queries::GroupNumbers;
using queries::Selector;

constexpr std::size_t mostDimensions = 4;

/// Nearest rank: the smallest value that at least that share of the values does not exceed.
template <class T>
std::optional<T> percentile(std::vector<T>& values, int percent)
{
    if (values.empty())
        return {};
    const std::size_t rank = (values.size() * static_cast<std::size_t>(percent) + 99) / 100;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

Percentiles percentilesOf(const CallTable& table, const std::uint32_t* rows, std::size_t count)
{
    std::vector<std::int64_t> tokens, cost, latency;
    tokens.reserve(count);
    cost.reserve(count);
    latency.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t row = rows[i];
        const unsigned known = table.known()[row];
        if (known & (CallTable::Input | CallTable::Output))
            tokens.push_back(table.input(row) + table.output(row));
        if (known & CallTable::Cost)
            cost.push_back(table.cost()[row]);
        if (known & CallTable::Latency)
            latency.push_back(table.latency()[row]);
    }
    const auto money = [](std::optional<std::int64_t> value) {
        return value ? std::optional<Money>(Money(*value)) : std::nullopt;
    };
    return {.tokensP50 = percentile(tokens, 50),
            .tokensP95 = percentile(tokens, 95),
            .costP50 = money(percentile(cost, 50)),
            .costP95 = money(percentile(cost, 95)),
            .latencyP50 = percentile(latency, 50),
            .latencyP95 = percentile(latency, 95)};
}

/// One group with its sums and where its rows lie, while rows of answers are put together.
struct Grouped
{
    std::vector<Accumulator> sums = {};
    std::vector<std::vector<std::uint32_t>> codes = {}; ///< by group
    std::vector<Percentiles> percentiles = {};
};

Grouped group(const CallTable& table, const std::vector<std::uint32_t>& rows,
              const std::vector<DimensionCodes>& dimensions, bool wantsPercentiles)
{
    GroupNumbers numbers(dimensions);
    Grouped grouped;
    queries::forEachGroup(numbers, rows, dimensions, [&](std::uint32_t number, std::uint32_t row) {
        if (number == grouped.sums.size())
            grouped.sums.emplace_back();
        grouped.sums[number].add(table, row);
    });
    for (std::size_t i = 0; i < grouped.sums.size(); ++i)
        grouped.codes.push_back(numbers.codesOf(i));
    if (wantsPercentiles) {
        // Rows beside their group's others: a counting sort by group.
        std::vector<std::size_t> ends(grouped.sums.size() + 1, 0);
        for (std::size_t i = 0; i < grouped.sums.size(); ++i)
            ends[i + 1] = ends[i] + static_cast<std::size_t>(grouped.sums[i].calls);
        std::vector<std::uint32_t> sorted(ends.back());
        std::vector<std::size_t> next(ends.begin(), ends.end() - 1);
        queries::forEachGroup(numbers, rows, dimensions,
                              [&](std::uint32_t number, std::uint32_t row) { sorted[next[number]++] = row; });
        for (std::size_t i = 0; i < grouped.sums.size(); ++i)
            grouped.percentiles.push_back(percentilesOf(table, sorted.data() + ends[i], ends[i + 1] - ends[i]));
    }
    return grouped;
}

/// Costliest first; without cost by calls; at last by name, so that equal rows keep their order.
bool comesBefore(const BreakdownRow& a, const BreakdownRow& b)
{
    const auto cost = [](const BreakdownRow& row) { return row.measures.cost.value_or(MoneySum()); };
    if (cost(a) != cost(b))
        return cost(a) > cost(b);
    if (a.measures.calls != b.measures.calls)
        return a.measures.calls > b.measures.calls;
    return a.keys < b.keys;
}

void addShares(std::vector<BreakdownRow>& rows, const Measures& total)
{
    const double all = total.cost.value_or(MoneySum()).dollars();
    // A fifth of the groups, rounded up.
    const std::size_t top = (rows.size() + 4) / 5;
    double sum = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double share = all > 0 ? rows[i].measures.cost.value_or(MoneySum()).dollars() / all : 0;
        sum += share;
        rows[i].costShare = share;
        rows[i].cumulativeShare = sum;
        rows[i].isTop20 = i < top;
    }
}

/// The sum of all rows: of the groups, unless rows are in several of them.
Accumulator sumOf(const Grouped& grouped, bool rowsOverlap, const CallTable& table,
                  const std::vector<std::uint32_t>& rows)
{
    Accumulator total;
    if (!rowsOverlap) {
        for (const Accumulator& group : grouped.sums)
            total += group;
        return total;
    }
    for (const std::uint32_t row : rows)
        total.add(table, row);
    return total;
}

} // namespace

Result<Breakdown> Queries::breakdown(const BreakdownQuestion& question, const StopToken& stop) const
{
    if (question.by.size() > mostDimensions)
        return fail(ErrorKind::Usage, "at most four dimensions at once");
    const CallTable& table = m_snapshot->table;
    const store::Workspace workspace = TRY(m_snapshot->connect(stop));
    Selector selector = TRY(Selector::open(workspace, table, m_snapshot->calendar));
    std::vector<DimensionCodes> dimensions(question.by.size());
    Breakdown answer;
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
        TRY(selector.layOut(question.by[d], dimensions[d], stop));
        answer.rowsOverlap |= dimensions[d].overlaps();
    }
    const std::vector<std::uint32_t> rows = TRY(selector.rowsOf(question.filter, stop));
    TRY(stop.check());
    const Grouped grouped = group(table, rows, dimensions, question.wantsPercentiles);
    TRY(stop.check());

    answer.total = sumOf(grouped, answer.rowsOverlap, table, rows).measures();
    if (question.wantsPercentiles)
        answer.totalPercentiles = percentilesOf(table, rows.data(), rows.size());
    answer.completeness = TRY(queries::completenessOf(workspace, table, rows, question.filter.period));

    std::map<std::vector<std::uint32_t>, std::size_t> rowOfKey;
    for (std::size_t i = 0; i < grouped.sums.size(); ++i) {
        BreakdownRow row{.measures = grouped.sums[i].measures()};
        for (std::size_t d = 0; d < dimensions.size(); ++d)
            row.keys.push_back(TRY(selector.labelOf(dimensions[d], grouped.codes[i][d])));
        if (question.wantsPercentiles)
            row.percentiles = grouped.percentiles[i];
        if (question.baseline)
            rowOfKey.emplace(grouped.codes[i], i);
        answer.rows.push_back(std::move(row));
    }
    if (question.baseline) {
        Filter before = question.filter;
        before.period = question.baseline;
        const std::vector<std::uint32_t> rowsBefore = TRY(selector.rowsOf(before, stop));
        const Grouped groupedBefore = group(table, rowsBefore, dimensions, false);
        answer.totalBaseline = sumOf(groupedBefore, answer.rowsOverlap, table, rowsBefore).measures();
        for (BreakdownRow& row : answer.rows)
            row.baseline = Measures();
        for (std::size_t i = 0; i < groupedBefore.sums.size(); ++i) {
            const auto known = rowOfKey.find(groupedBefore.codes[i]);
            if (known != rowOfKey.end()) {
                answer.rows[known->second].baseline = groupedBefore.sums[i].measures();
                continue;
            }
            BreakdownRow gone{.baseline = groupedBefore.sums[i].measures()};
            for (std::size_t d = 0; d < dimensions.size(); ++d)
                gone.keys.push_back(TRY(selector.labelOf(dimensions[d], groupedBefore.codes[i][d])));
            answer.rows.push_back(std::move(gone));
        }
    }
    std::sort(answer.rows.begin(), answer.rows.end(), comesBefore);
    addShares(answer.rows, answer.total);
    return answer;
}

} // namespace plumbline
