// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/bill_writer.h"

#include "model/record/observation_reader.h"

namespace plumbline::record {

Result<BillWriter> BillWriter::open(const store::Database& database, std::int64_t import, store::NameWriter& names)
{
    return BillWriter(
        import, names, TRY(database.prepare("SELECT 1 FROM bill_line WHERE import = ? AND content = ?")),
        TRY(database.prepare("INSERT INTO bill_line(import, content, started, ended, provider, model, meter, project, "
                             "api_key, tier, currency, description, uncached, cache_read, cache_write_5m, "
                             "cache_write_1h, visible, reasoning, audio, searches, requests, cost) "
                             "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")));
}

Result<> BillWriter::add(const ObservedBillLine& line, std::uint64_t content, Recorded& recorded)
{
    TRY(m_known.bind(m_import, content));
    const bool isKnown = TRY(m_known.next());
    m_known.reset();
    if (isKnown) {
        ++recorded.duplicates;
        return {};
    }
    m_insert.clear();
    m_insert.bindAt(1, m_import);
    m_insert.bindAt(2, content);
    m_insert.bindAt(3, line.start.value_or(Timestamp()).microseconds());
    if (line.end)
        m_insert.bindAt(4, line.end->microseconds());
    int parameter = 5;
    for (const std::string_view text :
         {line.provider, line.model, line.meter, line.project, line.apiKey, line.tier, line.currency}) {
        if (const std::int64_t id = TRY(m_names->idOf(text)))
            m_insert.bindAt(parameter, id);
        ++parameter;
    }
    if (!line.description.empty())
        m_insert.bindAt(parameter, line.description);
    for (const std::optional<TokenCount>& bucket : bucketColumns(line.usage))
        m_insert.bindAt(++parameter, bucket);
    m_insert.bindAt(++parameter, line.requests);
    if (line.cost)
        m_insert.bindAt(++parameter, line.cost->picodollars());
    TRY(m_insert.next());
    ++recorded.billLines;
    return {};
}

} // namespace plumbline::record
