// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/spend_earlier.h"

#include <algorithm>

#include "model/queries/spend_budgets.h"

namespace plumbline {

namespace {

template <class Key>
std::optional<MoneySum> amountOf(const std::vector<std::pair<Key, MoneySum>>& amounts, const Key& key)
{
    const auto at = std::find_if(amounts.begin(), amounts.end(), [&](const auto& of) { return of.first == key; });
    return at == amounts.end() ? std::nullopt : std::optional(at->second);
}

} // namespace

std::optional<MoneySum> EarlierSpend::of(const BudgetScope& scope) const
{
    return amountOf(standings, scope);
}

std::optional<MoneySum> EarlierSpend::ofProvider(const std::string& provider) const
{
    return amountOf(providers, provider);
}

namespace queries {

namespace {

/// What each centre has of a period's calls.
Result<std::vector<CentreSums>> centreSums(const SpendPlan& plan, const Period& period, const SpendDays& days,
                                           const RowSet& rows, const CallTable& table, Selector& selector,
                                           const StopToken& stop)
{
    const CentreOfCall centres = TRY(CentreOfCall::open(selector, table, plan, period, stop));
    std::vector<CentreSums> sums(plan.centres.size() + 1,
                                 {.daily = DailySums(days.first, static_cast<std::size_t>(days.end - days.first))});
    rows.forEach([&](std::size_t row) {
        const std::uint16_t centre = centres.of(row);
        CentreSums& of = centre == CentreOfCall::unallocated ? sums.back() : sums[centre];
        of.daily.add(days.first, table.cost()[row]); // which of its days is not asked
        ++of.calls;
        of.tokens += table.input(row) + table.output(row);
    });
    return sums;
}

} // namespace

Result<EarlierSpend> earlierSpend(const Period& period, const SpendAnswer& answer, const CallTable& table,
                                  const ReportingCalendar& calendar, Selector& selector, const StopToken& stop)
{
    EarlierSpend earlier{.period = period};
    const RowSet rows = TRY(selector.rowsOf({.period = period}, stop));
    DimensionCodes providers;
    TRY(selector.layOut({.dimension = Dimension::Provider}, providers, stop));
    std::vector<std::optional<MoneySum>> ofProviders(providers.count);
    rows.forEach([&](std::size_t row) {
        const Money cost(table.cost()[row]);
        earlier.all += cost;
        std::optional<MoneySum>& of = ofProviders[providers.codeOf(row)];
        of = of.value_or(MoneySum()) + MoneySum(cost);
    });
    for (std::uint32_t code = 0; code < providers.count; ++code)
        if (ofProviders[code]) {
            std::string name = TRY(selector.labelOf(providers, code));
            earlier.providers.emplace_back(std::move(name), *ofProviders[code]);
        }
    if (!answer.plan.centres.empty()) {
        const std::int32_t first = calendar.dayOf(period.first);
        const SpendDays days{.first = first,
                             .end = first + 1,
                             .known = first + 1,
                             .yearFirst = first,
                             .yearEnd = first + 1,
                             .isOver = true};
        const auto sums = TRY(centreSums(answer.plan, period, days, rows, table, selector, stop));
        for (const CostCentreSpend& centre : centresOf(answer.plan, sums, days, calendar.monthOf(period.first)))
            earlier.standings.emplace_back(centre.standing.scope, centre.standing.spent);
    }
    for (const BudgetStanding& standing : answer.budgets) {
        const DimensionChoice of = TRY(dimensionFromId(standing.scope.of));
        MoneySum spent;
        const Condition condition{.of = of, .values = {standing.scope.value}};
        TRY(selector.rowsOf({.period = period, .conditions = {condition}}, stop)).forEach([&](std::size_t row) {
            spent += Money(table.cost()[row]);
        });
        earlier.standings.emplace_back(standing.scope, spent);
    }
    return earlier;
}

EarlierSpend earlierSpend(const Period& month, const spend::ClosedFigures& closed)
{
    EarlierSpend earlier{.period = month, .all = closed.all.spent};
    for (const spend::ClosedCentre& centre : closed.centres)
        earlier.standings.emplace_back(centre.standing.scope, centre.standing.spent);
    for (const spend::ClosedStanding& standing : closed.budgets)
        earlier.standings.emplace_back(standing.scope, standing.spent);
    for (const spend::ClosedTraces& traces : closed.traced) {
        const auto known = std::find_if(earlier.providers.begin(), earlier.providers.end(),
                                        [&](const auto& of) { return of.first == traces.provider; });
        if (known == earlier.providers.end())
            earlier.providers.emplace_back(traces.provider, traces.cost);
        else
            known->second += traces.cost;
    }
    return earlier;
}

} // namespace queries

} // namespace plumbline
