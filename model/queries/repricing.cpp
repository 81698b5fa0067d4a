// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/repricing.h"

#include <map>
#include <unordered_map>

#include "model/prices/overrides_json.h"
#include "model/queries/snapshot.h"
#include "model/record/settle.h"

namespace plumbline {

Result<RepricePreview> Queries::previewPrices(const std::optional<PriceOverrides>& overrides,
                                              const ProgressSink& progress, const StopToken& stop) const
{
    // Settled for real and never committed, as with rules.
    store::Workspace workspace = TRY(store::Workspace::open(m_snapshot->path, store::OpenMode::ReadWrite));
    workspace.database().interruptOn(stop);
    const store::Transaction transaction = TRY(store::Transaction::begin(workspace.database()));
    if (overrides)
        TRY(workspace.setSetting(store::setting::priceOverrides, toJson(*overrides)));
    TRY(workspace.database().execute("CREATE TEMP TABLE cost_before AS SELECT id, cost FROM call; CREATE INDEX "
                                     "temp.cost_before_id ON cost_before(id);"));
    record::Settler settler = TRY(record::Settler::open(workspace));
    TRY(settler.settleAll(progress, stop));

    RepricePreview preview;
    std::map<std::int32_t, RepricedMonth> months;
    store::Statement query =
        TRY(workspace.database().prepare("SELECT call.started, call.cost, cost_before.cost FROM call LEFT JOIN "
                                         "cost_before ON cost_before.id = call.id"));
    while (TRY(query.next())) {
        const std::int32_t day = m_snapshot->calendar.dayOf(Timestamp(query.integer(0)));
        RepricedMonth& month = months[m_snapshot->calendar.monthOfDay(day)];
        const auto after = query.optionalInteger(1);
        const auto before = query.optionalInteger(2);
        ++month.calls;
        month.before += Money(before.value_or(0));
        month.after += Money(after.value_or(0));
        month.movedCalls += before != after;
        preview.movedCalls += before != after;
    }
    for (auto& [number, month] : months) {
        month.month = ReportingCalendar::monthText(number);
        preview.months.push_back(std::move(month));
    }
    return preview;
}

} // namespace plumbline
