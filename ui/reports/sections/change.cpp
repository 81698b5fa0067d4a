// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/format.h"
#include "model/items/spend_tables.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

/// What was said of the steps, in the order of the table.
struct SaidOfSteps
{
    explicit SaidOfSteps(const ReportData& data) : data(data)
    {
        for (const ChangeNote& note : data.spend.plan.notes)
            isAny = isAny || (note.month == data.spend.month && takesNotes(data.spend));
    }
    void addColumns(ReportTable& table) const
    {
        if (!isAny)
            return;
        for (const char* title : {QT_TRANSLATE_NOOP("ReportTexts", "Nature"), QT_TRANSLATE_NOOP("ReportTexts", "Owner"),
                                  QT_TRANSLATE_NOOP("ReportTexts", "What is done next")})
            table.columns.push_back({.title = ReportTexts::tr(title), .isFigure = false});
        table.columns.back().width = 2;
        for (ReportRow& row : table.rows)
            row.cells.resize(table.columns.size(), {.value = QString()});
        if (table.total)
            table.total->cells.resize(table.columns.size(), {.value = QString()});
    }
    void addTo(ReportRow& row, const std::string& step) const
    {
        if (!isAny)
            return;
        const ChangeNote note = noteOf(data.spend.plan, data.spend.month, step);
        row.cells.push_back({.value = natureTitle(note.nature)});
        row.cells.push_back({.value = toQt(note.owner)});
        row.cells.push_back({.value = toQt(note.action)});
    }

    const ReportData& data;
    bool isAny = false;
};

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    const ChangeSteps change = changeStepsOf(data, money);
    const SaidOfSteps said(data);
    ReportTable table{
        .title =
            ReportTexts::tr("From %1 to %2").arg(format::month(data.spend.against), format::month(data.spend.month)),
        .columns = {{.title = ReportTexts::tr("Step"), .isFigure = false, .width = 2},
                    {.title = ReportTexts::tr("Amount"), .isSummed = true},
                    {.title = ReportTexts::tr("Share of the change")}},
        .total = ReportRow{.cells = {{.value = format::month(data.spend.month)},
                                     {.value = money.of(data.spend.budget.spent)},
                                     {.value = QString()}}}};
    table.rows.push_back({.cells = {{.value = format::month(data.spend.against)},
                                    {.value = money.of(data.spend.totalBaseline.cost.value_or(MoneySum()))},
                                    {.value = QString()}}});
    for (const auto& [id, name, meaning, cents] : change.steps) {
        const std::int64_t all = change.after - change.before;
        ReportRow row{
            .cells = {{.value = name},
                      {.value = CentsChange{cents}},
                      {.value = all != 0 ? ReportValue(Share{static_cast<double>(cents) / static_cast<double>(all)})
                                         : ReportValue()}}};
        said.addTo(row, id);
        table.rows.push_back(std::move(row));
    }
    if (change.steps.empty() && data.spend.budget.spent != data.spend.totalBaseline.cost.value_or(MoneySum())) {
        // A month below one unit of its currency is printed finer than steps are found.
        table.rows.push_back(
            {.cells = {{.value = ReportTexts::tr("All of it")}, {.value = money.monthChange()}, {.value = Share{1}}}});
    }
    said.addColumns(table);
    std::vector<ReportBlock> all;
    if (!change.steps.empty())
        all.push_back(changeChart(data, money));
    all.push_back(std::move(table));
    all.push_back(
        ReportText{.text = ReportTexts::tr(
                       "Spend is traces × mix of features × calls a trace × mix of models × tokens a call × share of "
                       "each kind of token × price. Each step is what one of these moved, on average over all "
                       "orders in which they could have moved (Shapley); cents by largest remainder, so that the "
                       "steps add up. Features that were not there in both months stand apart."),
                   .isQuiet = true});
    if (data.currency.rate)
        all.push_back(
            ReportText{.text = ReportTexts::tr("Both months are converted at the rate of %1, so that no step comes "
                                               "from the currency.")
                                   .arg(format::month(data.spend.month)),
                       .isQuiet = true});
    return all;
}

} // namespace

ReportSection change()
{
    return {.id = "change",
            .title = QT_TRANSLATE_NOOP("ReportTexts", "Why it changed"),
            .isInShortForm = true,
            .blocks = blocks};
}

} // namespace plumbline::sections
