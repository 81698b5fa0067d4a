// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include "model/analysis/labelling.h"
#include "model/analysis/scope_reader.h"
#include "model/queries/snapshot.h"
#include "model/queries/what_if_state.h"
#include "model/record/pricing.h"
#include "model/simulation/world_builder.h"
#include "model/store/names.h"

namespace plumbline {

namespace {

/// ± of a segment's tokens (drains-and-simulation.md §3.4).
double errorOf(SplitMethod method)
{
    switch (method) {
    case SplitMethod::Reconciled:
    case SplitMethod::Calibrated:
        return 0.02;
    case SplitMethod::Heuristic:
        return 0.05;
    case SplitMethod::Unsplit:
        break;
    }
    return 0.15;
}

/// Calls by id, as the snapshot has them.
struct Selected
{
    std::vector<bool> calls;
    std::set<std::int64_t> features = {}; ///< name.id; 0: unallocated

    bool holds(std::int64_t id) const
    {
        return static_cast<std::size_t>(id) < calls.size() && calls[static_cast<std::size_t>(id)];
    }
};

} // namespace

Result<std::vector<std::int64_t>> Queries::callIds(const Filter& filter, const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    queries::Selector selector = TRY(m_snapshot->selector(connection.workspace()));
    std::vector<std::int64_t> ids;
    TRY(selector.rowsOf(filter, stop)).forEach([&](std::size_t row) { ids.push_back(m_snapshot->table.ids()[row]); });
    return ids;
}

Result<std::shared_ptr<WhatIf>> Queries::whatIf(const Filter& filter, const ProgressSink& progress,
                                                const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const CallTable& table = m_snapshot->table;
    queries::Selector selector = TRY(m_snapshot->selector(workspace));
    const queries::RowSet rows = TRY(selector.rowsOf(filter, stop));
    Selected selected;
    const CodedColumn& features = table.column(CallTable::Feature);
    rows.forEach([&](std::size_t row) {
        const auto id = static_cast<std::size_t>(table.ids()[row]);
        if (id >= selected.calls.size())
            selected.calls.resize(id + id / 2 + 1);
        selected.calls[id] = true;
        selected.features.insert(features.idOf(features.codes()[table.origins()[row]]));
    });
    const store::ReadTransaction transaction = TRY(store::ReadTransaction::begin(workspace.database()));
    // In two steps: what is made within an expression that is left halfway is never destroyed.
    const std::shared_ptr<const PriceBook> book = TRY(record::priceBookOf(workspace));
    analysis::ScopeReader reader = TRY(analysis::ScopeReader::open(workspace, book));
    store::NameReader names = TRY(store::NameReader::open(workspace.database()));
    const DrainThresholds thresholds = TRY(plumbline::drainThresholds(workspace));
    simulation::WorldBuilder builder(
        [&](std::uint32_t name) -> Result<std::string> { return std::string(TRY(names.textOf(name))); },
        [&](std::int64_t time) { return static_cast<std::int32_t>(m_snapshot->calendar.dayOf(Timestamp(time))); });
    double error = 0;
    std::int64_t calls = 0, withoutPrompts = 0, unpriced = 0, withoutUsage = 0;
    std::uint64_t done = 0;
    for (const std::int64_t feature : selected.features) {
        TRY(stop.check());
        if (progress)
            progress({.what = "laying out calls", .done = done++, .total = selected.features.size()});
        analysis::ReadScope read = TRY(reader.read(feature, stop));
        analysis::Claims claims = TRY(analysis::labelled(read.scope, thresholds, stop));
        for (std::size_t i = 0; i < read.scope.calls.size(); ++i) {
            const analysis::ScopeCall& call = read.scope.calls[i];
            if (!selected.holds(call.id))
                continue;
            ++calls;
            error += errorOf(read.methods[i]);
            withoutPrompts += call.partsEnd - call.parts <= 1;
            unpriced += call.hasUsage && call.rates == analysis::none;
            withoutUsage += !call.hasUsage;
        }
        const std::string name =
            feature ? std::string(TRY(names.textOf(feature))) : std::string(missingValue(Dimension::Feature));
        TRY(builder.add(read.scope, name, std::move(claims).finish(),
                        [&](std::int64_t id) { return selected.holds(id); }));
    }
    simulation::World world = std::move(builder).finish();
    if (const auto all = extent()) {
        // A month that is not over yet has as many days as it has calls.
        const Period period = filter.period.value_or(*all);
        const auto dayOf = [&](std::int64_t time) { return m_snapshot->calendar.dayOf(Timestamp(time)); };
        const std::int64_t first = std::max(period.first, all->first).microseconds();
        const std::int64_t last = std::min(period.end, all->end).microseconds() - 1;
        world.periodDays = std::max(world.days, last >= first ? dayOf(last) - dayOf(first) + 1 : 0);
    }
    auto state = std::make_unique<WhatIfBuilder::State>(*this, filter,
                                                        std::make_shared<const simulation::World>(std::move(world)));
    state->attributionError = calls > 0 ? error / static_cast<double>(calls) : 0;
    state->withoutPrompts = withoutPrompts;
    state->unpriced = unpriced;
    state->withoutUsage = withoutUsage;
    return WhatIfBuilder::wrap(std::move(state));
}

} // namespace plumbline
