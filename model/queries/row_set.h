// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace plumbline::queries {

/// Rows of the call table in the order of time: all from one to another, or a list of some.
class RowSet
{
public:
    RowSet() = default;
    RowSet(std::size_t first, std::size_t end) : m_first(first), m_end(end) {}
    explicit RowSet(std::vector<std::uint32_t> list) : m_isList(true), m_list(std::move(list)) {}

    std::size_t size() const { return m_isList ? m_list.size() : m_end - m_first; }
    bool isRange() const { return !m_isList; }
    bool isEmpty() const { return size() == 0; }
    std::size_t front() const { return m_isList ? m_list.front() : m_first; }
    std::size_t back() const { return m_isList ? m_list.back() : m_end - 1; }

    template <class Visit>
    void forEach(Visit visit) const
    {
        if (m_isList)
            for (const std::uint32_t row : m_list)
                visit(std::size_t{row});
        else
            for (std::size_t row = m_first; row < m_end; ++row)
                visit(row);
    }
    /// The rows for which `keeps` answers 1, not 0.
    template <class Keeps>
    RowSet where(Keeps keeps) const
    {
        std::vector<std::uint32_t> kept(size());
        std::size_t count = 0;
        forEach([&](std::size_t row) {
            kept[count] = static_cast<std::uint32_t>(row);
            count += keeps(row);
        });
        kept.resize(count);
        return RowSet(std::move(kept));
    }
    std::vector<std::uint32_t> list() &&
    {
        if (m_isList)
            return std::move(m_list);
        std::vector<std::uint32_t> rows(size());
        std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(m_first));
        return rows;
    }

private:
    bool m_isList = false;
    std::size_t m_first = 0, m_end = 0;
    std::vector<std::uint32_t> m_list;
};

} // namespace plumbline::queries
