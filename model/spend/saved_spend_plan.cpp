// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/spend/saved_spend_plan.h"

#include <algorithm>
#include <cstdlib>

namespace plumbline {

namespace {

/// The setting that holds the month, 1 to 12.
constexpr std::string_view yearStarts = "budget_year_starts";

/// A condition a line, as it is typed.
std::string linesOf(const std::vector<Condition>& conditions)
{
    std::string lines;
    for (const Condition& condition : conditions)
        lines += textOf(condition) + '\n';
    return lines;
}

Result<std::vector<Condition>> rulesFrom(std::string_view lines)
{
    std::vector<Condition> conditions;
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        if (end > 0)
            conditions.push_back(TRY(conditionFromText(lines.substr(0, end))));
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    }
    return conditions;
}

Result<> readOwners(const store::Database& database, SpendPlan& plan)
{
    store::Statement owners = TRY(database.prepare("SELECT feature, owner FROM feature_owner ORDER BY feature"));
    while (TRY(owners.next()))
        plan.owners.push_back({.feature = std::string(owners.text(0)), .owner = std::string(owners.text(1))});
    store::Statement targets = TRY(database.prepare(
        "SELECT unit, feature, month, picodollars FROM unit_cost_target ORDER BY unit, feature, month"));
    while (TRY(targets.next())) {
        UnitCostTarget target{.unit = TRY(workUnitFromId(targets.text(0))),
                              .feature = std::string(targets.text(1)),
                              .from = static_cast<std::int32_t>(targets.integer(2)),
                              .most = Money(targets.integer(3))};
        plan.targets.push_back(std::move(target));
    }
    store::Statement notes =
        TRY(database.prepare("SELECT month, step, nature, owner, action FROM change_note ORDER BY month, step"));
    while (TRY(notes.next())) {
        ChangeNote note{.month = static_cast<std::int32_t>(notes.integer(0)),
                        .step = std::string(notes.text(1)),
                        .owner = std::string(notes.text(3)),
                        .action = std::string(notes.text(4))};
        note.nature = TRY(changeNatureFromId(notes.text(2)));
        plan.notes.push_back(std::move(note));
    }
    return {};
}

Result<> writeOwners(const store::Database& database, const SpendPlan& plan)
{
    TRY(database.execute("DELETE FROM feature_owner; DELETE FROM unit_cost_target; DELETE FROM change_note"));
    store::Statement owner = TRY(database.prepare("INSERT INTO feature_owner(feature, owner) VALUES(?, ?)"));
    for (const FeatureOwner& of : plan.owners)
        TRY(owner.run(of.feature, of.owner));
    store::Statement target =
        TRY(database.prepare("INSERT INTO unit_cost_target(unit, feature, month, picodollars) VALUES(?, ?, ?, ?)"));
    for (const UnitCostTarget& of : plan.targets)
        TRY(target.run(idOf(of.unit), of.feature, of.from, of.most.picodollars()));
    store::Statement note =
        TRY(database.prepare("INSERT INTO change_note(month, step, nature, owner, action) VALUES(?, ?, ?, ?, ?)"));
    for (const ChangeNote& of : plan.notes)
        TRY(note.run(of.month, of.step, idOf(of.nature), of.owner, of.action));
    return {};
}

} // namespace

Result<SpendPlan> savedSpendPlan(const store::Workspace& workspace)
{
    SpendPlan plan;
    store::Statement centres =
        TRY(workspace.database().prepare("SELECT name, conditions, split FROM cost_centre ORDER BY position"));
    while (TRY(centres.next())) {
        CostCentre centre{.name = std::string(centres.text(0)), .conditions = TRY(rulesFrom(centres.text(1)))};
        if (!centres.isNull(2))
            centre.shared = TRY(splitKeyFromId(centres.text(2)));
        plan.centres.push_back(std::move(centre));
    }
    store::Statement budgets = TRY(workspace.database().prepare(
        "SELECT scope, value, month, cents, warn_at FROM budget ORDER BY scope, value, month"));
    while (TRY(budgets.next()))
        plan.budgets.push_back({.scope = {.of = std::string(budgets.text(0)), .value = std::string(budgets.text(1))},
                                .from = static_cast<std::int32_t>(budgets.integer(2)),
                                .cents = budgets.integer(3),
                                .warnAt = budgets.real(4)});
    store::Statement rates = TRY(workspace.database().prepare(
        "SELECT currency, month, nanos, date, source FROM exchange_rate ORDER BY currency, month"));
    while (TRY(rates.next()))
        plan.rates.push_back({.currency = std::string(rates.text(0)),
                              .month = static_cast<std::int32_t>(rates.integer(1)),
                              .nanos = rates.integer(2),
                              .date = std::string(rates.text(3)),
                              .source = std::string(rates.text(4))});
    TRY(readOwners(workspace.database(), plan));
    if (const auto starts = TRY(workspace.setting(yearStarts)))
        plan.yearStarts = std::clamp(std::atoi(starts->c_str()), 1, 12);
    if (auto currency = TRY(workspace.setting(store::setting::currency)))
        plan.currency = *std::move(currency);
    return plan;
}

Result<> saveSpendPlan(store::Workspace& workspace, const SpendPlan& plan)
{
    TRY(checked(plan));
    store::Transaction transaction = TRY(store::Transaction::begin(workspace.database()));
    TRY(workspace.database().execute("DELETE FROM cost_centre; DELETE FROM budget; DELETE FROM exchange_rate"));
    store::Statement centre = TRY(
        workspace.database().prepare("INSERT INTO cost_centre(position, name, conditions, split) VALUES(?, ?, ?, ?)"));
    std::int64_t position = 0;
    for (const CostCentre& of : plan.centres) {
        std::optional<std::string> split;
        if (of.shared != SplitKey::None)
            split = idOf(of.shared);
        TRY(centre.run(position++, of.name, linesOf(of.conditions), split));
    }
    store::Statement budget = TRY(
        workspace.database().prepare("INSERT INTO budget(scope, value, month, cents, warn_at) VALUES(?, ?, ?, ?, ?)"));
    for (const Budget& of : plan.budgets)
        TRY(budget.run(of.scope.of, of.scope.value, of.from, of.cents, of.warnAt));
    store::Statement rate = TRY(workspace.database().prepare(
        "INSERT INTO exchange_rate(currency, month, nanos, date, source) VALUES(?, ?, ?, ?, ?)"));
    for (const ExchangeRate& of : plan.rates)
        TRY(rate.run(of.currency, of.month, of.nanos, of.date, of.source));
    TRY(writeOwners(workspace.database(), plan));
    TRY(workspace.setSetting(yearStarts, std::to_string(plan.yearStarts)));
    TRY(workspace.setSetting(store::setting::currency, plan.currency));
    return transaction.commit();
}

} // namespace plumbline
