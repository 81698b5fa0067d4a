// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/spend_plan.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "model/core/time.h"

namespace plumbline {

namespace {

constexpr SplitKey keys[] = {SplitKey::Spend, SplitKey::Calls, SplitKey::Tokens, SplitKey::Evenly};
constexpr WorkUnit units[] = {WorkUnit::Call, WorkUnit::Trace, WorkUnit::Session, WorkUnit::User};
constexpr std::int32_t monthsOfYear = 12;

Result<> checkCentres(const SpendPlan& plan, std::set<std::string>& names)
{
    bool isAnyShared = false, isAnyOwn = false;
    for (const CostCentre& centre : plan.centres) {
        if (centre.name.empty())
            return fail(ErrorKind::Usage, "a cost centre wants a name");
        if (centre.name == missingValue(Dimension::Feature))
            return fail(ErrorKind::Usage, "'" + centre.name + "' is what no cost centre has");
        if (!names.insert(centre.name).second)
            return fail(ErrorKind::Usage, "there are two cost centres '" + centre.name + "'");
        if (centre.conditions.empty())
            return fail(ErrorKind::Usage,
                        "cost centre '" + centre.name + "' has no condition: it would have all calls");
        (centre.shared == SplitKey::None ? isAnyOwn : isAnyShared) = true;
    }
    if (isAnyShared && !isAnyOwn)
        return fail(ErrorKind::Usage, "every cost centre is shared: none is left to bear it");
    return {};
}

Result<> checkBudgets(const SpendPlan& plan, const std::set<std::string>& names)
{
    std::set<std::pair<BudgetScope, std::int32_t>> scopes;
    for (const Budget& budget : plan.budgets) {
        const std::string name = budget.scope.of + (budget.scope.value.empty() ? "" : " " + budget.scope.value);
        if (budget.scope.of != "all" && budget.scope.of != "cost-centre")
            if (const auto dimension = dimensionFromId(budget.scope.of); !dimension)
                return tl::unexpected(dimension.error());
        if ((budget.scope.of == "all") != budget.scope.value.empty())
            return fail(ErrorKind::Usage, budget.scope.value.empty()
                                              ? "a budget for a " + name + " names none"
                                              : "a budget for all names '" + budget.scope.value + "'");
        if (budget.scope.of == "cost-centre" && !names.contains(budget.scope.value))
            return fail(ErrorKind::Usage, "a budget is for cost centre '" + budget.scope.value + "': there is none");
        if (budget.cents < 0)
            return fail(ErrorKind::Usage, "the budget for " + name + " is below 0");
        if (!(budget.warnAt >= 1 && budget.warnAt <= 100))
            return fail(ErrorKind::Usage, "the budget for " + name + " warns at something else than 1 to 100 %");
        if (!scopes.emplace(budget.scope, budget.from).second)
            return fail(ErrorKind::Usage, "there are two budgets for " + name + " from the same month on");
    }
    return {};
}

/// Who answers for what, what work should cost, and what is said of changes.
Result<> checkOwnersAndTargets(const SpendPlan& plan)
{
    std::set<std::string> features;
    for (const FeatureOwner& of : plan.owners) {
        if (of.feature.empty() || of.owner.empty())
            return fail(ErrorKind::Usage, "an owner wants a feature and a name");
        if (!features.insert(of.feature).second)
            return fail(ErrorKind::Usage, "feature '" + of.feature + "' has two owners");
    }
    std::set<std::tuple<WorkUnit, std::string, std::int32_t>> targets;
    for (const UnitCostTarget& target : plan.targets) {
        const std::string name =
            std::string(idOf(target.unit)) + (target.feature.empty() ? "" : " of ") + target.feature;
        if (target.unit != WorkUnit::Call && !target.feature.empty())
            return fail(ErrorKind::Usage, "the target for a " + name + ": only calls have one by feature");
        if (target.most <= Money())
            return fail(ErrorKind::Usage, "the target for a " + name + " is not above 0");
        if (!targets.emplace(target.unit, target.feature, target.from).second)
            return fail(ErrorKind::Usage, "there are two targets for a " + name + " from the same month on");
    }
    std::set<std::pair<std::int32_t, std::string>> steps;
    for (const ChangeNote& note : plan.notes) {
        if (note.step.empty())
            return fail(ErrorKind::Usage, "a note on a change names no step");
        if (!steps.emplace(note.month, note.step).second)
            return fail(ErrorKind::Usage, "there are two notes on step '" + note.step + "' of " +
                                              ReportingCalendar::monthText(note.month));
    }
    if (plan.yearStarts < 1 || plan.yearStarts > monthsOfYear)
        return fail(ErrorKind::Usage, "a year begins in month 1 to 12");
    return {};
}

Result<> checkRates(const SpendPlan& plan)
{
    TRY(checkCurrency(plan.currency));
    std::set<std::pair<std::string, std::int32_t>> rates;
    for (const ExchangeRate& rate : plan.rates) {
        const std::string name = rate.currency + " in " + ReportingCalendar::monthText(rate.month);
        TRY(checkCurrency(rate.currency));
        if (rate.currency == "USD")
            return fail(ErrorKind::Usage, "a rate is of another currency than US dollars");
        if (rate.nanos <= 0)
            return fail(ErrorKind::Usage, "the rate of " + name + " is not above 0");
        if (!parseDate(rate.date))
            return fail(ErrorKind::Usage, "the rate of " + name + " says no day (2026-10-30) it was published for");
        if (rate.source.empty())
            return fail(ErrorKind::Usage, "the rate of " + name + " says not who published it");
        if (!rates.emplace(rate.currency, rate.month).second)
            return fail(ErrorKind::Usage, "there are two rates of " + name);
    }
    return {};
}

} // namespace

std::string_view idOf(SplitKey key)
{
    constexpr std::string_view ids[] = {"", "spend", "calls", "tokens", "evenly"};
    return ids[static_cast<std::size_t>(key)];
}

Result<SplitKey> splitKeyFromId(std::string_view id)
{
    for (const SplitKey key : keys)
        if (idOf(key) == id)
            return key;
    return fail(ErrorKind::Usage, "'" + std::string(id) + "' divides nothing: spend, calls, tokens or evenly");
}

std::string_view idOf(WorkUnit unit)
{
    constexpr std::string_view ids[] = {"call", "trace", "session", "user"};
    return ids[static_cast<std::size_t>(unit)];
}

Result<WorkUnit> workUnitFromId(std::string_view id)
{
    for (const WorkUnit unit : units)
        if (idOf(unit) == id)
            return unit;
    return fail(ErrorKind::Usage, "'" + std::string(id) + "' is no unit of work: call, trace, session or user");
}

std::string_view idOf(ChangeNature nature)
{
    constexpr std::string_view ids[] = {"", "temporary", "structural"};
    return ids[static_cast<std::size_t>(nature)];
}

Result<ChangeNature> changeNatureFromId(std::string_view id)
{
    for (const ChangeNature nature : {ChangeNature::Unsaid, ChangeNature::Temporary, ChangeNature::Structural})
        if (idOf(nature) == id)
            return nature;
    return fail(ErrorKind::Usage, "'" + std::string(id) + "': a change is temporary or structural");
}

std::optional<Budget> budgetOf(const SpendPlan& plan, const BudgetScope& scope, std::int32_t month)
{
    std::optional<Budget> budget;
    for (const Budget& of : plan.budgets)
        if (of.scope == scope && of.from <= month && (!budget || of.from > budget->from))
            budget = of;
    return budget && budget->cents > 0 ? budget : std::nullopt;
}

std::string ownerOf(const SpendPlan& plan, std::string_view feature)
{
    for (const FeatureOwner& of : plan.owners)
        if (of.feature == feature)
            return of.owner;
    return {};
}

std::optional<Money> targetOf(const SpendPlan& plan, WorkUnit unit, std::string_view feature, std::int32_t month)
{
    const UnitCostTarget* latest = nullptr;
    for (const UnitCostTarget& of : plan.targets)
        if (of.unit == unit && of.feature == feature && of.from <= month && (!latest || of.from > latest->from))
            latest = &of;
    return latest ? std::optional(latest->most) : std::nullopt;
}

ChangeNote noteOf(const SpendPlan& plan, std::int32_t month, std::string_view step)
{
    for (const ChangeNote& note : plan.notes)
        if (note.month == month && note.step == step)
            return note;
    return {.month = month, .step = std::string(step)};
}

std::int32_t firstMonthOfYear(const SpendPlan& plan, std::int32_t month)
{
    const std::int32_t into = (month - (plan.yearStarts - 1)) % monthsOfYear;
    return month - (into < 0 ? into + monthsOfYear : into);
}

std::string yearName(const SpendPlan& plan, std::int32_t month)
{
    const std::int32_t first = firstMonthOfYear(plan, month), year = first / monthsOfYear;
    if (plan.yearStarts == 1)
        return std::to_string(year);
    const std::string next = std::to_string((year + 1) % 100);
    return std::to_string(year) + "/" + (next.size() < 2 ? "0" : "") + next;
}

Result<> checked(const SpendPlan& plan)
{
    std::set<std::string> names;
    TRY(checkCentres(plan, names));
    TRY(checkBudgets(plan, names));
    TRY(checkOwnersAndTargets(plan));
    return checkRates(plan);
}

} // namespace plumbline
