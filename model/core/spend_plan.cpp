// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/spend_plan.h"

#include <algorithm>
#include <set>

#include "model/core/time.h"

namespace plumbline {

namespace {

constexpr SplitKey keys[] = {SplitKey::Spend, SplitKey::Calls, SplitKey::Tokens, SplitKey::Evenly};

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

std::optional<Budget> budgetOf(const SpendPlan& plan, const BudgetScope& scope, std::int32_t month)
{
    std::optional<Budget> budget;
    for (const Budget& of : plan.budgets)
        if (of.scope == scope && of.from <= month && (!budget || of.from > budget->from))
            budget = of;
    return budget && budget->cents > 0 ? budget : std::nullopt;
}

Result<> checked(const SpendPlan& plan)
{
    std::set<std::string> names;
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

} // namespace plumbline
