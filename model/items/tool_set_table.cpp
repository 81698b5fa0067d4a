// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "model/items/common_cells.h"
#include "model/items/format.h"
#include "model/items/prompt_version_tables.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

using Sets = RowTable<ToolSetVersion>;

/// `+ search, − lookup, ~ order`.
QString changeText(const ToolSetVersion& set)
{
    QStringList parts;
    for (const auto& [sign, names] :
         {std::pair(u"+ "_s, &set.added), {u"− "_s, &set.removed}, {u"~ "_s, &set.redefined}})
        for (const std::string& name : *names)
            parts += sign + toQt(name);
    if (set.isReordered)
        parts += ToolSetsTable::tr("another order");
    return parts.join(u", "_s);
}

Cell notSplit()
{
    return {.text = format::unknown(), .toolTip = ToolSetsTable::tr("Not split into segments")};
}

Cell growthCell(const ToolSetVersion& row, const Sets& table)
{
    const std::optional<double> growth = static_cast<const ToolSetsTable&>(table).growthOf(row);
    if (!growth)
        return {.text = format::unknown()};
    const auto tokens = static_cast<std::int64_t>(std::llround(*growth));
    return {.text = (tokens > 0   ? u"+"_s
                     : tokens < 0 ? u"−"_s
                                  : QString()) +
                    format::count(std::abs(tokens)),
            .value = *growth};
}

} // namespace

ToolSetsTable::ToolSetsTable(QObject* parent) : RowTable(parent) {}

std::optional<double> ToolSetsTable::growthOf(const ToolSetVersion& row) const
{
    const auto at =
        std::find_if(m_sets.begin(), m_sets.end(), [&](const ToolSetVersion& set) { return set.number == row.number; });
    if (at == m_sets.end() || at == m_sets.begin())
        return {};
    const auto now = at->tokensPerCall(), before = std::prev(at)->tokensPerCall();
    return now && before ? std::optional(*now - *before) : std::nullopt;
}

void ToolSetsTable::show(const PromptRow& prompt, const ReportingCalendar& calendar)
{
    using enum ColumnKind;
    m_calendar = calendar;
    m_sets = prompt.toolSets;
    setRows({{.id = u"set"_s,
              .title = tr("Set"),
              .kind = Name,
              .cell =
                  [](const ToolSetVersion& row, const Sets&) {
                      return Cell{.text = u"v%1"_s.arg(row.number),
                                  .value = row.number,
                                  .condition = Condition{.of = {Dimension::ToolSet, {}}, .values = {row.digest}}};
                  }},
             {.id = u"first-seen"_s,
              .title = tr("First seen"),
              .kind = Text,
              .cell =
                  [](const ToolSetVersion& row, const Sets& table) {
                      return cells::day(row.firstSeen, static_cast<const ToolSetsTable&>(table).calendar());
                  },
              .toolTip = tr("In all data, whatever the filter")},
             {.id = u"last-seen"_s,
              .title = tr("Last seen"),
              .kind = Text,
              .cell =
                  [](const ToolSetVersion& row, const Sets& table) {
                      return cells::day(row.lastSeen, static_cast<const ToolSetsTable&>(table).calendar());
                  },
              .toolTip = tr("In all data, whatever the filter"),
              .isHiddenFirst = true},
             {.id = u"changes"_s,
              .title = tr("Against the one before"),
              .kind = Text,
              .cell =
                  [](const ToolSetVersion& row, const Sets&) {
                      const QString text = row.number == 1 ? ToolSetsTable::tr("the first") : changeText(row);
                      return Cell{.text = text, .value = text, .toolTip = text};
                  },
              .toolTip = tr("+ added, − removed, ~ defined anew")},
             {.id = u"tools"_s,
              .title = tr("Tools"),
              .kind = Figure,
              .cell = [](const ToolSetVersion& row,
                         const Sets&) { return cells::count(static_cast<std::int64_t>(row.tools)); },
              .toolTip = tr("Definitions in the set")},
             {.id = u"tokens"_s,
              .title = tr("Tokens"),
              .kind = Figure,
              .cell =
                  [](const ToolSetVersion& row, const Sets&) {
                      const auto tokens = row.tokensPerCall();
                      return tokens ? cells::count(std::llround(*tokens)) : notSplit();
                  },
              .toolTip = tr("Of all its definitions, a call")},
             {.id = u"growth"_s,
              .title = tr("Δ tokens"),
              .kind = Figure,
              .cell = growthCell,
              .toolTip = tr("A call, against the set before")},
             {.id = u"calls"_s,
              .title = tr("Calls"),
              .kind = Figure,
              .cell = [](const ToolSetVersion& row, const Sets&) { return cells::count(row.calls); },
              .toolTip = tr("Calls in the filter that were offered it")},
             {.id = u"cost"_s,
              .title = tr("Cost"),
              .kind = Figure,
              .cell = [](const ToolSetVersion& row,
                         const Sets&) { return row.callsSplit > 0 ? cells::cost(row.cost, {}) : notSplit(); },
              .toolTip = tr("Of its definitions, in these calls")}},
            std::vector<ToolSetVersion>(m_sets.rbegin(), m_sets.rend()));
}

} // namespace plumbline
