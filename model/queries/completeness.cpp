// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/completeness.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "model/record/report_json.h"

namespace plumbline::queries {

namespace {

constexpr std::int64_t noStart = std::numeric_limits<std::int64_t>::min();

std::int64_t countIn(const std::vector<std::int64_t>& starts, const std::optional<Period>& period)
{
    if (!period)
        return static_cast<std::int64_t>(starts.size());
    const auto first = std::lower_bound(starts.begin(), starts.end(), period->first.microseconds());
    return std::max<std::int64_t>(0,
                                  std::lower_bound(starts.begin(), starts.end(), period->end.microseconds()) - first);
}

std::vector<std::int64_t> callsByOrigin(const CallTable& table, const RowSet& rows)
{
    std::vector<std::int64_t> calls(table.originFacts().size(), 0);
    if (rows.size() == table.size())
        for (std::size_t i = 0; i < calls.size(); ++i)
            calls[i] = table.originFacts()[i].calls;
    else
        rows.forEach([&](std::size_t row) { ++calls[table.origins()[row]]; });
    return calls;
}

std::int64_t hoursWithData(const CallTable& table, const RowSet& rows)
{
    if (rows.isRange()) {
        const std::vector<std::uint32_t>& starts = table.hourStarts();
        return std::upper_bound(starts.begin(), starts.end(), rows.back()) -
               std::upper_bound(starts.begin(), starts.end(), rows.front()) + 1;
    }
    std::int64_t hours = 0;
    std::uint32_t lastHour = std::numeric_limits<std::uint32_t>::max();
    rows.forEach([&](std::size_t row) { hours += std::exchange(lastHour, table.hours()[row]) != table.hours()[row]; });
    return hours;
}

} // namespace

Result<Uncounted> Uncounted::load(const store::Database& database)
{
    Uncounted uncounted;
    store::Statement unbilled = TRY(database.prepare("SELECT reason, started FROM unbilled"));
    while (TRY(unbilled.next()))
        (unbilled.integer(0) == 0 ? uncounted.wrappers : uncounted.otherWitnesses)
            .push_back(unbilled.optionalInteger(1).value_or(noStart));
    std::sort(uncounted.wrappers.begin(), uncounted.wrappers.end());
    std::sort(uncounted.otherWitnesses.begin(), uncounted.otherWitnesses.end());
    store::Statement reports = TRY(database.prepare("SELECT report FROM import WHERE finished IS NOT NULL"));
    while (TRY(reports.next())) {
        const ImportReport report = record::reportFromJson(reports.text(0));
        uncounted.duplicatesDropped += static_cast<std::int64_t>(report.duplicates);
        uncounted.recordsSkipped += static_cast<std::int64_t>(report.skippedRecords());
    }
    return uncounted;
}

Completeness completenessOf(const CallTable& table, const Uncounted& uncounted, const RowSet& rows,
                            const std::optional<Period>& period)
{
    Completeness completeness;
    const std::vector<std::int64_t> callsOf = callsByOrigin(table, rows);
    for (std::size_t i = 0; i < callsOf.size(); ++i) {
        const CallTable::Origin& origin = table.originFacts()[i];
        const auto callsIf = [&](bool holds) { return holds ? callsOf[i] : 0; };
        completeness.callsWithoutUsage += callsIf(!origin.hasUsage());
        completeness.unpricedCalls += callsIf(origin.hasUsage() && !(origin.known & CallTable::Cost));
        completeness.ambiguousUsage += callsIf(origin.flags & record::UsageAmbiguous);
        completeness.correctedUsage += callsIf(origin.flags & record::UsageCorrected);
        completeness.estimatedUsage += callsIf(origin.flags & record::UsageMayBeEstimated);
        completeness.truncatedPrompts += callsIf(origin.flags & record::PromptTruncated);
    }
    completeness.calls = static_cast<std::int64_t>(rows.size());
    if (!rows.isEmpty())
        completeness.hoursWithoutData =
            std::int64_t{table.hours()[rows.back()]} - table.hours()[rows.front()] + 1 - hoursWithData(table, rows);
    completeness.wrapperSpans = countIn(uncounted.wrappers, period);
    completeness.otherWitnesses = countIn(uncounted.otherWitnesses, period);
    completeness.duplicatesDropped = uncounted.duplicatesDropped;
    completeness.recordsSkipped = uncounted.recordsSkipped;
    return completeness;
}

} // namespace plumbline::queries
