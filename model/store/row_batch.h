// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/store/database.h"

namespace plumbline::store {

/// Rows for one table, inserted many at a time: within one statement SQLite keeps its place in the table, and a row of
/// 19 columns costs a third less. What is not flushed is not in the table: flush before anybody reads it.
class RowBatch
{
public:
    /// `columns`: their names, with commas.
    static Result<RowBatch> open(const Database& database, std::string_view table, std::string_view columns);

    /// Begins a row, with NULL in every column.
    void start();
    // Column counts from 0, as they were named.
    void put(std::size_t column, std::int64_t number);
    void put(std::size_t column, std::uint64_t number) { put(column, static_cast<std::int64_t>(number)); }
    void put(std::size_t column, Blob blob);
    void put(std::size_t column, const std::optional<std::int64_t>& number)
    {
        if (number)
            put(column, *number);
    }
    /// The row is complete; inserts when enough are.
    Result<> end();
    /// Inserts what is left.
    Result<> flush();

private:
    struct Value
    {
        enum class Kind : std::uint8_t
        {
            Null,
            Number,
            Bytes,
        };
        std::int64_t number = 0; ///< or where the bytes begin
        std::uint32_t size = 0;
        Kind kind = Kind::Null;
    };
    RowBatch(Statement one, const Database& database, std::string insert, std::size_t columns);
    Result<> insert(Statement& statement, std::size_t first, std::size_t rows);

    const Database* m_database;
    Statement m_one;
    std::optional<Statement> m_many; ///< prepared when there are as many for the first time
    std::string m_insert;
    std::size_t m_columns;
    std::vector<Value> m_values;
    std::string m_bytes;
};

} // namespace plumbline::store
