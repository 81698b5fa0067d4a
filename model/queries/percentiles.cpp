// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/percentiles.h"

#include <algorithm>
#include <limits>

namespace plumbline::queries {

namespace {

using Figure = CallTable::Figure;
constexpr Figure figures[] = {Figure::Tokens, Figure::Cost, Figure::Latency};
/// Of so many rows of the table a walk along all of them is slower than sorting the few.
constexpr std::size_t fewRows = 8;
constexpr std::uint32_t noGroup = std::numeric_limits<std::uint32_t>::max();

std::size_t rankOf(std::size_t count, std::size_t percent)
{
    return (count * percent + 99) / 100;
}

void put(Percentiles& into, Figure figure, bool isHigh, std::int64_t value)
{
    if (figure == Figure::Tokens)
        (isHigh ? into.tokensP95 : into.tokensP50) = value;
    else if (figure == Figure::Cost)
        (isHigh ? into.costP95 : into.costP50) = Money(value);
    else
        (isHigh ? into.latencyP95 : into.latencyP50) = value;
}

Percentiles percentilesOf(const CallTable& table, const std::uint32_t* rows, std::size_t count)
{
    Percentiles answer;
    std::vector<std::int64_t> values;
    for (const Figure figure : figures) {
        values.clear();
        for (std::size_t i = 0; i < count; ++i)
            if (CallTable::knows(table.knownOf(rows[i]), figure))
                values.push_back(table.valueOf(figure, rows[i]));
        if (values.empty())
            continue;
        const auto median = values.begin() + static_cast<std::ptrdiff_t>(rankOf(values.size(), 50) - 1);
        const auto high = values.begin() + static_cast<std::ptrdiff_t>(rankOf(values.size(), 95) - 1);
        std::nth_element(values.begin(), high, values.end());
        put(answer, figure, true, *high);
        std::nth_element(values.begin(), median, high);
        put(answer, figure, false, *median);
    }
    return answer;
}

/// One walk a figure: the values come up in their order, so the rank of a value in its group is a count.
std::vector<Percentiles> walk(const CallTable& table, const std::vector<std::uint32_t>& groupOfRow, std::size_t groups)
{
    std::vector<Percentiles> answers(groups);
    struct Count
    {
        std::uint32_t seen = 0, median = 0, high = 0;
    };
    for (const Figure figure : figures) {
        std::vector<Count> counts(groups);
        for (std::size_t row = 0; row < groupOfRow.size(); ++row)
            if (groupOfRow[row] != noGroup && CallTable::knows(table.knownOf(row), figure))
                ++counts[groupOfRow[row]].seen;
        for (Count& count : counts)
            count = {.seen = 0,
                     .median = static_cast<std::uint32_t>(rankOf(count.seen, 50)),
                     .high = static_cast<std::uint32_t>(rankOf(count.seen, 95))};
        for (const std::uint32_t row : table.rowsBy(figure)) {
            const std::uint32_t group = groupOfRow[row];
            if (group == noGroup)
                continue;
            Count& count = counts[group];
            ++count.seen;
            if (count.seen == count.median)
                put(answers[group], figure, false, table.valueOf(figure, row));
            if (count.seen == count.high)
                put(answers[group], figure, true, table.valueOf(figure, row));
        }
    }
    return answers;
}

} // namespace

Percentiles percentilesOf(const CallTable& table, const RowSet& rows)
{
    if (rows.size() < table.size() / fewRows) {
        const std::vector<std::uint32_t> few = RowSet(rows).list();
        return percentilesOf(table, few.data(), few.size());
    }
    std::vector<std::uint32_t> groupOfRow(table.size(), noGroup);
    rows.forEach([&](std::size_t row) { groupOfRow[row] = 0; });
    return walk(table, groupOfRow, 1).front();
}

std::vector<Percentiles> percentilesByGroup(const CallTable& table, const RowSet& rows, GroupNumbers& numbers,
                                            const std::vector<EntryKeys>& columns,
                                            const std::vector<std::size_t>& sizes)
{
    const bool overlaps =
        std::any_of(columns.begin(), columns.end(), [](const EntryKeys& column) { return column.overlaps(); });
    if (!overlaps && rows.size() >= table.size() / fewRows) {
        std::vector<std::uint32_t> groupOfRow(table.size(), noGroup);
        forEachGroup(numbers, rows, columns, [&](std::uint32_t group, std::size_t row) { groupOfRow[row] = group; });
        return walk(table, groupOfRow, sizes.size());
    }
    // Rows beside their group's others: a counting sort by group.
    std::vector<std::size_t> ends(sizes.size() + 1, 0);
    for (std::size_t i = 0; i < sizes.size(); ++i)
        ends[i + 1] = ends[i] + sizes[i];
    std::vector<std::uint32_t> sorted(ends.back());
    std::vector<std::size_t> next(ends.begin(), ends.end() - 1);
    forEachGroup(numbers, rows, columns, [&](std::uint32_t group, std::size_t row) {
        sorted[next[group]++] = static_cast<std::uint32_t>(row);
    });
    std::vector<Percentiles> answers;
    for (std::size_t i = 0; i < sizes.size(); ++i)
        answers.push_back(percentilesOf(table, sorted.data() + ends[i], sizes[i]));
    return answers;
}

} // namespace plumbline::queries
