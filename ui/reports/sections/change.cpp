// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/format.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    const ChangeSteps change = changeStepsOf(data, money);
    ReportTable table{
        .title = translated("From %1 to %2").arg(format::month(data.spend.against), format::month(data.spend.month)),
        .columns = {{.title = translated("Step"), .isFigure = false, .width = 2},
                    {.title = translated("Amount"), .isSummed = true},
                    {.title = translated("Share of the change")}},
        .total = ReportRow{.cells = {{.value = format::month(data.spend.month)},
                                     {.value = money.of(data.spend.budget.spent)},
                                     {.value = QString()}}}};
    table.rows.push_back({.cells = {{.value = format::month(data.spend.against)},
                                    {.value = money.of(data.spend.totalBaseline.cost.value_or(MoneySum()))},
                                    {.value = QString()}}});
    for (const auto& [name, meaning, cents] : change.steps) {
        const std::int64_t all = change.after - change.before;
        table.rows.push_back(
            {.cells = {{.value = name},
                       {.value = CentsChange{cents}},
                       {.value = all != 0 ? ReportValue(Share{static_cast<double>(cents) / static_cast<double>(all)})
                                          : ReportValue()}}});
    }
    if (change.steps.empty() && data.spend.budget.spent != data.spend.totalBaseline.cost.value_or(MoneySum())) {
        // A month below one unit of its currency is printed finer than steps are found.
        table.rows.push_back(
            {.cells = {{.value = translated("All of it")}, {.value = money.monthChange()}, {.value = Share{1}}}});
    }
    std::vector<ReportBlock> all;
    if (!change.steps.empty())
        all.push_back(changeChart(data, money));
    all.push_back(std::move(table));
    all.push_back(ReportText{
        .text =
            translated("Spend is traces × mix of features × calls a trace × mix of models × tokens a call × share of "
                       "each kind of token × price. Each step is what one of these moved, on average over all "
                       "orders in which they could have moved (Shapley); cents by largest remainder, so that the "
                       "steps add up. Features that were not there in both months stand apart."),
        .isQuiet = true});
    if (data.currency.rate)
        all.push_back(
            ReportText{.text = translated("Both months are converted at the rate of %1, so that no step comes "
                                          "from the currency.")
                                   .arg(format::month(data.spend.month)),
                       .isQuiet = true});
    return all;
}

} // namespace

ReportSection change()
{
    return {.id = "change",
            .title = QT_TRANSLATE_NOOP("Report", "Why it changed"),
            .isInShortForm = true,
            .blocks = blocks};
}

} // namespace plumbline::sections
