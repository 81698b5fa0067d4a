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

Result<ByFeature> byFeature(queries::Selector& selector, const CallTable& table, const Filter& filter,
                            const StopToken& stop)
{
    ByFeature features;
    std::set<std::pair<std::uint32_t, std::uint32_t>> traces; // of a feature
    const CodedColumn &feature = table.column(CallTable::Feature), &trace = table.column(CallTable::Trace);
    TRY(selector.rowsOf(filter, stop)).forEach([&](std::size_t row) {
        const std::uint32_t of = feature.codes()[table.origins()[row]];
        auto& [count, cost] = features[of];
        count += traces.emplace(of, trace.codes()[row]).second;
        cost += Money(table.cost()[row]);
    });
    return features;
}

/// A month's worth of what traces since then cost less than as many of the same feature did in the thirty days before:
/// a trace is a unit of work, however many calls it takes.
Result<std::optional<MoneySum>> realisedSince(queries::Selector& selector, const CallTable& table,
                                              const std::optional<Period>& extent, const SavedScenario& saved,
                                              const StopToken& stop)
{
    if (!saved.since || !extent || extent->end <= *saved.since)
        return std::optional<MoneySum>();
    const std::int64_t since = saved.since->microseconds();
    const auto filterOf = [&](std::int64_t first, std::int64_t end) {
        return Filter{.period = Period{Timestamp(first), Timestamp(end)}, .conditions = saved.scenario.filter};
    };
    const ByFeature before = TRY(byFeature(selector, table, filterOf(since - monthBefore, since), stop));
    const ByFeature after = TRY(byFeature(selector, table, filterOf(since, extent->end.microseconds()), stop));
    double saving = 0; // picodollars: an estimate of what was not spent
    bool isAny = false;
    for (const auto& [feature, now] : after) {
        const auto then = before.find(feature);
        if (then == before.end() || then->second.first == 0)
            continue;
        isAny = true;
        const double perTrace =
            static_cast<double>(then->second.second.picodollars()) / static_cast<double>(then->second.first);
        saving += perTrace * static_cast<double>(now.first) - static_cast<double>(now.second.picodollars());
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
