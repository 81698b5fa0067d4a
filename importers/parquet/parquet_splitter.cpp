// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parquet/parquet_splitter.h"

#include "importers/json/json.h"

namespace plumbline::input {

namespace {

class ParquetSplitter : public Splitter
{
public:
    explicit ParquetSplitter(parquet::Reader reader) : m_reader(std::move(reader)) {}

    Result<std::optional<Found>> next(Buffer&) override
    {
        m_row.clear();
        Result<bool> isRow = m_reader.appendNextRow(m_row);
        if (!isRow) {
            Error error = std::move(isRow).error();
            error.record = m_number + 1;
            return tl::unexpected(std::move(error));
        }
        if (!*isRow)
            return std::optional<Found>();
        const std::size_t size = m_row.size();
        m_row.append(json::padding, ' ');
        return std::optional(
            Found{.record = Record{.text = std::string_view(m_row).substr(0, size), .number = ++m_number}});
    }

private:
    parquet::Reader m_reader;
    std::string m_row; ///< the row handed out last, and the padding behind it
    std::uint64_t m_number = 0;
};

} // namespace

std::unique_ptr<Splitter> parquetSplitter(parquet::Reader reader)
{
    return std::make_unique<ParquetSplitter>(std::move(reader));
}

} // namespace plumbline::input
