// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/scenario_table.h"

#include <QCoreApplication>

#include "model/items/format.h"
#include "model/items/what_if_tables.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(WhatIf)
};

using Row = ComparedScenario;
using Table = RowTable<ComparedScenario>;

MoneySum monthIn(const Table& table, MoneySum of)
{
    return monthOf(of, static_cast<const ScenarioTable&>(table).days());
}

Cell moneyCell(const Row& row, MoneySum money)
{
    if (!row.isCostKnown)
        return {.text = format::unknown()};
    return {.text = format::money(money), .value = money.dollars(), .toolTip = format::exactMoney(money)};
}

Cell meanCell(TokenCount tokens, std::int64_t calls)
{
    if (calls == 0)
        return {.text = format::unknown()};
    return {.text = format::count((tokens + calls / 2) / calls),
            .value = static_cast<double>(tokens) / static_cast<double>(calls)};
}

Cell latencyCell(const std::optional<double>& milliseconds)
{
    return {.text = latencyText(milliseconds), .value = milliseconds ? QVariant(*milliseconds) : QVariant()};
}

} // namespace

void ScenarioTable::show(std::vector<ComparedScenario> scenarios, std::int32_t days, double growth)
{
    m_days = days;
    m_growth = growth;
    setRows(
        {{.id = u"scenario-name"_s,
          .title = Texts::tr("Scenario"),
          .kind = ColumnKind::Name,
          .cell = [](const Row& row, const Table&) { return Cell{.text = row.name, .value = row.name}; }},
         {.id = u"month"_s,
          .title = Texts::tr("Projected month"),
          .kind = ColumnKind::Figure,
          .cell = [](const Row& row, const Table& table) { return moneyCell(row, monthIn(table, row.figures.cost)); },
          .toolTip = Texts::tr("At the rate a day of these calls, over 30 days")},
         {.id = u"saves"_s,
          .title = Texts::tr("Saves"),
          .kind = ColumnKind::Figure,
          .cell =
              [](const Row& row, const Table& table) {
                  const MoneySum saved = monthIn(table, row.saved);
                  return Cell{.text = saved == MoneySum() ? u"–"_s : savingText(saved),
                              .value = saved.dollars(),
                              .toolTip = format::exactMoney(saved)};
              },
          .toolTip = Texts::tr("Of the projected month, against now")},
         {.id = u"cost"_s,
          .title = Texts::tr("Cost of these calls"),
          .kind = ColumnKind::Figure,
          .cell = [](const Row& row, const Table&) { return moneyCell(row, row.figures.cost); },
          .toolTip = Texts::tr("Of the calls of the filter, as they were or as they would have been"),
          .isHiddenFirst = true},
         {.id = u"year"_s,
          .title = yearTitle(growth),
          .kind = ColumnKind::Figure,
          .cell =
              [](const Row& row, const Table& table) {
                  return moneyCell(
                      row, yearOf(monthIn(table, row.figures.cost), static_cast<const ScenarioTable&>(table).growth()));
              },
          .toolTip = Texts::tr("Each month so much more than the one before; no price and no use changes"),
          .isHiddenFirst = true},
         {.id = u"input-a-call"_s,
          .title = Texts::tr("Input tokens / call"),
          .kind = ColumnKind::Figure,
          .cell = [](const Row& row, const Table&) { return meanCell(row.figures.input, row.figures.callsWithUsage); },
          .toolTip = Texts::tr("Mean of the calls that say what they used")},
         {.id = u"output-a-call"_s,
          .title = Texts::tr("Output tokens / call"),
          .kind = ColumnKind::Figure,
          .cell = [](const Row& row, const Table&) { return meanCell(row.figures.output, row.figures.callsWithUsage); },
          .toolTip = Texts::tr("Mean of the calls that say what they used")},
         {.id = u"p50"_s,
          .title = Texts::tr("Latency P50"),
          .kind = ColumnKind::Figure,
          .cell = [](const Row& row, const Table&) { return latencyCell(row.figures.p50); },
          .toolTip = Texts::tr("Half of the calls were, or would have been, as fast"),
          .isHiddenFirst = true},
         {.id = u"p95"_s,
          .title = Texts::tr("Latency P95"),
          .kind = ColumnKind::Figure,
          .cell = [](const Row& row, const Table&) { return latencyCell(row.figures.p95); },
          .toolTip = Texts::tr("95 of 100 calls were, or would have been, as fast")},
         {.id = u"waste-ratio"_s,
          .title = Texts::tr("Waste ratio"),
          .kind = ColumnKind::Figure,
          .cell =
              [](const Row& row, const Table&) {
                  const auto& ratio = row.figures.wasteRatio;
                  return Cell{.text = format::percent(ratio), .value = ratio ? QVariant(*ratio) : QVariant()};
              },
          .toolTip = Texts::tr("Tokens that need not have been there, of all tokens")}},
        std::move(scenarios));
}

} // namespace plumbline
