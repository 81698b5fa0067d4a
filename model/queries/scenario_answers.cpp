// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <set>

#include "model/queries/snapshot.h"
#include "model/simulation/saved_scenarios.h"

namespace plumbline {

namespace {

constexpr std::int64_t monthBefore = 30 * microsecondsPerDay;
/// What a feature's traces cost, and how many they are.
using ByFeature = std::map<std::uint32_t, std::pair<std::int64_t, MoneySum>>;

/// Of the calls that the scenario's levers are about.
Result<ByFeature> byFeature(queries::Selector& selector, const CallTable& table, const Scenario& scenario,
                            const Period& period, const StopToken& stop)
{
    std::vector<std::vector<Condition>> scopes;
    for (const LeverUse& use : scenario.levers)
        if (use.isOn)
            scopes.push_back(use.scope);
    if (scopes.empty())
        scopes.emplace_back();
    std::vector<bool> isMeant(table.ids().size());
    for (const std::vector<Condition>& scope : scopes) {
        Filter filter{.period = period, .conditions = scenario.filter};
        filter.conditions.insert(filter.conditions.end(), scope.begin(), scope.end());
        TRY(selector.rowsOf(filter, stop)).forEach([&](std::size_t row) { isMeant[row] = true; });
    }
    ByFeature features;
    std::set<std::pair<std::uint32_t, std::uint32_t>> traces; // of a feature
    const CodedColumn &feature = table.column(CallTable::Feature), &trace = table.column(CallTable::Trace);
    for (std::size_t row = 0; row < isMeant.size(); ++row) {
        if (!isMeant[row])
            continue;
        const std::uint32_t of = feature.codes()[table.origins()[row]];
        auto& [count, cost] = features[of];
        count += traces.emplace(of, trace.codes()[row]).second;
        cost += Money(table.cost()[row]);
    }
    return features;
}

/// A month's worth of what traces since then cost less than as many of the same feature did in the thirty days before:
/// a trace is a unit of work, however many calls it takes. Work that is no longer asked for at all is not seen.
Result<std::optional<MoneySum>> realisedSince(queries::Selector& selector, const CallTable& table,
                                              const std::optional<Period>& extent, const SavedScenario& saved,
                                              const StopToken& stop)
{
    if (!saved.since || !extent || extent->end <= *saved.since)
        return std::optional<MoneySum>();
    const std::int64_t since = saved.since->microseconds();
    const Period then{Timestamp(since - monthBefore), Timestamp(since)}, now{Timestamp(since), extent->end};
    const ByFeature before = TRY(byFeature(selector, table, saved.scenario, then, stop));
    const ByFeature after = TRY(byFeature(selector, table, saved.scenario, now, stop));
    double saving = 0; // picodollars: an estimate of what was not spent
    bool isAny = false;
    for (const auto& [feature, traces] : after) {
        const auto known = before.find(feature);
        if (known == before.end() || known->second.first == 0)
            continue;
        isAny = true;
        const double perTrace =
            static_cast<double>(known->second.second.picodollars()) / static_cast<double>(known->second.first);
        saving += perTrace * static_cast<double>(traces.first) - static_cast<double>(traces.second.picodollars());
    }
    if (!isAny)
        return std::optional<MoneySum>();
    const double days = std::max(1.0, static_cast<double>(extent->end.microseconds() - since) /
                                          static_cast<double>(microsecondsPerDay));
    return std::optional(MoneySum::ofPicodollars(static_cast<MoneySum::Integer>(saving / days * daysAMonth)));
}

} // namespace

Result<std::vector<ScenarioRow>> Queries::scenarios(const StopToken& stop) const
{
    std::vector<ScenarioRow> rows;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    queries::Selector selector = TRY(m_snapshot->selector(connection.workspace()));
    for (SavedScenario& saved : TRY(savedScenarios(connection.workspace()))) {
        const auto realised = TRY(realisedSince(selector, m_snapshot->table, extent(), saved, stop));
        rows.push_back({.saved = std::move(saved), .realised = realised});
    }
    return rows;
}

} // namespace plumbline
