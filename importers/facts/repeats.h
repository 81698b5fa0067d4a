// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_map>

namespace plumbline::facts {

/// Counts the records of a file that are equal: those of a log stand close to each other.
class Repeats
{
public:
    /// How many like it came before.
    std::uint64_t before(std::string_view record)
    {
        constexpr std::size_t most = 1'000'000;
        if (m_seen.size() >= most)
            m_seen.clear();
        return m_seen[std::hash<std::string_view>{}(record)]++;
    }

private:
    std::unordered_map<std::size_t, std::uint64_t> m_seen;
};

} // namespace plumbline::facts
