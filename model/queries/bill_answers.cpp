// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/bill_answers.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "model/queries/snapshot.h"
#include "model/record/observation_reader.h"

namespace plumbline {

namespace {

/// A statement, to compare with others about the same.
struct StatedLine
{
    std::string about;
    std::int64_t start, end; ///< microseconds
    std::size_t row;
};

std::string aboutOf(const BillRow& row)
{
    std::string about;
    for (const std::string* text :
         {&row.provider, &row.model, &row.meter, &row.project, &row.apiKey, &row.tier, &row.currency, &row.description})
        about.append(*text).push_back('\0');
    return about;
}

/// Takes out what lies within the time of another statement about the same: the hours of a day that is there whole.
void dropWithinWider(std::vector<BillRow>& rows, std::vector<StatedLine> statements)
{
    std::sort(statements.begin(), statements.end(), [](const StatedLine& a, const StatedLine& b) {
        return std::tie(a.about, a.start, b.end) < std::tie(b.about, b.start, a.end);
    });
    std::vector<bool> isWithin(rows.size(), false);
    const StatedLine* widest = nullptr; // of those before: the one that ends last
    for (const StatedLine& one : statements) {
        const bool hasWider = widest && widest->about == one.about && widest->end >= one.end;
        if (hasWider)
            isWithin[one.row] = widest->end - widest->start > one.end - one.start;
        else
            widest = &one;
    }
    std::size_t row = 0;
    std::erase_if(rows, [&](const BillRow&) { return isWithin[row++]; });
}

} // namespace

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
    std::vector<StatedLine> statements;
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
        if (query.integer(23) != 0 && row.end)
            statements.push_back({.about = aboutOf(row),
                                  .start = row.start.microseconds(),
                                  .end = row.end->microseconds(),
                                  .row = answer.rows.size()});
        answer.rows.push_back(std::move(row));
    }
    dropWithinWider(answer.rows, std::move(statements));
    std::map<std::string, MoneySum> totals;
    for (const BillRow& row : answer.rows)
        if (row.cost)
            totals[row.currency.empty() ? "USD" : row.currency] += *row.cost;
    answer.totals.assign(totals.begin(), totals.end());
    return answer;
}

} // namespace plumbline
