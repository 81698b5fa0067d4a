// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/groups.h"

#include <algorithm>
#include <limits>

namespace plumbline::queries {

namespace {

/// Up to 16 MB of group numbers are looked up directly.
constexpr std::uint64_t mostDense = 4'000'000;

std::uint64_t slotHash(std::uint64_t key)
{
    key *= 0x9E3779B97F4A7C15ULL;
    return key ^ (key >> 32);
}

} // namespace

GroupNumbers::GroupNumbers(const std::vector<DimensionCodes>& dimensions)
{
    std::uint64_t product = 1;
    for (const DimensionCodes& dimension : dimensions) {
        m_radix.push_back(product);
        m_counts.push_back(std::max<std::uint64_t>(1, dimension.count));
        product *= m_counts.back(); // four dimensions of up to some million codes wrap only beyond 2^64 used groups
    }
    if (product <= mostDense)
        m_dense.resize(product, 0);
    else
        m_slots.resize(1024, {0, 0});
}

std::uint32_t GroupNumbers::hashed(std::uint64_t mixed)
{
    if (m_mixed.size() * 2 >= m_slots.size()) {
        std::vector<std::pair<std::uint64_t, std::uint32_t>> old(m_slots.size() * 2, {0, 0});
        old.swap(m_slots);
        for (const auto& [key, number] : old) {
            if (number == 0)
                continue;
            std::size_t at = slotHash(key) & (m_slots.size() - 1);
            while (m_slots[at].second != 0)
                at = (at + 1) & (m_slots.size() - 1);
            m_slots[at] = {key, number};
        }
    }
    for (std::size_t at = slotHash(mixed) & (m_slots.size() - 1);; at = (at + 1) & (m_slots.size() - 1)) {
        if (m_slots[at].second == 0) {
            m_mixed.push_back(mixed);
            m_slots[at] = {mixed, static_cast<std::uint32_t>(m_mixed.size())};
            return m_slots[at].second - 1;
        }
        if (m_slots[at].first == mixed)
            return m_slots[at].second - 1;
    }
}

std::vector<std::uint32_t> GroupNumbers::codesOf(std::size_t group) const
{
    std::vector<std::uint32_t> codes;
    for (std::size_t d = 0; d < m_radix.size(); ++d)
        codes.push_back(codeOf(group, d));
    return codes;
}

void EntryKeys::add(const DimensionCodes& dimension, std::uint64_t radix)
{
    std::vector<std::uint64_t> keys;
    std::vector<std::uint32_t> ends = {0};
    for (std::size_t entry = 0; entry < dimension.codeOfEntry.size(); ++entry) {
        const std::uint32_t code = dimension.codeOfEntry[entry];
        const auto addAll = [&](std::uint64_t key) {
            if (!dimension.overlaps())
                keys.push_back(key + radix * code);
            else
                for (const std::uint32_t member : dimension.members[code])
                    keys.push_back(key + radix * member);
        };
        if (m_ends.empty())
            addAll(0);
        else
            forEach(static_cast<std::uint32_t>(entry), 0, addAll);
        ends.push_back(static_cast<std::uint32_t>(keys.size()));
    }
    m_keys = std::move(keys);
    m_ends = std::move(ends);
}

std::vector<EntryKeys> keysOf(const std::vector<DimensionCodes>& dimensions, const GroupNumbers& numbers)
{
    std::vector<EntryKeys> columns;
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
        auto at = std::find_if(columns.begin(), columns.end(),
                               [&](const EntryKeys& column) { return &column.entries() == dimensions[d].entries; });
        if (at == columns.end())
            at = columns.emplace(columns.end(), *dimensions[d].entries);
        at->add(dimensions[d], numbers.radix(d));
    }
    return columns;
}

namespace {

/// Sums by origin until the step of time changes, then hands each origin's sums to its groups.
class OriginPass
{
public:
    OriginPass(GroupNumbers& numbers, const CallTable& table, const EntryKeys* byOrigin, std::vector<Accumulator>& sums)
        : m_numbers(&numbers), m_table(&table), m_byOrigin(byOrigin), m_sums(&sums), m_cells(table.originFacts().size())
    {
    }

    /// Where the keys of `byTime` change, the sums so far are handed over.
    template <Figures figures>
    void run(const RowSet& rows, const EntryKeys* byTime)
    {
        const CallTable& table = *m_table;
        const std::uint32_t* const origins = table.origins().data();
        const std::uint32_t* const hours = table.hours().data();
        OriginSums* const cells = m_cells.data();
        std::uint64_t step = 0;
        const auto goOn = [&](std::uint32_t hour) {
            const std::uint64_t next = byTime->keyOf(hour);
            if (next != step)
                flush(step);
            step = next;
        };
        if (!byTime) {
            rows.forEach([&](std::size_t row) { cells[origins[row]].add<figures>(table, row); });
        } else if (rows.isRange() && !rows.isEmpty()) {
            // Hour by hour, without a look at the hour of each row.
            const std::vector<std::uint32_t>& starts = table.hourStarts();
            auto next = std::upper_bound(starts.begin(), starts.end(), rows.front());
            for (std::size_t row = rows.front(); row <= rows.back(); ++next) {
                const std::size_t end = next == starts.end() ? table.size() : *next;
                goOn(hours[row]);
                for (const std::size_t last = std::min(end, rows.back() + 1); row < last; ++row)
                    cells[origins[row]].add<figures>(table, row);
            }
        } else {
            std::uint32_t lastHour = std::numeric_limits<std::uint32_t>::max();
            rows.forEach([&](std::size_t row) {
                if (hours[row] != lastHour)
                    goOn(lastHour = hours[row]);
                cells[origins[row]].add<figures>(table, row);
            });
        }
        flush(step);
    }

private:
    void flush(std::uint64_t keyOfTime)
    {
        for (std::uint32_t origin = 0; origin < m_cells.size(); ++origin) {
            if (m_cells[origin].amounts.calls() == 0)
                continue;
            const auto hand = [&](std::uint64_t key) {
                const std::uint32_t number = m_numbers->of(key);
                if (number == m_sums->size())
                    m_sums->emplace_back();
                (*m_sums)[number].add(m_table->originFacts()[origin], m_cells[origin]);
            };
            if (m_byOrigin)
                m_byOrigin->forEach(origin, keyOfTime, hand);
            else
                hand(keyOfTime);
            m_cells[origin] = {};
        }
    }

    GroupNumbers* m_numbers;
    const CallTable* m_table;
    const EntryKeys* m_byOrigin;
    std::vector<Accumulator>* m_sums;
    std::vector<OriginSums> m_cells; ///< by origin
};

/// With so many origins a step of time meets few of them: rows are summed one by one.
constexpr std::size_t manyOrigins = 20'000;

} // namespace

std::vector<Accumulator> sumGroups(GroupNumbers& numbers, const CallTable& table, const RowSet& rows,
                                   const std::vector<EntryKeys>& columns, Figures figures)
{
    std::vector<Accumulator> sums;
    const EntryKeys* byOrigin = nullptr;
    const EntryKeys* byTime = nullptr;
    bool isByRow = false;
    for (const EntryKeys& column : columns) {
        if (&column.entries() == &table.origins())
            byOrigin = &column;
        else if (&column.entries() == &table.hours())
            byTime = &column;
        else
            isByRow = true;
    }
    if (isByRow || (byTime && table.originFacts().size() > manyOrigins))
        forEachGroup(numbers, rows, columns, [&](std::uint32_t number, std::size_t row) {
            if (number == sums.size())
                sums.emplace_back();
            sums[number].add(table, row);
        });
    else if (figures == Figures::All)
        OriginPass(numbers, table, byOrigin, sums).run<Figures::All>(rows, byTime);
    else
        OriginPass(numbers, table, byOrigin, sums).run<Figures::TokensAndCost>(rows, byTime);
    return sums;
}

} // namespace plumbline::queries
