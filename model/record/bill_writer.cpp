// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/bill_writer.h"

#include "model/record/observation_reader.h"

namespace plumbline::record {

Result<BillWriter> BillWriter::open(const store::Workspace& workspace, std::int64_t import, store::NameWriter& names)
{
    const store::Database& database = workspace.database();
    return BillWriter(
        workspace.hasher(), import, names,
        TRY(database.prepare("SELECT 1 FROM bill_line WHERE import = ? AND content = ? AND file = ?")),
        TRY(database.prepare("INSERT INTO bill_line(import, content, started, ended, provider, model, meter, project, "
                             "api_key, tier, currency, description, uncached, cache_read, cache_write_5m, "
                             "cache_write_1h, visible, reasoning, audio, searches, requests, cost, file, statement) "
                             "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")));
}

/// What a line is about, without its figures.
std::uint64_t BillWriter::statementOf(const ObservedBillLine& line) const
{
    std::string about;
    for (const std::string_view text :
         {line.provider, line.model, line.meter, line.project, line.apiKey, line.tier, line.currency, line.description})
        about.append(text).push_back('\0');
    for (const std::optional<Timestamp>& time : {line.start, line.end})
        about += (time ? std::to_string(time->microseconds()) : std::string()) + '\0';
    return m_hasher.hash64(about);
}

Result<> BillWriter::add(const ObservedBillLine& line, std::uint64_t content, Recorded& recorded)
{
    TRY(m_known.bind(m_import, content, m_file));
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
    ++parameter;
    if (line.cost)
        m_insert.bindAt(parameter, line.cost->picodollars());
    m_insert.bindAt(++parameter, m_file);
    ++parameter;
    if (line.isStatement)
        m_insert.bindAt(parameter, statementOf(line));
    TRY(m_insert.next());
    ++recorded.billLines;
    return {};
}

} // namespace plumbline::record
