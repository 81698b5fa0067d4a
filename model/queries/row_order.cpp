// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/row_order.h"

#include <algorithm>
#include <array>
#include <utility>

namespace plumbline {

namespace {

constexpr unsigned digitBits = 11;
constexpr std::uint64_t digitMask = (1U << digitBits) - 1;

struct Keyed
{
    std::uint64_t key;
    std::uint32_t place;
};

} // namespace

std::vector<std::uint32_t> orderOf(const std::vector<std::int64_t>& values)
{
    std::vector<std::uint32_t> order(values.size());
    if (values.empty())
        return order;
    const auto [least, greatest] = std::minmax_element(values.begin(), values.end());
    const auto zero = static_cast<std::uint64_t>(*least);
    const std::uint64_t reach = static_cast<std::uint64_t>(*greatest) - zero;
    std::vector<Keyed> keyed(values.size()), sorted(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        keyed[i] = {static_cast<std::uint64_t>(values[i]) - zero, static_cast<std::uint32_t>(i)};
    for (unsigned shift = 0; shift < 64 && (reach >> shift) != 0; shift += digitBits) {
        std::array<std::uint32_t, digitMask + 1> starts{};
        for (const Keyed& entry : keyed)
            ++starts[(entry.key >> shift) & digitMask];
        std::uint32_t sum = 0;
        for (std::uint32_t& start : starts)
            sum += std::exchange(start, sum);
        for (const Keyed& entry : keyed)
            sorted[starts[(entry.key >> shift) & digitMask]++] = entry;
        keyed.swap(sorted);
    }
    for (std::size_t i = 0; i < keyed.size(); ++i)
        order[i] = keyed[i].place;
    return order;
}

} // namespace plumbline
