// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/bill_answers.h"

#include <map>

#include "model/queries/bill_repeats.h"
#include "model/queries/snapshot.h"
#include "model/record/observation_reader.h"

namespace plumbline {

Result<BillsAnswer> Queries::bills(const std::optional<Period>& period, const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    store::Statement query = TRY(connection.workspace().database().prepare(
        "SELECT provider.value, model.value, meter.value, project.value, api_key.value, tier.value, currency.value, "
        "line.description, import.name, line.started, line.ended, line.uncached, line.cache_read, "
        "line.cache_write_5m, line.cache_write_1h, line.visible, line.reasoning, line.audio, line.searches, "
        "line.requests, line.cost, min(line.id), import.id, line.statement IS NOT NULL "
        "FROM bill_line AS line JOIN import ON import.id = line.import "
        "LEFT JOIN name AS provider ON provider.id = line.provider LEFT JOIN name AS model ON model.id = line.model "
        "LEFT JOIN name AS meter ON meter.id = line.meter LEFT JOIN name AS project ON project.id = line.project "
        "LEFT JOIN name AS api_key ON api_key.id = line.api_key LEFT JOIN name AS tier ON tier.id = line.tier "
        "LEFT JOIN name AS currency ON currency.id = line.currency "
        "WHERE import.finished IS NOT NULL AND (?1 IS NULL OR (line.started >= ?1 AND line.started < ?2)) "
        // What a newer export states of the same replaces it.
        "AND NOT EXISTS (SELECT 1 FROM bill_line AS newer "
        "JOIN import AS newer_import ON newer_import.id = newer.import WHERE newer.statement = line.statement AND "
        "newer_import.finished IS NOT NULL "
        "AND (newer.import, newer.file) > (line.import, line.file)) "
        "GROUP BY line.content ORDER BY 1, line.started, 2, 3, min(line.id)"));
    if (period)
        TRY(query.bind(period->first.microseconds(), period->end.microseconds()));
    BillsAnswer answer;
    while (TRY(query.next())) {
        BillRow row;
        std::string* texts[] = {&row.provider, &row.model,    &row.meter,       &row.project, &row.apiKey,
                                &row.tier,     &row.currency, &row.description, &row.source};
        for (int i = 0; i < 9; ++i)
            *texts[i] = query.text(i);
        row.start = Timestamp(query.integer(9));
        if (const auto end = query.optionalInteger(10))
            row.end = Timestamp(*end);
        row.usage = record::readUsage(query, 11);
        row.requests = query.optionalInteger(19);
        if (const auto cost = query.optionalInteger(20))
            row.cost = Money(*cost);
        row.import = query.integer(22);
        row.isStatement = query.integer(23) != 0;
        answer.rows.push_back(std::move(row));
    }
    queries::dropWithinWider(answer.rows);
    queries::markRetold(answer.rows);
    std::map<std::string, MoneySum> totals;
    for (const BillRow& row : answer.rows)
        if (row.cost && !row.isRetold)
            totals[row.currency.empty() ? "USD" : row.currency] += *row.cost;
    answer.totals.assign(totals.begin(), totals.end());
    return answer;
}

} // namespace plumbline
