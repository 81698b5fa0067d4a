// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <vector>

#include "model/queries/call_table.h"

namespace plumbline::queries {

/// Rows of a call table by call id. As long as the table.
class RowsById
{
public:
    explicit RowsById(const CallTable& table) : m_ids(table.ids()), m_rows(table.size())
    {
        std::iota(m_rows.begin(), m_rows.end(), 0U);
        std::sort(m_rows.begin(), m_rows.end(), [&](std::uint32_t a, std::uint32_t b) { return m_ids[a] < m_ids[b]; });
    }
    std::optional<std::uint32_t> of(std::int64_t id) const
    {
        const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), id,
                                         [&](std::uint32_t row, std::int64_t wanted) { return m_ids[row] < wanted; });
        return at != m_rows.end() && m_ids[*at] == id ? std::optional(*at) : std::nullopt;
    }

private:
    const std::vector<std::int64_t>& m_ids;
    std::vector<std::uint32_t> m_rows;
};

} // namespace plumbline::queries
