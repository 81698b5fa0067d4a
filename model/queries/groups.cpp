// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/groups.h"

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
        codes.push_back(static_cast<std::uint32_t>(m_mixed[group] / m_radix[d] % m_counts[d]));
    return codes;
}

} // namespace plumbline::queries
