// SPDX-License-Identifier: GPL-3.0-or-later
#include <deque>
#include <string>
#include <vector>

#include <csv.h>

#include "importers/input/buffer.h"
#include "importers/input/record_reader.h"

namespace plumbline::input {

namespace {

/// Turns the rows of a table into JSON objects by their header. Cells that hold JSON (objects, arrays, quoted strings:
/// exports write dates like that) become that JSON, empty ones null, everything else a string.
class TableSplitter : public Splitter
{
public:
    explicit TableSplitter(char delimiter)
    {
        // Strict at the end alone: a file cut inside quotes is told apart from one that is whole.
        csv_init(&m_parser, CSV_STRICT_FINI | CSV_APPEND_NULL);
        csv_set_delim(&m_parser, static_cast<unsigned char>(delimiter));
        csv_set_space_func(&m_parser, [](unsigned char) { return 0; });
    }
    ~TableSplitter() override { csv_free(&m_parser); }

    Result<std::optional<Found>> next(Buffer& buffer) override
    {
        if (m_given)
            m_rows.pop_front();
        m_given = false;
        while (m_rows.empty()) {
            if (m_isDone)
                return std::optional<Found>();
            const std::string_view unread = buffer.unread();
            if (!unread.empty()) {
                const std::size_t used = csv_parse(&m_parser, unread.data(), unread.size(), &onCell, &onRow, this);
                if (used != unread.size())
                    return tl::unexpected(Error{.kind = ErrorKind::Malformed,
                                                .reason = csv_strerror(csv_error(&m_parser)),
                                                .record = m_number + 1});
                buffer.drop(unread.size());
            }
            if (m_cellBytes > largestRecord)
                return tl::unexpected(Error{
                    .kind = ErrorKind::TooLarge, .reason = "a record of more than 256 MB", .record = m_number + 1});
            if (m_rows.empty() && !TRY(buffer.more())) {
                m_isDone = true;
                m_isUnended = true;
                if (csv_fini(&m_parser, &onCell, &onRow, this) != 0)
                    return tl::unexpected(Error{
                        .kind = ErrorKind::Malformed, .reason = "the file ends in the middle", .record = m_number + 1});
            }
        }
        m_given = true;
        const Row& row = m_rows.front();
        ++m_number;
        if (!row.bad.empty())
            return std::optional(Found{.bad = BadRecord{m_number, row.bad}});
        return std::optional(
            Found{.record = Record{.text = std::string_view(row.text).substr(0, row.text.size() - json::padding),
                                   .number = m_number,
                                   .mayBeCut = row.isUnended}});
    }

private:
    struct Row
    {
        std::string text = {};
        std::string bad = {};
        bool isUnended = false; ///< no line break behind it
    };

    static void onCell(void* bytes, std::size_t size, void* self)
    {
        auto& splitter = *static_cast<TableSplitter*>(self);
        splitter.m_cells.emplace_back(static_cast<const char*>(bytes), size);
        splitter.m_cellBytes += size;
    }
    static void onRow(int, void* self) { static_cast<TableSplitter*>(self)->endRow(); }

    void endRow()
    {
        m_cellBytes = 0;
        std::vector<std::string> cells;
        cells.swap(m_cells);
        if (cells.empty() || (cells.size() == 1 && cells[0].empty()))
            return;
        if (m_header.empty()) {
            m_header = std::move(cells);
            return;
        }
        Row row{.isUnended = m_isUnended};
        if (cells.size() != m_header.size()) {
            row.bad = "a row of " + std::to_string(cells.size()) + " cells under a header of " +
                      std::to_string(m_header.size());
            m_rows.push_back(std::move(row));
            return;
        }
        row.text = "{";
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i)
                row.text += ",";
            json::appendQuoted(row.text, m_header[i]);
            row.text += ":";
            appendCell(row.text, cells[i]);
        }
        row.text += "}";
        row.text.append(json::padding, ' ');
        m_rows.push_back(std::move(row));
    }

    void appendCell(std::string& into, const std::string& cell)
    {
        if (cell.empty()) {
            into += "null";
            return;
        }
        const char first = cell.front();
        const char last = cell.back();
        const bool mayBeJson = (first == '"' && last == '"' && cell.size() > 1) || (first == '{' && last == '}') ||
                               (first == '[' && last == ']');
        if (mayBeJson && m_json.parseCopy(cell))
            into += cell;
        else
            json::appendQuoted(into, cell);
    }

    csv_parser m_parser = {};
    json::Parser m_json;
    std::vector<std::string> m_header;
    std::vector<std::string> m_cells;
    std::size_t m_cellBytes = 0;
    std::deque<Row> m_rows;
    bool m_given = false;
    bool m_isDone = false, m_isUnended = false;
    std::uint64_t m_number = 0;
};

} // namespace

std::unique_ptr<Splitter> tableSplitter(char delimiter)
{
    return std::make_unique<TableSplitter>(delimiter);
}

} // namespace plumbline::input
