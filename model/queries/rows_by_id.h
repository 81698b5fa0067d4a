// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "model/queries/call_table.h"
#include "model/store/span_witnesses.h"

namespace plumbline::queries {

/// Rows of a call table by call id. As long as the table.
class RowsById
{
public:
    explicit RowsById(const CallTable& table) : RowsById(table, allRows(table)) {}
    /// Of some rows alone.
    RowsById(const CallTable& table, std::vector<std::uint32_t> rows) : m_ids(table.ids()), m_rows(std::move(rows))
    {
        std::sort(m_rows.begin(), m_rows.end(), [&](std::uint32_t a, std::uint32_t b) { return m_ids[a] < m_ids[b]; });
    }
    std::optional<std::uint32_t> of(std::int64_t id) const
    {
        const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), id,
                                         [&](std::uint32_t row, std::int64_t wanted) { return m_ids[row] < wanted; });
        return at != m_rows.end() && m_ids[*at] == id ? std::optional(*at) : std::nullopt;
    }

private:
    static std::vector<std::uint32_t> allRows(const CallTable& table)
    {
        std::vector<std::uint32_t> rows(table.size());
        std::iota(rows.begin(), rows.end(), 0U);
        return rows;
    }

    const std::vector<std::int64_t>& m_ids;
    std::vector<std::uint32_t> m_rows;
};

/// Rows of the calls that observations are witnesses of: a call bears the lowest id of its span's witnesses.
class RowsOfObservations
{
public:
    static Result<RowsOfObservations> open(const store::Database& database, const CallTable& table)
    {
        return open(database, RowsById(table));
    }
    static Result<RowsOfObservations> open(const store::Database& database, RowsById rows)
    {
        return RowsOfObservations(std::move(rows), TRY(store::SpanWitnesses::open(database)));
    }
    /// `span` is the packed id. Empty: of no call.
    Result<std::optional<std::uint32_t>> of(std::int64_t observation, std::int64_t trace, std::string_view span)
    {
        auto row = m_rows.of(observation);
        if (row)
            return row;
        const std::vector<std::int64_t>& witnesses = *TRY(m_witnesses.of(trace, span));
        return witnesses.empty() ? std::nullopt : m_rows.of(witnesses.front());
    }

private:
    RowsOfObservations(RowsById rows, store::SpanWitnesses witnesses)
        : m_rows(std::move(rows)), m_witnesses(std::move(witnesses))
    {
    }

    RowsById m_rows;
    store::SpanWitnesses m_witnesses;
};

} // namespace plumbline::queries
