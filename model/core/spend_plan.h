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

/// Who answers for what a feature costs: a person or a team.
struct FeatureOwner
{
    std::string feature = {};
    std::string owner = {};

    bool operator==(const FeatureOwner&) const = default;
};

/// A piece of work that has a cost.
enum class WorkUnit : std::uint8_t
{
    Call,
    Trace,
    Session,
    User,
};
/// `call`, `trace`, `session`, `user`.
std::string_view idOf(WorkUnit unit);
/// Usage: unknown.
Result<WorkUnit> workUnitFromId(std::string_view id);

/// What a unit of work should cost at most, from one month on until another target for the same begins.
struct UnitCostTarget
{
    WorkUnit unit = WorkUnit::Call;
    std::string feature = {}; ///< whose calls; empty: all, and for other units than calls
    std::int32_t from = 0;    ///< ReportingCalendar's number of a month; 0: always
    Money most = {};          ///< of one unit

    bool operator==(const UnitCostTarget&) const = default;
};

enum class ChangeNature : std::uint8_t
{
    Unsaid,
    Temporary,
    Structural,
};
/// `temporary`, `structural`; empty for Unsaid.
std::string_view idOf(ChangeNature nature);
/// Usage: unknown.
Result<ChangeNature> changeNatureFromId(std::string_view id);

/// What is said of a step that leads from the month before to a month.
struct ChangeNote
{
    std::int32_t month = 0; ///< ReportingCalendar's number
    std::string step = {};  ///< `new`, `retired`, or the id of a factor of the variance
    ChangeNature nature = ChangeNature::Unsaid;
    std::string owner = {};
    std::string action = {}; ///< what is done about it next

    bool operator==(const ChangeNote&) const = default;
};

/// What finance decides about a workspace.
struct SpendPlan
{
    std::vector<CostCentre> centres = {};
    std::vector<Budget> budgets = {};
    std::vector<FeatureOwner> owners = {};
    std::vector<UnitCostTarget> targets = {};
    std::vector<ChangeNote> notes = {};
    std::int32_t yearStarts = 1;  ///< the month, 1 to 12, in which the year of budgets and forecasts begins
    std::string currency = "USD"; ///< that figures are shown in beside dollars
    std::vector<ExchangeRate> rates = {};

    bool operator==(const SpendPlan&) const = default;
};

/// The budget of a month; none if there is none.
std::optional<Budget> budgetOf(const SpendPlan& plan, const BudgetScope& scope, std::int32_t month);
/// Empty if nobody is named.
std::string ownerOf(const SpendPlan& plan, std::string_view feature);
/// The target of a month; none if there is none.
std::optional<Money> targetOf(const SpendPlan& plan, WorkUnit unit, std::string_view feature, std::int32_t month);
/// Nothing, where nothing was said.
ChangeNote noteOf(const SpendPlan& plan, std::int32_t month, std::string_view step);
/// The first month of the year a month belongs to, as ReportingCalendar's number.
std::int32_t firstMonthOfYear(const SpendPlan& plan, std::int32_t month);
/// `2026`; `2026/27` of a year that does not begin in January.
std::string yearName(const SpendPlan& plan, std::int32_t month);

/// Usage, naming what is wrong: a name twice or empty, no cost centre that could bear a shared one, a budget for
/// nothing, an amount below 0, a threshold outside 1 to 100, an owner or a target twice or of nothing, two notes on one
/// step, a month of the year outside 1 to 12, a rate without a source or twice, no currency.
Result<> checked(const SpendPlan& plan);

} // namespace plumbline
