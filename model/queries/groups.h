// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "model/queries/accumulator.h"
#include "model/queries/selection.h"

namespace plumbline::queries {

/// Numbers groups by their key: mixed radix, in an array where the product of the dimensions is small, else hashed.
class GroupNumbers
{
public:
    explicit GroupNumbers(const std::vector<DimensionCodes>& dimensions);
    /// The group of a key, numbered in the order in which keys come up.
    std::uint32_t of(std::uint64_t mixed)
    {
        if (!m_dense.empty()) {
            std::uint32_t& number = m_dense[mixed];
            if (number == 0) {
                m_mixed.push_back(mixed);
                number = static_cast<std::uint32_t>(m_mixed.size());
            }
            return number - 1;
        }
        return hashed(mixed);
    }
    std::size_t size() const { return m_mixed.size(); }
    std::uint32_t codeOf(std::size_t group, std::size_t dimension) const
    {
        return static_cast<std::uint32_t>(m_mixed[group] / m_radix[dimension] % m_counts[dimension]);
    }
    std::vector<std::uint32_t> codesOf(std::size_t group) const;
    std::uint64_t radix(std::size_t dimension) const { return m_radix[dimension]; }

private:
    std::uint32_t hashed(std::uint64_t mixed);

    std::vector<std::uint64_t> m_radix;  ///< by dimension: what its code is multiplied with
    std::vector<std::uint64_t> m_counts; ///< by dimension: how many codes there are
    std::vector<std::uint32_t> m_dense;
    std::vector<std::uint64_t> m_mixed; ///< by group
    std::vector<std::pair<std::uint64_t, std::uint32_t>> m_slots;
};

/// What the entries of one column add to the key of a group: one number each, several where tags overlap.
class EntryKeys
{
public:
    explicit EntryKeys(const std::vector<std::uint32_t>& entries) : m_entries(&entries) {}
    const std::vector<std::uint32_t>& entries() const { return *m_entries; }
    /// Takes a dimension of this column in.
    void add(const DimensionCodes& dimension, std::uint64_t radix);
    bool overlaps() const { return m_keys.size() + 1 != m_ends.size(); }
    std::uint64_t keyOf(std::uint32_t entry) const { return m_keys[entry]; } ///< of columns that do not overlap
    /// Calls `visit(key + keyOfTheOthers)` for each key of an entry.
    template <class Visit>
    void forEach(std::uint32_t entry, std::uint64_t others, Visit visit) const
    {
        for (std::uint32_t i = m_ends[entry]; i < m_ends[entry + 1]; ++i)
            visit(others + m_keys[i]);
    }

private:
    const std::vector<std::uint32_t>* m_entries;
    std::vector<std::uint64_t> m_keys; ///< entry after entry
    std::vector<std::uint32_t> m_ends; ///< by entry: where its keys start; one more at the end
};

/// The columns that dimensions stand on, each once, with the keys of their entries.
std::vector<EntryKeys> keysOf(const std::vector<DimensionCodes>& dimensions, const GroupNumbers& numbers);

/// Calls `visit(group, row)` for every row and every group it is in.
template <class Visit>
void forEachGroup(GroupNumbers& numbers, const RowSet& rows, const std::vector<EntryKeys>& columns, Visit visit)
{
    bool overlaps = false;
    for (const EntryKeys& column : columns)
        overlaps |= column.overlaps();
    if (!overlaps) {
        rows.forEach([&](std::size_t row) {
            std::uint64_t key = 0;
            for (const EntryKeys& column : columns)
                key += column.keyOf(column.entries()[row]);
            visit(numbers.of(key), row);
        });
        return;
    }
    std::vector<std::uint64_t> keys, more;
    rows.forEach([&](std::size_t row) {
        keys.assign(1, 0);
        for (const EntryKeys& column : columns) {
            more.clear();
            for (const std::uint64_t key : keys)
                column.forEach(column.entries()[row], key, [&](std::uint64_t longer) { more.push_back(longer); });
            keys.swap(more);
        }
        for (const std::uint64_t key : keys)
            visit(numbers.of(key), row);
    });
}

/// The sums of every group that occurs, numbered by `numbers`. Dimensions of origins and of time, the usual ones, are
/// summed by origin first, step of time by step of time.
std::vector<Accumulator> sumGroups(GroupNumbers& numbers, const CallTable& table, const RowSet& rows,
                                   const std::vector<EntryKeys>& columns, Figures figures = Figures::All);

/// Sums of few buckets of rows, by origin first.
class BucketSums
{
public:
    BucketSums(const CallTable& table, std::size_t buckets)
        : m_table(&table), m_origins(table.originFacts().size()), m_cells(buckets * m_origins)
    {
    }
    void add(std::size_t bucket, std::size_t row)
    {
        m_cells[bucket * m_origins + m_table->origins()[row]].add<Figures::All>(*m_table, row);
    }
    Accumulator sumsOf(std::size_t bucket) const
    {
        Accumulator sums;
        for (std::size_t origin = 0; origin < m_origins; ++origin)
            if (const OriginSums& cell = m_cells[bucket * m_origins + origin]; cell.amounts.calls() != 0)
                sums.add(m_table->originFacts()[origin], cell);
        return sums;
    }

private:
    const CallTable* m_table;
    std::size_t m_origins;
    std::vector<OriginSums> m_cells;
};

} // namespace plumbline::queries
