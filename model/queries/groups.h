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
    std::vector<std::uint32_t> codesOf(std::size_t group) const;
    const std::vector<std::uint64_t>& radix() const { return m_radix; }

private:
    std::uint32_t hashed(std::uint64_t mixed);

    std::vector<std::uint64_t> m_radix;  ///< by dimension: what its code is multiplied with
    std::vector<std::uint64_t> m_counts; ///< by dimension: how many codes there are
    std::vector<std::uint32_t> m_dense;
    std::vector<std::uint64_t> m_mixed; ///< by group
    std::vector<std::pair<std::uint64_t, std::uint32_t>> m_slots;
};

/// Calls `visit(group, row)` for every row and every group it is in.
template <class Visit>
void forEachGroup(GroupNumbers& numbers, const std::vector<std::uint32_t>& rows,
                  const std::vector<DimensionCodes>& dimensions, Visit visit)
{
    const std::vector<std::uint64_t>& radix = numbers.radix();
    // Tags make several keys of a row; everything else makes one.
    std::vector<std::uint64_t> keys;
    bool anyOverlap = false;
    for (const DimensionCodes& dimension : dimensions)
        anyOverlap |= dimension.overlaps();
    if (!anyOverlap) {
        for (const std::uint32_t row : rows) {
            std::uint64_t key = 0;
            for (std::size_t d = 0; d < dimensions.size(); ++d)
                key += radix[d] * (*dimensions[d].codes)[row];
            visit(numbers.of(key), row);
        }
        return;
    }
    for (const std::uint32_t row : rows) {
        keys.assign(1, 0);
        for (std::size_t d = 0; d < dimensions.size(); ++d) {
            const std::uint32_t code = (*dimensions[d].codes)[row];
            if (!dimensions[d].overlaps()) {
                for (std::uint64_t& key : keys)
                    key += radix[d] * code;
                continue;
            }
            const std::size_t before = keys.size();
            const std::vector<std::uint32_t>& members = dimensions[d].members[code];
            for (std::size_t m = 1; m < members.size(); ++m)
                for (std::size_t k = 0; k < before; ++k)
                    keys.push_back(keys[k] + radix[d] * members[m]);
            for (std::size_t k = 0; k < before; ++k)
                keys[k] += radix[d] * members[0];
        }
        for (const std::uint64_t key : keys)
            visit(numbers.of(key), row);
    }
}

} // namespace plumbline::queries
