// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/completeness.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "model/record/report_json.h"

namespace plumbline::queries {

namespace {

constexpr std::int64_t noStart = std::numeric_limits<std::int64_t>::min();

std::int64_t countIn(const std::vector<Uncounted::Span>& spans, const std::optional<Period>& period)
{
    if (!period)
        return static_cast<std::int64_t>(spans.size());
    const auto at = [&](Timestamp time) {
        return std::lower_bound(spans.begin(), spans.end(), Uncounted::Span{.started = time.microseconds()});
    };
    return std::max<std::int64_t>(0, at(period->end) - at(period->first));
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

void Uncounted::take(store::Statement& unbilled)
{
    (unbilled.integer(0) == 0 ? wrappers : otherWitnesses)
        .push_back({unbilled.optionalInteger(1).value_or(noStart), unbilled.integer(2)});
}

void Uncounted::sort()
{
    for (std::vector<Span>* spans : {&wrappers, &otherWitnesses})
        std::sort(spans->begin(), spans->end());
}

Result<> Uncounted::readReports(const store::Database& database)
{
    duplicatesDropped = 0;
    recordsSkipped = 0;
    store::Statement reports = TRY(database.prepare("SELECT report FROM import WHERE finished IS NOT NULL"));
    while (TRY(reports.next())) {
        const ImportReport report = record::reportFromJson(reports.text(0));
        duplicatesDropped += static_cast<std::int64_t>(report.duplicates);
        recordsSkipped += static_cast<std::int64_t>(report.skippedRecords());
    }
    return {};
}

Result<Uncounted> Uncounted::load(const store::Database& database)
{
    Uncounted uncounted;
    store::Statement unbilled = TRY(database.prepare("SELECT reason, started, trace FROM unbilled"));
    while (TRY(unbilled.next()))
        uncounted.take(unbilled);
    uncounted.sort();
    TRY(uncounted.readReports(database));
    return uncounted;
}

Result<Uncounted> Uncounted::updated(const store::Database& database, const std::vector<std::int64_t>& traces) const
{
    Uncounted next = *this;
    const auto isChanged = [&](const Span& span) {
        return std::binary_search(traces.begin(), traces.end(), span.trace);
    };
    std::erase_if(next.wrappers, isChanged);
    std::erase_if(next.otherWitnesses, isChanged);
    store::Statement& unbilled = *TRY(
        database.kept("SELECT reason, started, trace FROM unbilled WHERE observation IN (SELECT id FROM observation "
                      "WHERE observation.trace = ?)"));
    for (const std::int64_t trace : traces) {
        TRY(unbilled.bind(trace));
        while (TRY(unbilled.next()))
            next.take(unbilled);
    }
    unbilled.reset();
    next.sort();
    TRY(next.readReports(database));
    return next;
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
