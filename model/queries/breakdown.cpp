// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/breakdown.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>

#include "model/queries/completeness.h"
#include "model/queries/groups.h"
#include "model/queries/pareto.h"
#include "model/queries/percentiles.h"
#include "model/queries/sample_means.h"
#include "model/queries/snapshot.h"

namespace plumbline {

namespace {

using queries::Accumulator;
using queries::DimensionCodes;
using queries::GroupNumbers;
using queries::Selector;

constexpr std::size_t mostDimensions = 4;

/// The groups of some rows, while rows of answers are put together.
struct Grouped
{
    GroupNumbers numbers;
    std::vector<Accumulator> sums = {}; ///< by group
    std::vector<Percentiles> percentiles = {};
    std::vector<LedgerSums> ledgers = {};
    LedgerSums totalLedger = {};
    std::vector<SampleMeans> means = {}; ///< by group, and of all rows; where they were asked for
};

/// `ledger`: null where nobody asked for it.
Grouped group(const CallTable& table, const LedgerTable* ledger, const queries::RowSet& rows,
              const std::vector<DimensionCodes>& dimensions, const BreakdownQuestion& question, bool isBaseline)
{
    Grouped grouped{.numbers = GroupNumbers(dimensions)};
    const std::vector<queries::EntryKeys> columns = queries::keysOf(dimensions, grouped.numbers);
    grouped.sums = queries::sumGroups(grouped.numbers, table, rows, columns, question.figures);
    if (question.wantsMeanChange && question.baseline)
        grouped.means = queries::sampleMeans(grouped.numbers, table, rows, columns);
    if (question.wantsPercentiles && !isBaseline) {
        std::vector<std::size_t> sizes;
        for (const Accumulator& sums : grouped.sums)
            sizes.push_back(static_cast<std::size_t>(sums.calls));
        grouped.percentiles = queries::percentilesByGroup(table, rows, grouped.numbers, columns, sizes);
    }
    if (ledger) {
        grouped.ledgers.resize(grouped.sums.size());
        queries::forEachGroup(grouped.numbers, rows, columns, [&](std::uint32_t number, std::size_t row) {
            ledger->add(table, row, grouped.ledgers[number]);
        });
        const bool overlaps = std::any_of(columns.begin(), columns.end(),
                                          [](const queries::EntryKeys& column) { return column.overlaps(); });
        if (overlaps)
            rows.forEach([&](std::size_t row) { ledger->add(table, row, grouped.totalLedger); });
        else
            for (const LedgerSums& sums : grouped.ledgers)
                grouped.totalLedger += sums;
    }
    return grouped;
}

/// The texts of groups' keys, each looked up once.
class KeyTexts
{
public:
    KeyTexts(Selector& selector, std::vector<DimensionCodes>& dimensions)
        : m_selector(&selector), m_dimensions(&dimensions)
    {
    }
    Result<std::vector<std::string>> of(const Grouped& grouped, std::size_t group)
    {
        std::vector<std::string> texts;
        texts.reserve(m_dimensions->size());
        for (std::size_t d = 0; d < m_dimensions->size(); ++d)
            texts.push_back(TRY(m_selector->labelOf((*m_dimensions)[d], grouped.numbers.codeOf(group, d))));
        return texts;
    }

private:
    Selector* m_selector;
    std::vector<DimensionCodes>* m_dimensions;
};

/// Costliest first; without cost by calls; at last by name, so that equal rows keep their order.
Result<std::vector<std::size_t>> ranked(const Grouped& grouped, KeyTexts& texts)
{
    const std::vector<Accumulator>& sums = grouped.sums;
    std::vector<std::size_t> order(sums.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto isTie = [&](std::size_t a, std::size_t b) {
        return sums[a].cost == sums[b].cost && sums[a].calls == sums[b].calls;
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return sums[a].cost != sums[b].cost ? sums[a].cost > sums[b].cost : sums[a].calls > sums[b].calls;
    });
    for (std::size_t i = 0; i < order.size();) {
        std::size_t end = i + 1;
        while (end < order.size() && isTie(order[i], order[end]))
            ++end;
        if (end - i > 1) {
            std::vector<std::pair<std::vector<std::string>, std::size_t>> named;
            for (std::size_t tie = i; tie < end; ++tie)
                named.emplace_back(TRY(texts.of(grouped, order[tie])), order[tie]);
            std::sort(named.begin(), named.end());
            for (std::size_t tie = i; tie < end; ++tie)
                order[tie] = named[tie - i].second;
        }
        i = end;
    }
    return order;
}

/// The sum of all rows: of the groups, unless rows are in several of them.
Accumulator sumOf(const Grouped& grouped, bool rowsOverlap, const CallTable& table, const queries::RowSet& rows)
{
    Accumulator total;
    if (!rowsOverlap) {
        for (const Accumulator& group : grouped.sums)
            total += group;
        return total;
    }
    GroupNumbers one({});
    for (const Accumulator& all : queries::sumGroups(one, table, rows, {}))
        total += all;
    return total;
}

} // namespace

Result<Breakdown> Queries::breakdown(const BreakdownQuestion& question, const StopToken& stop) const
{
    if (question.by.size() > mostDimensions)
        return fail(ErrorKind::Usage, "at most four dimensions at once");
    const CallTable& table = m_snapshot->table;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    Selector selector = TRY(m_snapshot->selector(workspace));
    std::vector<DimensionCodes> dimensions(question.by.size());
    Breakdown answer;
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
        TRY(selector.layOut(question.by[d], dimensions[d], stop));
        answer.rowsOverlap |= dimensions[d].overlaps();
    }
    const queries::RowSet rows = TRY(selector.rowsOf(question.filter, stop));
    const LedgerTable* ledger = question.wantsLedger ? TRY(m_snapshot->ledger(workspace, stop)) : nullptr;
    TRY(stop.check());
    const Grouped grouped = group(table, ledger, rows, dimensions, question, false);
    TRY(stop.check());

    answer.total = sumOf(grouped, answer.rowsOverlap, table, rows).measures();
    if (question.wantsPercentiles || question.wantsTotalPercentiles)
        answer.totalPercentiles = queries::percentilesOf(table, rows);
    if (ledger)
        answer.totalLedger = grouped.totalLedger;
    answer.completeness = queries::completenessOf(table, m_snapshot->uncounted, rows, question.filter.period);

    KeyTexts texts(selector, dimensions);
    std::map<std::vector<std::uint32_t>, std::size_t> rowOfKey;
    answer.rows.reserve(grouped.sums.size());
    for (const std::size_t i : TRY(ranked(grouped, texts))) {
        if (question.baseline)
            rowOfKey.emplace(grouped.numbers.codesOf(i), answer.rows.size());
        BreakdownRow& row = answer.rows.emplace_back();
        row.measures = grouped.sums[i].measures();
        row.keys = TRY(texts.of(grouped, i));
        if (question.wantsPercentiles)
            row.percentiles = grouped.percentiles[i];
        if (ledger)
            row.ledger = grouped.ledgers[i];
        if (question.wantsMeanChange && question.baseline)
            put(row.ofACall.emplace(), &MeanChange::now, grouped.means[i]);
    }
    if (question.baseline) {
        const queries::RowSet rowsBefore = TRY(selector.rowsOf(*question.baseline, stop));
        const Grouped groupedBefore = group(table, ledger, rowsBefore, dimensions, question, true);
        if (ledger)
            answer.totalLedgerBaseline = groupedBefore.totalLedger;
        answer.totalBaseline = sumOf(groupedBefore, answer.rowsOverlap, table, rowsBefore).measures();
        for (BreakdownRow& row : answer.rows)
            row.baseline = Measures();
        if (question.wantsMeanChange) {
            put(answer.totalOfACall.emplace(), &MeanChange::now, grouped.means.back());
            put(*answer.totalOfACall, &MeanChange::before, groupedBefore.means.back());
        }
        std::vector<BreakdownRow> gone;
        for (std::size_t i = 0; i < groupedBefore.sums.size(); ++i) {
            const auto known = rowOfKey.find(groupedBefore.numbers.codesOf(i));
            const bool isGone = known == rowOfKey.end();
            if (isGone)
                gone.push_back({.keys = TRY(texts.of(groupedBefore, i)),
                                .ledger = ledger ? std::optional(LedgerSums()) : std::nullopt,
                                .ofACall = question.wantsMeanChange ? std::optional(MeanChanges()) : std::nullopt});
            BreakdownRow& row = isGone ? gone.back() : answer.rows[known->second];
            row.baseline = groupedBefore.sums[i].measures();
            if (row.ofACall)
                put(*row.ofACall, &MeanChange::before, groupedBefore.means[i]);
        }
        std::sort(gone.begin(), gone.end(),
                  [](const BreakdownRow& a, const BreakdownRow& b) { return a.keys < b.keys; });
        answer.rows.insert(answer.rows.end(), std::make_move_iterator(gone.begin()),
                           std::make_move_iterator(gone.end()));
    }
    queries::addShares(answer.rows, answer.total);
    return answer;
}

} // namespace plumbline
