// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/core/filter.h"
#include "model/core/spend_plan.h"
#include "model/core/time.h"
#include "model/queries/measures.h"
#include "model/spend/closed_months.h"
#include "model/spend/forecast.h"
#include "model/spend/variance.h"

namespace plumbline {

/// Finance's month: what was spent, against which budget, why it changed, whether it is what was billed.
struct SpendQuestion
{
    std::int32_t month = 0;                   ///< ReportingCalendar's number
    std::optional<std::int32_t> against = {}; ///< the month before unless another is named
    spend::VarianceMethod method = spend::VarianceMethod::Shapley;
    std::optional<Timestamp> now = {}; ///< the clock's time unless another is given: days after it are to come
    bool wantsTodaysRows = false;      ///< also of months that are closed
    /// What cost centres, other budgets and providers spent then is to stand beside what they did in the month.
    std::optional<Period> before = {};
    /// Why some calls cost other than others, where the two are no months: of two periods, two releases, two models.
    /// First what is explained, then what it is compared with.
    std::optional<std::pair<Filter, Filter>> change = {};
};

/// What is expected of a month as a whole, or of a year.
struct SpendForecast
{
    spend::ForecastMethod method = spend::ForecastMethod::HoltWinters;
    MoneySum total = {};
    std::optional<MoneySum> low = {}, high = {}; ///< four times of five it lies between
    bool operator==(const SpendForecast&) const = default;
};

enum class BudgetState : std::uint8_t
{
    None, ///< there is no budget
    OnTrack,
    AtRisk, ///< beyond the budget's threshold by the end of the month
    Over,   ///< beyond the budget by then
};

/// Spend against a budget.
struct BudgetStanding
{
    BudgetScope scope = {};
    std::optional<MoneySum> budget = {};
    double warnAt = 80;
    MoneySum spent = {};
    std::optional<SpendForecast> forecast = {}; ///< of the whole month; none: it is over, or nothing is known
    BudgetState state = BudgetState::None;

    /// At the end of the month, as far as can be told.
    MoneySum expected() const { return forecast ? forecast->total : spent; }
};

struct CostCentreSpend
{
    std::string name = {}; ///< empty: unallocated
    std::int64_t calls = 0;
    MoneySum own = {};    ///< of the calls it has
    MoneySum shared = {}; ///< of it what shared centres put on it; negative: what a shared one gave away
    BudgetStanding standing = {};
    SplitKey split = SplitKey::None;
};

struct SpendMonth
{
    std::int32_t month = 0;
    std::int64_t calls = 0;
    MoneySum spent = {};
    std::optional<MoneySum> budget = {};
    std::optional<SpendForecast> forecast = {};
};

/// A day that cost something else than its weekday does, and what it comes from.
struct AnomalyRow
{
    std::int32_t day = 0;
    std::string feature = {}, model = {}; ///< both empty: all calls together
    MoneySum spent = {}, expected = {};
    double score = 0;                         ///< negative: a drop; traces may be missing
    std::optional<spend::Factor> driver = {}; ///< what of the formula moved most, against a week before
    bool operator==(const AnomalyRow&) const = default;
};

/// Part of the difference between what a provider billed and what was traced.
struct ReconciliationCause
{
    std::string title = {}; ///< English, translated where it is shown
    MoneySum amount = {};
    bool operator==(const ReconciliationCause&) const = default;
};

struct ReconciliationRow
{
    std::string provider = {};
    std::optional<MoneySum> billed = {}; ///< US dollars; none: no bill was imported
    /// Billed in other currencies: what the plan has a rate of the month for is part of `billed`, what it has none for
    /// is compared with nothing.
    std::vector<std::pair<std::string, MoneySum>> converted = {}, foreign = {};
    std::vector<std::string> retold = {};         ///< imports that tell the bill again: they are not added
    MoneySum traced = {};                         ///< in the reporting month
    std::vector<ReconciliationCause> causes = {}; ///< with the rest, if any, they add up to billed − traced
    MoneySum unexplained = {};
    bool isMatched = false; ///< off by no more than one percent

    MoneySum difference() const { return billed.value_or(MoneySum()) - traced; }
};

/// What a closed month's calls come to today, less what they did when it was closed.
struct SpendAdjustment
{
    std::int32_t month = 0;
    Timestamp closed = {};
    std::string note = {};
    std::int64_t calls = 0;
    MoneySum amount = {};
    std::string calendar = {}; ///< `UTC, months from day 1`, where days or months began otherwise when it was closed
    bool operator==(const SpendAdjustment&) const = default;
};

/// Units of work that calls belong to, and what the calls cost that belong to one.
struct SpendUnits
{
    std::int64_t traces = 0, sessions = 0, users = 0;
    MoneySum ofSessions = {}, ofUsers = {};
    bool operator==(const SpendUnits&) const = default;
};

/// What was expected of a month that is over when ten days of it were known, and what came.
struct PastForecast
{
    std::int32_t month = 0;
    MoneySum expected = {}, actual = {};
    bool operator==(const PastForecast&) const = default;
};

/// What was spent in the period that a month is compared with.
struct EarlierSpend
{
    Period period = {};
    MoneySum all = {};
    std::vector<std::pair<BudgetScope, MoneySum>> standings = {}; ///< of every cost centre and every other budget
    std::vector<std::pair<std::string, MoneySum>> providers = {}; ///< as traced

    /// Nothing: the month was closed, and there was no such centre or budget.
    std::optional<MoneySum> of(const BudgetScope& scope) const;
    /// Nothing: none of its calls were traced.
    std::optional<MoneySum> ofProvider(const std::string& provider) const;
};

struct SpendAnswer
{
    std::int32_t month = 0, against = 0;
    Period period = {}, baseline = {};
    bool isOver = false;        ///< the month: nothing more is to come
    std::int32_t knownDays = 0; ///< days of the month whose spend is known whole
    std::int32_t days = 0;      ///< of the month
    Measures total = {}, totalBaseline = {};
    std::vector<SpendMonth> months = {}; ///< up to thirteen, the month asked for last
    std::optional<SpendForecast> forecast = {}, year = {};
    std::vector<PastForecast> pastForecasts = {}; ///< of up to three months that are over
    BudgetStanding budget = {};                   ///< in all
    spend::Variance variance = {};
    Filter changed = {},
           changedFrom = {}; ///< what the variance leads to, and from: the months unless others were named
    std::vector<CostCentreSpend> centres = {}; ///< in their order, unallocated last; empty without rules
    std::vector<BudgetStanding> budgets = {};  ///< those for anything else
    std::vector<AnomalyRow> anomalies = {};
    std::vector<ReconciliationRow> reconciliation = {}; ///< by falling spend
    std::optional<EarlierSpend> earlier = {};           ///< where it was asked for
    SpendPlan plan = {};
    spend::VarianceSide after = {}, before = {}; ///< of the month and the one compared with, by feature and model
    SpendUnits units = {};
    std::vector<spend::ClosedTraces> traced = {}; ///< by provider and model
    /// The month is closed: all but forecasts, unusual days and bills is as it was then. What came later is beside it.
    std::optional<SpendAdjustment> adjustment = {};
    std::vector<SpendAdjustment> adjusted = {}; ///< closed months whose calls are no longer what they were
};

/// A month's answer, made of today's rows, as it is kept when the month is closed.
spend::ClosedFigures closedFiguresOf(const SpendAnswer& answer, const ReportingCalendar& calendar);

} // namespace plumbline
