// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace plumbline::sample {

/// SplitMix64's finaliser: every bit of the result depends on every bit of `value`.
constexpr std::uint64_t mix(std::uint64_t value)
{
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

constexpr std::uint64_t mix(std::uint64_t base, std::uint64_t value)
{
    return mix(base ^ (value * 0xd6e8feb86659fd93u + 0x2545f4914f6cdd1du));
}

/// FNV-1a, mixed: names of streams are short.
constexpr std::uint64_t mix(std::uint64_t base, std::string_view name)
{
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return mix(base, hash);
}

template <class First, class Second, class... Rest>
constexpr std::uint64_t mix(std::uint64_t base, First first, Second second, Rest... rest)
{
    return mix(mix(base, first), second, rest...);
}

/// A stream of random integers that is the same on every machine: only integer arithmetic, and none of the
/// distributions of `std`, whose results the standard leaves open. Streams are made by name – seed, feature, unit,
/// purpose – so that one more draw for one purpose disturbs no other: two data sets that differ in one drain agree in
/// everything else.
class Random
{
public:
    constexpr explicit Random(std::uint64_t stream) : m_state(mix(stream)) {}

    constexpr std::uint64_t next()
    {
        m_state += 0x9e3779b97f4a7c15u;
        std::uint64_t value = m_state;
        value = (value ^ (value >> 32)) * 0xd6e8feb86659fd93u;
        return value ^ (value >> 32);
    }

    /// 0 to `bound` - 1.
    constexpr std::uint32_t below(std::uint32_t bound)
    {
        return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
    }

    /// `low` to `high`, both included.
    constexpr std::int64_t between(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint32_t>(high - low + 1)));
    }

    constexpr bool chance(std::uint32_t perMillion) { return below(1'000'000) < perMillion; }

    /// A hump between 60 % and 150 % of `middle`: real sizes scatter, and no detector may call that an outlier.
    constexpr std::int64_t around(std::int64_t middle)
    {
        const std::int64_t percent = 60 + below(31) + below(31) + below(31);
        return middle * percent / 100;
    }

    template <class List>
    constexpr const auto& oneOf(const List& list)
    {
        return list[below(static_cast<std::uint32_t>(list.size()))];
    }

private:
    std::uint64_t m_state;
};

} // namespace plumbline::sample
