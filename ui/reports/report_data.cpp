// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/report_data.h"

#include <algorithm>
#include <map>

namespace plumbline {

namespace {

using spend::VarianceCell;
using spend::VarianceSide;

/// The cells of a side that belong to one value.
VarianceSide partOf(const VarianceSide& side, std::string VarianceCell::*of, const std::string& value)
{
    VarianceSide part;
    for (const VarianceCell& cell : side.cells)
        if (cell.*of == value)
            part.cells.push_back(cell);
    for (const auto& [feature, traces] : side.traces)
        if (of == &VarianceCell::model || feature == value)
            part.traces.emplace_back(feature, traces);
    return part;
}

std::optional<spend::Factor> driverOf(const VarianceSide& before, const VarianceSide& after, MoneySum change)
{
    const spend::Variance variance = spend::varianceOf(before, after, spend::VarianceMethod::Shapley);
    std::optional<spend::Factor> driver;
    std::int64_t most = 0;
    for (std::size_t i = 0; i < spend::factorCount; ++i) {
        const std::int64_t effect = change < MoneySum() ? -variance.factors[i] : variance.factors[i];
        if (effect > most) {
            most = effect;
            driver = static_cast<spend::Factor>(i);
        }
    }
    return driver;
}

std::vector<ReportGroup> groupsOf(const SpendAnswer& answer, std::string VarianceCell::*by)
{
    std::map<std::string, ReportGroup> groups;
    for (const VarianceCell& cell : answer.after.cells) {
        ReportGroup& group = groups[cell.*by];
        group.calls += cell.calls;
        group.cost += cell.cost;
        for (const TokenCount tokens : cell.tokens)
            group.tokens += tokens;
    }
    for (const VarianceCell& cell : answer.before.cells) {
        ReportGroup& group = groups[cell.*by];
        group.callsBefore += cell.calls;
        group.costBefore += cell.cost;
    }
    std::vector<ReportGroup> rows;
    for (auto& [name, group] : groups) {
        group.name = name;
        rows.push_back(std::move(group));
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const ReportGroup& a, const ReportGroup& b) { return a.cost > b.cost; });
    // A driver for those that a reader will ask about: of ten up and ten down at most.
    constexpr std::size_t explained = 10;
    std::vector<ReportGroup*> byChange;
    for (ReportGroup& row : rows)
        byChange.push_back(&row);
    std::stable_sort(byChange.begin(), byChange.end(),
                     [](const ReportGroup* a, const ReportGroup* b) { return a->change() > b->change(); });
    for (std::size_t i = 0; i < byChange.size(); ++i)
        if (ReportGroup& row = *byChange[i];
            (i < explained || i + explained >= byChange.size()) && row.calls > 0 && row.callsBefore > 0)
            row.driver =
                driverOf(partOf(answer.before, by, row.name), partOf(answer.after, by, row.name), row.change());
    return rows;
}

/// Price rows of models the month was charged for that begin after it.
Result<std::vector<BookPrice>> pricesAhead(const ReportData& data)
{
    std::vector<BookPrice> ahead;
    const PriceBookAnswer book = TRY(priceBookWith(data.prices.own));
    for (const BookPrice& price : book.prices) {
        const std::string name = price.provider + " · " + price.model + " · ";
        const bool isUsed = std::any_of(data.priceRows.begin(), data.priceRows.end(),
                                        [&](const PriceRowSpend& row) { return row.price.starts_with(name); });
        if (isUsed && price.validFrom && *price.validFrom >= data.spend.period.end)
            ahead.push_back(price);
    }
    return ahead;
}

} // namespace

Result<ReportData> reportDataOf(const Queries& queries, const ReportDefinition& definition, std::int32_t month,
                                const ProgressSink& progress, const StopToken& stop,
                                const std::optional<Timestamp>& now)
{
    constexpr std::uint64_t steps = 6;
    std::uint64_t done = 0;
    const auto step = [&](const char* what) -> Result<> {
        if (progress)
            progress({.what = what, .done = done++, .total = steps});
        return stop.check();
    };
    ReportData data{.definition = definition, .calendar = queries.calendar()};
    TRY(step("the month"));
    data.spend = TRY(queries.spend({.month = month, .now = now}, stop));
    data.currency = TRY(currencyOf(
        data.spend.plan.rates, definition.currency.empty() ? data.spend.plan.currency : definition.currency, month));
    const Filter filter{.period = data.spend.period};
    data.days = TRY(queries.series({.filter = filter, .by = {.dimension = Dimension::Provider}, .top = 1}, stop));
    for (Annotation& annotation : TRY(queries.annotations(stop)))
        if (annotation.time >= data.spend.period.first && annotation.time < data.spend.period.end)
            data.annotations.push_back(std::move(annotation));
    TRY(step("features and models"));
    data.features = groupsOf(data.spend, &VarianceCell::feature);
    data.models = groupsOf(data.spend, &VarianceCell::model);
    data.perFeature = TRY(queries.breakdown({.filter = filter,
                                             .by = {{.dimension = Dimension::Feature}},
                                             .wantsPercentiles = true,
                                             .baseline = Filter{.period = data.spend.baseline}},
                                            stop));
    constexpr std::int32_t monthsBack = 5;
    const Period sixMonths{queries.calendar().month(month - monthsBack).first, data.spend.period.end};
    data.months = TRY(queries.breakdown(
        {.filter = {.period = sixMonths}, .by = {{.dimension = Dimension::Month}}, .figures = Figures::TokensAndCost},
        stop));
    data.featureMonths =
        TRY(queries.breakdown({.filter = {.period = sixMonths},
                               .by = {{.dimension = Dimension::Feature}, {.dimension = Dimension::Month}},
                               .figures = Figures::TokensAndCost},
                              stop));
    TRY(step("environments"));
    data.environments = TRY(queries.breakdown(
        {.filter = filter, .by = {{.dimension = Dimension::Environment}}, .figures = Figures::TokensAndCost}, stop));
    TRY(step("drains"));
    data.drains = TRY(queries.drains({.filter = filter}, stop));
    TRY(step("prices"));
    data.priceRows = TRY(queries.priceRows(data.spend.period, stop));
    data.prices = TRY(queries.prices(stop));
    data.pricesAhead = TRY(pricesAhead(data));
    TRY(step("sources"));
    data.scenarios = TRY(queries.scenarios(stop));
    data.sources = TRY(queries.sources(stop));
    return data;
}

} // namespace plumbline
