// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/store/row_batch.h"

#include <algorithm>

namespace plumbline::store {

namespace {

/// More gain nothing (measured with 19 columns: 8 rows 0 %, 32 rows 25 %, 128 rows 31 %, 500 rows 29 % less CPU).
constexpr std::size_t rowsAtOnce = 128;
/// Rows this large cost by their bytes: to wait for more of them only takes memory.
constexpr std::size_t mostBytes = std::size_t{1} << 20;

} // namespace

Result<RowBatch> RowBatch::open(const Database& database, std::string_view table, std::string_view columns)
{
    const auto count = static_cast<std::size_t>(std::count(columns.begin(), columns.end(), ',')) + 1;
    std::string insert = "INSERT INTO " + std::string(table) + "(" + std::string(columns) + ") VALUES";
    std::string row = "(?";
    for (std::size_t i = 1; i < count; ++i)
        row += ",?";
    row += ")";
    Statement one = TRY(database.prepare(insert + row));
    insert += row;
    for (std::size_t i = 1; i < rowsAtOnce; ++i)
        insert.append(",").append(row);
    return RowBatch(std::move(one), database, std::move(insert), count);
}

RowBatch::RowBatch(Statement one, const Database& database, std::string insert, std::size_t columns)
    : m_database(&database), m_one(std::move(one)), m_insert(std::move(insert)), m_columns(columns)
{
    m_values.reserve(columns * rowsAtOnce);
}

void RowBatch::start()
{
    m_values.resize(m_values.size() + m_columns);
}

void RowBatch::put(std::size_t column, std::int64_t number)
{
    m_values[m_values.size() - m_columns + column] = {.number = number, .kind = Value::Kind::Number};
}

void RowBatch::put(std::size_t column, Blob blob)
{
    m_values[m_values.size() - m_columns + column] = {.number = static_cast<std::int64_t>(m_bytes.size()),
                                                      .size = static_cast<std::uint32_t>(blob.bytes.size()),
                                                      .kind = Value::Kind::Bytes};
    m_bytes.append(blob.bytes);
}

Result<> RowBatch::end()
{
    const bool isFull = m_values.size() == m_columns * rowsAtOnce || m_bytes.size() > mostBytes;
    return isFull ? flush() : Result<>();
}

Result<> RowBatch::flush()
{
    const std::size_t rows = m_values.size() / m_columns;
    Result<> done;
    if (rows == rowsAtOnce) {
        if (!m_many)
            m_many = TRY(m_database->prepare(m_insert));
        done = insert(*m_many, 0, rows);
    } else {
        for (std::size_t row = 0; row < rows && done; ++row)
            done = insert(m_one, row, 1);
    }
    m_values.clear();
    m_bytes.clear();
    return done;
}

Result<> RowBatch::insert(Statement& statement, std::size_t first, std::size_t rows)
{
    statement.clear();
    const Value* value = m_values.data() + first * m_columns;
    const int last = static_cast<int>(rows * m_columns);
    for (int parameter = 1; parameter <= last; ++parameter, ++value) {
        if (value->kind == Value::Kind::Number)
            statement.bindAt(parameter, value->number);
        else if (value->kind == Value::Kind::Bytes)
            statement.bindAt(parameter, Blob{std::string_view(m_bytes).substr(static_cast<std::size_t>(value->number),
                                                                              value->size)});
    }
    TRY(statement.next());
    statement.reset();
    return {};
}

} // namespace plumbline::store
