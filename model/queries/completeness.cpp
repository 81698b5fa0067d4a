// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/completeness.h"

#include <limits>

#include "model/record/observation.h"
#include "model/record/report_json.h"

namespace plumbline::queries {

Result<Completeness> completenessOf(const store::Workspace& workspace, const CallTable& table,
                                    const std::vector<std::uint32_t>& rows, const std::optional<Period>& period)
{
    Completeness completeness;
    std::int64_t hoursWithData = 0;
    std::int32_t lastHour = std::numeric_limits<std::int32_t>::min();
    for (const std::uint32_t row : rows) {
        const unsigned known = table.known()[row];
        const bool hasUsage = known & (CallTable::Input | CallTable::Output);
        completeness.callsWithoutUsage += !hasUsage;
        completeness.unpricedCalls += hasUsage && !(known & CallTable::Cost);
        hoursWithData += table.localHour()[row] != lastHour;
        lastHour = table.localHour()[row];
        const unsigned flags = table.flags()[row];
        if (flags == 0)
            continue; // nearly all of them
        completeness.ambiguousUsage += (flags & record::UsageAmbiguous) != 0;
        completeness.correctedUsage += (flags & record::UsageCorrected) != 0;
        completeness.estimatedUsage += (flags & record::UsageMayBeEstimated) != 0;
        completeness.truncatedPrompts += (flags & record::PromptTruncated) != 0;
    }
    completeness.calls = static_cast<std::int64_t>(rows.size());
    if (!rows.empty())
        completeness.hoursWithoutData =
            std::int64_t{table.localHour()[rows.back()]} - table.localHour()[rows.front()] + 1 - hoursWithData;

    const store::Database& database = workspace.database();
    store::Statement unbilled = TRY(database.prepare(
        "SELECT reason, count(*) FROM unbilled WHERE ?1 IS NULL OR (started >= ?1 AND started < ?2) GROUP BY reason"));
    if (period)
        TRY(unbilled.bind(period->first.microseconds(), period->end.microseconds()));
    while (TRY(unbilled.next()))
        (unbilled.integer(0) == 0 ? completeness.wrapperSpans : completeness.otherWitnesses) += unbilled.integer(1);
    store::Statement reports = TRY(database.prepare("SELECT report FROM import WHERE finished IS NOT NULL"));
    while (TRY(reports.next())) {
        const ImportReport report = record::reportFromJson(reports.text(0));
        completeness.duplicatesDropped += static_cast<std::int64_t>(report.duplicates);
        completeness.recordsSkipped += static_cast<std::int64_t>(report.skippedRecords());
    }
    return completeness;
}

} // namespace plumbline::queries
