// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/items/format.h"
#include "model/items/spend_tables.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostMovers = 10;

ReportTable moverTable(const QString& title, const std::vector<ReportGroup>& groups, bool isUp, const ReportData& data,
                       const ReportMoney& money)
{
    // Printed as in the appendix, where all of them add up.
    const GroupCells cells = cellsOf(groups, data, money);
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < groups.size(); ++i)
        if (isUp ? groups[i].change() > MoneySum() : groups[i].change() < MoneySum())
            places.push_back(i);
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
        return isUp ? groups[a].change() > groups[b].change() : groups[a].change() < groups[b].change();
    });
    if (places.size() > mostMovers)
        places.resize(mostMovers);
    ReportTable table{.title = title,
                      .columns = {{.title = ReportTexts::tr("Name"), .isFigure = false, .width = 2},
                                  {.title = format::month(data.spend.against)},
                                  {.title = format::month(data.spend.month)},
                                  {.title = ReportTexts::tr("Change")},
                                  {.title = ReportTexts::tr("in\u00a0%")},
                                  {.title = ReportTexts::tr("of all change")},
                                  {.title = ReportTexts::tr("Driver"), .isFigure = false, .width = 1.2}},
                      .whenEmpty = isUp ? ReportTexts::tr("Nothing rose.") : ReportTexts::tr("Nothing fell.")};
    const bool hasOwners = &groups == &data.features && !data.spend.plan.owners.empty();
    if (hasOwners)
        table.columns.push_back({.title = ReportTexts::tr("Owner"), .isFigure = false});
    const double all = (data.spend.budget.spent - data.spend.totalBaseline.cost.value_or(MoneySum())).dollars();
    for (const std::size_t place : places) {
        const ReportGroup& group = groups[place];
        const QString driver = group.callsBefore == 0 ? ReportTexts::tr("new")
                               : group.calls == 0     ? ReportTexts::tr("retired")
                               : group.driver         ? factorTitle(*group.driver)
                                                      : format::unknown();
        ReportRow row{
            .cells = {{.value = nameOf(group.name)},
                      {.value = cells.before[place]},
                      {.value = cells.now[place]},
                      {.value = cells.change(place)},
                      {.value = relative(group.cost, group.costBefore)},
                      {.value = all != 0 ? ReportValue(Share{group.change().dollars() / all}) : ReportValue()},
                      {.value = driver}}};
        if (hasOwners)
            row.cells.push_back({.value = toQt(ownerOf(data.spend.plan, group.name))});
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    return {moverTable(ReportTexts::tr("Features that cost more"), data.features, true, data, money),
            moverTable(ReportTexts::tr("Features that cost less"), data.features, false, data, money),
            moverTable(ReportTexts::tr("Models that cost more"), data.models, true, data, money),
            moverTable(ReportTexts::tr("Models that cost less"), data.models, false, data, money),
            ReportText{.text = ReportTexts::tr("The driver is the factor of the page before that moved a row most."),
                       .isQuiet = true}};
}

} // namespace

ReportSection movers()
{
    return {.id = "movers",
            .title = QT_TRANSLATE_NOOP("ReportTexts", "Top movers"),
            .isInShortForm = false,
            .blocks = blocks};
}

} // namespace plumbline::sections
