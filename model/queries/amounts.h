// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

#include "model/core/money.h"

namespace plumbline {

/// What nearly every question sums of a call, in eight numbers of 32 bits that are added at once: the buckets, the call
/// itself, and the cost in two halves.
class alignas(32) Amounts
{
public:
    enum Lane : std::size_t
    {
        Uncached,
        CacheRead,
        CacheWrite,
        Visible,
        Reasoning,
        Calls,
        CostLow,
        CostHigh,
        LaneCount,
    };
    Amounts() = default;
    /// Of one call; the cost in picodollars.
    Amounts(std::uint32_t uncached, std::uint32_t cacheRead, std::uint32_t cacheWrite, std::uint32_t visible,
            std::uint32_t reasoning, std::uint64_t cost)
        : m_lanes{uncached,
                  cacheRead,
                  cacheWrite,
                  visible,
                  reasoning,
                  1,
                  static_cast<std::uint32_t>(cost),
                  static_cast<std::uint32_t>(cost >> 32)}
    {
    }
    std::uint32_t operator[](Lane lane) const { return m_lanes[lane]; }

private:
    std::array<std::uint32_t, LaneCount> m_lanes = {};
};

/// Sums of amounts: exact up to 2^32 calls.
class alignas(32) AmountSums
{
public:
    void operator+=(const Amounts& amounts)
    {
        for (std::size_t lane = 0; lane < Amounts::LaneCount; ++lane)
            m_lanes[lane] += amounts[static_cast<Amounts::Lane>(lane)];
    }
    std::int64_t operator[](Amounts::Lane lane) const { return static_cast<std::int64_t>(m_lanes[lane]); }
    std::int64_t calls() const { return (*this)[Amounts::Calls]; }
    MoneySum::Integer cost() const
    {
        return (static_cast<MoneySum::Integer>(m_lanes[Amounts::CostHigh]) << 32) +
               static_cast<MoneySum::Integer>(m_lanes[Amounts::CostLow]);
    }

private:
    std::array<std::uint64_t, Amounts::LaneCount> m_lanes = {};
};

} // namespace plumbline
