// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/items/format.h"
#include "model/items/spend_tables.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostMovers = 10;

ReportTable moverTable(const QString& title, std::vector<ReportGroup> groups, bool isUp, const ReportData& data,
                       const ReportMoney& money)
{
    std::erase_if(groups,
                  [&](const ReportGroup& of) { return isUp ? of.change() <= MoneySum() : of.change() >= MoneySum(); });
    std::stable_sort(groups.begin(), groups.end(), [&](const ReportGroup& a, const ReportGroup& b) {
        return isUp ? a.change() > b.change() : a.change() < b.change();
    });
    if (groups.size() > mostMovers)
        groups.resize(mostMovers);
    ReportTable table{.title = title,
                      .columns = {{.title = translated("Name"), .isFigure = false, .width = 2},
                                  {.title = format::month(data.spend.against)},
                                  {.title = format::month(data.spend.month)},
                                  {.title = translated("Change")},
                                  {.title = translated("in\u00a0%")},
                                  {.title = translated("of all change")},
                                  {.title = translated("Driver"), .isFigure = false, .width = 1.2}},
                      .whenEmpty = isUp ? translated("Nothing rose.") : translated("Nothing fell.")};
    const double all = (data.spend.budget.spent - data.spend.totalBaseline.cost.value_or(MoneySum())).dollars();
    for (const ReportGroup& group : groups) {
        const QString driver = group.callsBefore == 0 ? translated("new")
                               : group.calls == 0     ? translated("retired")
                               : group.driver         ? factorTitle(*group.driver)
                                                      : format::unknown();
        table.rows.push_back(
            {.cells = {{.value = nameOf(group.name)},
                       {.value = money.of(group.costBefore)},
                       {.value = money.of(group.cost)},
                       {.value = ReportMoney::difference(money.of(group.cost), money.of(group.costBefore))},
                       {.value = relative(group.cost, group.costBefore)},
                       {.value = all != 0 ? ReportValue(Share{group.change().dollars() / all}) : ReportValue()},
                       {.value = driver}}});
    }
    return table;
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    return {moverTable(translated("Features that cost more"), data.features, true, data, money),
            moverTable(translated("Features that cost less"), data.features, false, data, money),
            moverTable(translated("Models that cost more"), data.models, true, data, money),
            moverTable(translated("Models that cost less"), data.models, false, data, money),
            ReportText{.text = translated("The driver is the factor of the page before that moved a row most."),
                       .isQuiet = true}};
}

} // namespace

ReportSection movers()
{
    return {
        .id = "movers", .title = QT_TRANSLATE_NOOP("Report", "Top movers"), .isInShortForm = false, .blocks = blocks};
}

} // namespace plumbline::sections
