// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/currency.h"
#include "model/core/filter.h"
#include "model/core/money.h"

namespace plumbline {

/// By what the spend of a shared cost centre is divided among the others.
enum class SplitKey : std::uint8_t
{
    None, ///< it is not shared
    Spend,
    Calls,
    Tokens,
    Evenly,
};
/// `spend`, `calls`, `tokens`, `evenly`; empty for None.
std::string_view idOf(SplitKey key);
/// Usage: unknown.
Result<SplitKey> splitKeyFromId(std::string_view id);

/// Whom calls are charged to. Of an ordered list the first whose conditions all hold has a call; what none has is
/// *unallocated*.
struct CostCentre
{
    std::string name = {};
    std::vector<Condition> conditions = {};
    SplitKey shared = SplitKey::None;

    bool operator==(const CostCentre&) const = default;
};

/// What a budget is for: `all`, `cost-centre`, or the id of a dimension (`feature`, `provider`, `metadata.tenant`).
struct BudgetScope
{
    std::string of = "all";
    std::string value = {}; ///< empty for all

    auto operator<=>(const BudgetScope&) const = default;
};

/// So much a month, from one month on until another budget for the same begins.
struct Budget
{
    BudgetScope scope = {};
    std::int32_t from = 0;  ///< ReportingCalendar's number of a month; 0: always
    std::int64_t cents = 0; ///< a month; 0: none any more
    double warnAt = 80;     ///< percent: from where on it is at risk

    bool operator==(const Budget&) const = default;
};

/// What finance decides about a workspace.
struct SpendPlan
{
    std::vector<CostCentre> centres = {};
    std::vector<Budget> budgets = {};
    std::string currency = "USD"; ///< that figures are shown in beside dollars
    std::vector<ExchangeRate> rates = {};

    bool operator==(const SpendPlan&) const = default;
};

/// The budget of a month; none if there is none.
std::optional<Budget> budgetOf(const SpendPlan& plan, const BudgetScope& scope, std::int32_t month);

/// Usage, naming what is wrong: a name twice or empty, no cost centre that could bear a shared one, a budget for
/// nothing, an amount below 0, a threshold outside 1 to 100, a rate without a source or twice, no currency.
Result<> checked(const SpendPlan& plan);

} // namespace plumbline
