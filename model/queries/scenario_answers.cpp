// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/queries/snapshot.h"
#include "model/simulation/saved_scenarios.h"

namespace plumbline {

namespace {

constexpr std::int64_t microsecondsPerDay = 86'400'000'000;
constexpr std::int64_t monthBefore = 30 * microsecondsPerDay;
constexpr double daysAMonth = 365.25 / 12;

/// What a feature's calls cost, and how many they are.
using ByFeature = std::map<std::string, std::pair<std::int64_t, MoneySum>>;

Result<ByFeature> byFeature(const Queries& queries, const Filter& filter, const StopToken& stop)
{
    ByFeature features;
    const Breakdown answer = TRY(queries.breakdown({.filter = filter, .by = {{Dimension::Feature, {}}}}, stop));
    for (const BreakdownRow& row : answer.rows)
        features[row.keys[0]] = {row.measures.calls, row.measures.cost.value_or(MoneySum())};
    return features;
}

/// A month's worth of what calls since then cost less than as many of the same feature did in the thirty days before.
Result<std::optional<MoneySum>> realisedSince(const Queries& queries, const SavedScenario& saved, const StopToken& stop)
{
    const auto extent = queries.extent();
    if (!saved.since || !extent || extent->end <= *saved.since)
        return std::optional<MoneySum>();
    const std::int64_t since = saved.since->microseconds();
    const auto filterOf = [&](std::int64_t first, std::int64_t end) {
        return Filter{.period = Period{Timestamp(first), Timestamp(end)}, .conditions = saved.scenario.filter};
    };
    const ByFeature before = TRY(byFeature(queries, filterOf(since - monthBefore, since), stop));
    const ByFeature after = TRY(byFeature(queries, filterOf(since, extent->end.microseconds()), stop));
    double saving = 0; // picodollars: an estimate of what was not spent
    bool isAny = false;
    for (const auto& [feature, now] : after) {
        const auto then = before.find(feature);
        if (then == before.end() || then->second.first == 0)
            continue;
        isAny = true;
        const double perCall =
            static_cast<double>(then->second.second.picodollars()) / static_cast<double>(then->second.first);
        saving += perCall * static_cast<double>(now.first) - static_cast<double>(now.second.picodollars());
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
    {
        const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
        for (SavedScenario& saved : TRY(savedScenarios(connection.workspace())))
            rows.push_back({.saved = std::move(saved)});
    }
    for (ScenarioRow& row : rows)
        row.realised = TRY(realisedSince(*this, row.saved, stop));
    return rows;
}

} // namespace plumbline
