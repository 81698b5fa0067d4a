// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/saved_scenarios.h"

#include "model/simulation/lever.h"
#include "model/simulation/scenario_json.h"

namespace plumbline {

namespace {

constexpr std::int64_t picodollarsPerDollar = 1'000'000'000'000;

} // namespace

Result<std::vector<SavedScenario>> savedScenarios(const store::Workspace& workspace)
{
    std::vector<SavedScenario> all;
    store::Statement query = TRY(workspace.database().prepare(
        "SELECT name, json, saved, since, promised_dollars, promised_picodollars FROM scenario ORDER BY name"));
    while (TRY(query.next())) {
        auto scenario = scenarioFromJson(query.text(1));
        if (!scenario)
            continue;
        SavedScenario saved{.scenario = *std::move(scenario), .saved = Timestamp(query.integer(2))};
        saved.scenario.name = query.text(0);
        if (!query.isNull(3))
            saved.since = Timestamp(query.integer(3));
        if (!query.isNull(4))
            saved.promised = MoneySum::ofPicodollars(
                static_cast<MoneySum::Integer>(query.integer(4)) * picodollarsPerDollar + query.integer(5));
        all.push_back(std::move(saved));
    }
    return all;
}

Result<> saveScenario(store::Workspace& workspace, const SavedScenario& saved)
{
    if (saved.scenario.name.empty())
        return fail(ErrorKind::Usage, "a scenario wants a name");
    for (const LeverUse& use : saved.scenario.levers)
        TRY(checked(use));
    std::optional<std::int64_t> since, dollars, picodollars;
    if (saved.since)
        since = saved.since->microseconds();
    if (saved.promised) {
        // Rounded down: what is left over is never negative.
        const MoneySum::Integer whole = saved.promised->picodollars();
        MoneySum::Integer rest = whole % picodollarsPerDollar;
        rest += rest < 0 ? picodollarsPerDollar : 0;
        dollars = static_cast<std::int64_t>((whole - rest) / picodollarsPerDollar);
        picodollars = static_cast<std::int64_t>(rest);
    }
    store::Transaction transaction = TRY(store::Transaction::begin(workspace.database()));
    TRY(TRY(workspace.database().prepare("INSERT OR REPLACE INTO scenario VALUES(?, ?, ?, ?, ?, ?)"))
            .run(saved.scenario.name, toJson(saved.scenario), saved.saved.microseconds(), since, dollars, picodollars));
    return transaction.commit();
}

Result<> removeScenario(store::Workspace& workspace, const std::string& name)
{
    store::Transaction transaction = TRY(store::Transaction::begin(workspace.database()));
    TRY(TRY(workspace.database().prepare("DELETE FROM scenario WHERE name = ?")).run(name));
    return transaction.commit();
}

} // namespace plumbline
