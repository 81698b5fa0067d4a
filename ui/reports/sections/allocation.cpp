// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "model/items/format.h"
#include "model/items/spend_tables.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

/// From here on the FinOps Foundation calls allocation good (80 % to begin with, 90 % in a practised team).
constexpr double allocationGoal = 0.9;
constexpr std::size_t mostFeatures = 15;

struct Slice
{
    QString name = {};
    std::int64_t calls = 0;
    MoneySum cost = {};
};

ReportTable sliceTable(const QString& title, const QString& of, std::vector<Slice> slices, MoneySum total,
                       std::int64_t calls, const ReportMoney& money)
{
    ReportTable table{.title = title,
                      .columns = {{.title = of, .isFigure = false, .width = 2},
                                  {.title = ReportTexts::tr("Calls"), .isSummed = true},
                                  {.title = ReportTexts::tr("Spend"), .isSummed = true},
                                  {.title = ReportTexts::tr("Share")}},
                      .total = ReportRow{.cells = {{.value = ReportTexts::tr("All spend")},
                                                   {.value = calls},
                                                   {.value = money.of(total)},
                                                   {.value = Share{1}}}},
                      .whenEmpty = ReportTexts::tr("No calls.")};
    std::vector<MoneySum> parts;
    for (const Slice& slice : slices)
        parts.push_back(slice.cost);
    const std::vector<ReportValue> spent = money.footed(parts, total);
    for (std::size_t i = 0; i < slices.size(); ++i)
        table.rows.push_back(
            {.cells = {{.value = slices[i].name},
                       {.value = slices[i].calls},
                       {.value = spent[i]},
                       {.value = total > MoneySum() ? ReportValue(Share{slices[i].cost.dollars() / total.dollars()})
                                                    : ReportValue()}}});
    return table;
}

std::vector<Slice> slicesOf(const std::vector<ReportGroup>& groups)
{
    std::vector<Slice> slices;
    Slice rest{.name = ReportTexts::tr("All others")};
    for (const ReportGroup& group : groups) {
        if (group.calls == 0)
            continue;
        if (slices.size() < mostFeatures) {
            slices.push_back({.name = nameOf(group.name), .calls = group.calls, .cost = group.cost});
            continue;
        }
        rest.calls += group.calls;
        rest.cost += group.cost;
    }
    if (rest.calls > 0)
        slices.push_back(rest);
    return slices;
}

std::vector<Slice> providersOf(const SpendAnswer& spend)
{
    std::map<std::string, Slice> byName;
    for (const spend::ClosedTraces& of : spend.traced) {
        Slice& slice = byName[of.provider];
        slice.name = nameOf(of.provider);
        slice.cost += of.cost;
    }
    std::vector<Slice> slices;
    for (const auto& [name, slice] : byName)
        slices.push_back(slice);
    std::stable_sort(slices.begin(), slices.end(), [](const Slice& a, const Slice& b) { return a.cost > b.cost; });
    return slices;
}

ReportTable sharedTable(const ReportData& data, const ReportMoney& money)
{
    ReportTable table{.title = ReportTexts::tr("Shared costs"),
                      .columns = {{.title = ReportTexts::tr("Cost centre"), .isFigure = false, .width = 2},
                                  {.title = ReportTexts::tr("Own spend")},
                                  {.title = ReportTexts::tr("Of shared ones")},
                                  {.title = ReportTexts::tr("Spend")},
                                  {.title = ReportTexts::tr("Split by"), .isFigure = false}}};
    for (const CostCentreSpend& centre : data.spend.centres)
        table.rows.push_back({.cells = {{.value = budgetTitle(centre.standing.scope)},
                                        {.value = money.of(centre.own)},
                                        {.value = money.change(centre.shared)},
                                        {.value = money.of(centre.standing.spent)},
                                        {.value = toQt(idOf(centre.split))}}});
    return table;
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    const SpendAnswer& spend = data.spend;
    std::vector<ReportBlock> all = {centreTable(data, money)};
    if (!spend.centres.empty() && spend.budget.spent > MoneySum()) {
        const double unallocated = spend.centres.back().own.dollars() / spend.budget.spent.dollars();
        all.push_back(ReportText{.text = (1 - unallocated >= allocationGoal
                                              ? ReportTexts::tr("%1 of spend is allocated: the yardstick of %2 is met.")
                                              : ReportTexts::tr("%1 of spend is allocated: below the yardstick of %2."))
                                             .arg(format::percent(1 - unallocated), format::percent(allocationGoal)),
                                 .isQuiet = true});
    }
    if (!spend.budgets.empty())
        all.push_back(budgetTable(data, money));
    if (std::any_of(spend.centres.begin(), spend.centres.end(),
                    [](const CostCentreSpend& of) { return of.split != SplitKey::None; }))
        all.push_back(sharedTable(data, money));
    all.push_back(sliceTable(ReportTexts::tr("By feature"), ReportTexts::tr("Feature"), slicesOf(data.features),
                             spend.budget.spent, spend.total.calls, money));
    ReportTable providers = sliceTable(ReportTexts::tr("By provider"), ReportTexts::tr("Provider"), providersOf(spend),
                                       spend.budget.spent, spend.total.calls, money);
    for (ReportRow& row : providers.rows) // calls are known in the month of UTC only
        row.cells.erase(row.cells.begin() + 1);
    providers.columns.erase(providers.columns.begin() + 1);
    providers.total->cells.erase(providers.total->cells.begin() + 1);
    all.push_back(std::move(providers));
    if (!spend.adjustment) {
        std::vector<Slice> environments;
        for (const BreakdownRow& row : data.environments.rows)
            environments.push_back({.name = nameOf(row.keys[0]),
                                    .calls = row.measures.calls,
                                    .cost = row.measures.cost.value_or(MoneySum())});
        all.push_back(sliceTable(ReportTexts::tr("By environment"), ReportTexts::tr("Environment"),
                                 std::move(environments), spend.budget.spent, spend.total.calls, money));
    }
    return all;
}

} // namespace

ReportSection allocation()
{
    return {.id = "allocation",
            .title = QT_TRANSLATE_NOOP("ReportTexts", "Allocation"),
            .isInShortForm = true,
            .blocks = blocks};
}

} // namespace plumbline::sections
