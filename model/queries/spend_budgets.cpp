// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/spend_budgets.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace plumbline::queries {

namespace {

constexpr std::size_t daysOfForecast = 182; ///< half a year: what was before says nothing of the weeks to come

MoneySum scaled(MoneySum money, double share)
{
    return estimated(money.dollars() * share);
}

std::int64_t weightOf(const SpendPlan& plan, std::size_t shared, const CentreSums& sums, const SpendDays& days)
{
    switch (plan.centres[shared].shared) {
    case SplitKey::Spend:
        return centsOf(days.spentIn(sums.daily));
    case SplitKey::Calls:
        return sums.calls;
    case SplitKey::Tokens:
        return sums.tokens;
    case SplitKey::Evenly:
    case SplitKey::None:
        break;
    }
    return 1;
}

/// Another part of what is expected, so many times over.
void add(std::optional<SpendForecast>& to, const std::optional<SpendForecast>& part, double share)
{
    if (!to || !part)
        return;
    const auto sum = [&](MoneySum a, MoneySum b) { return a + scaled(b, share); };
    to->total = sum(to->total, part->total);
    to->low = to->low && part->low ? std::optional(sum(*to->low, *part->low)) : std::nullopt;
    to->high = to->high && part->high ? std::optional(sum(*to->high, *part->high)) : std::nullopt;
}

} // namespace

std::optional<SpendForecast> SpendDays::until(const DailySums& daily, std::int32_t from, std::int32_t to) const
{
    const MoneySum spent = daily.between(from, std::min(to, known));
    const auto ahead = spend::forecastOf(daily.before(known, daysOfForecast), to);
    if (!ahead)
        return {};
    // What was spent today already is at least spent; days behind it are not known, whoever asks.
    const MoneySum least = daily.between(from, std::min(to, known + 1));
    const auto whole = [&](double dollars) { return std::max(least, spent + estimated(dollars)); };
    SpendForecast forecast{.method = ahead->method, .total = whole(ahead->total)};
    if (ahead->low) {
        forecast.low = whole(*ahead->low);
        forecast.high = whole(*ahead->high);
    }
    return forecast;
}

std::optional<SpendForecast> SpendDays::forecastOf(const DailySums& daily) const
{
    return isOver ? std::nullopt : until(daily, first, end);
}

std::optional<SpendForecast> SpendDays::yearOf(const DailySums& daily) const
{
    return known >= yearEnd ? std::nullopt : until(daily, yearFirst, yearEnd);
}

MoneySum estimated(double dollars)
{
    return MoneySum::ofPicodollars(static_cast<MoneySum::Integer>(std::llround(dollars * 1e6)) * 1'000'000);
}

std::vector<MoneySum> divided(MoneySum whole, const std::vector<std::int64_t>& weights)
{
    std::vector<MoneySum::Integer> of(weights.begin(), weights.end());
    MoneySum::Integer all = std::accumulate(of.begin(), of.end(), MoneySum::Integer{0});
    if (all == 0) {
        std::fill(of.begin(), of.end(), 1);
        all = static_cast<MoneySum::Integer>(of.size());
    }
    // Weights of 40 bits are exact enough, and do not overflow.
    for (; all >> 40; all = std::accumulate(of.begin(), of.end(), MoneySum::Integer{0}))
        for (auto& weight : of)
            weight >>= 1;
    std::vector<MoneySum> parts;
    MoneySum::Integer left = whole.picodollars();
    for (const auto weight : of) {
        parts.push_back(MoneySum::ofPicodollars(whole.picodollars() * weight / all));
        left -= parts.back().picodollars();
    }
    if (!parts.empty())
        *std::max_element(parts.begin(), parts.end()) += MoneySum::ofPicodollars(left);
    return parts;
}

BudgetState stateOf(const BudgetStanding& standing)
{
    if (!standing.budget)
        return BudgetState::None;
    const MoneySum expected = standing.expected();
    return expected > *standing.budget                                               ? BudgetState::Over
           : expected.dollars() > standing.budget->dollars() * standing.warnAt / 100 ? BudgetState::AtRisk
                                                                                     : BudgetState::OnTrack;
}

void judge(BudgetStanding& standing, const SpendPlan& plan, std::int32_t month)
{
    const auto budget = budgetOf(plan, standing.scope, month);
    if (!budget)
        return;
    standing.budget = MoneySum::ofCents(budget->cents);
    standing.warnAt = budget->warnAt;
    standing.state = stateOf(standing);
}

std::vector<CostCentreSpend> centresOf(const SpendPlan& plan, const std::vector<CentreSums>& sums,
                                       const SpendDays& days, std::int32_t month)
{
    std::vector<CostCentreSpend> centres;
    if (plan.centres.empty())
        return centres;
    std::vector<std::size_t> bearers;
    for (std::size_t place = 0; place < sums.size(); ++place) {
        CostCentreSpend centre{.calls = sums[place].calls, .own = days.spentIn(sums[place].daily)};
        centre.standing.scope.of = "cost-centre"; // what nobody has has no budget of its own
        if (place < plan.centres.size()) {
            centre.name = plan.centres[place].name;
            centre.split = plan.centres[place].shared;
            centre.standing.scope.value = centre.name;
            if (centre.split == SplitKey::None)
                bearers.push_back(place);
        }
        centre.standing.forecast = days.forecastOf(sums[place].daily);
        centres.push_back(std::move(centre));
    }
    for (std::size_t place = 0; place < plan.centres.size(); ++place) {
        if (plan.centres[place].shared == SplitKey::None)
            continue;
        std::vector<std::int64_t> weights;
        for (const std::size_t bearer : bearers)
            weights.push_back(weightOf(plan, place, sums[bearer], days));
        CostCentreSpend& shared = centres[place];
        const std::vector<MoneySum> parts = divided(shared.own, weights);
        for (std::size_t i = 0; i < bearers.size(); ++i) {
            CostCentreSpend& bearer = centres[bearers[i]];
            bearer.shared += parts[i];
            if (shared.own > MoneySum())
                add(bearer.standing.forecast, shared.standing.forecast, parts[i].dollars() / shared.own.dollars());
        }
        shared.shared = MoneySum() - shared.own;
        shared.standing.forecast.reset();
    }
    for (CostCentreSpend& centre : centres) {
        centre.standing.spent = centre.own + centre.shared;
        judge(centre.standing, plan, month);
    }
    return centres;
}

} // namespace plumbline::queries
