// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/prompt_version_tables.h"

#include <algorithm>
#include <cmath>

#include "model/items/common_cells.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

using Prompts = RowTable<PromptRow>;
using Versions = RowTable<PromptVersion>;
using Tools = RowTable<OfferedTool>;

Cell tokensCell(const PromptFigures& figures)
{
    const auto tokens = figures.tokensPerCall();
    if (!tokens)
        return {.text = format::unknown(), .toolTip = PromptsTable::tr("Not split into segments")};
    return {.text = format::count(static_cast<std::int64_t>(std::lround(*tokens))),
            .value = *tokens,
            .toolTip = PromptsTable::tr("On average of %1 calls, estimated by the model's weights")
                           .arg(format::count(figures.callsSplit))};
}

Cell costCell(const PromptFigures& figures)
{
    if (figures.callsSplit == 0)
        return {.text = format::unknown(), .toolTip = PromptsTable::tr("Not split into segments")};
    if (figures.unpricedCalls == figures.calls)
        return {.text = format::unknown(), .toolTip = PromptsTable::tr("None of its calls is priced")};
    Cell cell = cells::cost(figures.cost, {});
    if (figures.unpricedCalls > 0)
        cell.toolTip +=
            u'\n' + PromptsTable::tr("%1 calls of unknown cost beside it").arg(format::count(figures.unpricedCalls));
    return cell;
}

Cell shareCell(std::optional<double> share, const QString& whyUnknown)
{
    if (!share)
        return {.text = format::unknown(), .toolTip = whyUnknown};
    return {.text = format::percent(*share), .value = *share};
}

std::optional<double> wasteShare(const PromptFigures& figures)
{
    return figures.cost > MoneySum() ? std::optional(figures.waste.dollars() / figures.cost.dollars()) : std::nullopt;
}

/// Of a month's cost.
Cell changeCell(const PromptRow& row, const PromptsTable& table)
{
    const bool wasThere = row.before && row.before->calls > 0;
    if (!wasThere)
        return {.text = PromptsTable::tr("new"), .toolTip = PromptsTable::tr("No call was sent with it then")};
    if (row.figures.calls == 0)
        return {.text = PromptsTable::tr("gone"),
                .value = -table.costOfMonthBefore(row).dollars(),
                .toolTip = PromptsTable::tr("No call is sent with it any more; it cost %1 a month")
                               .arg(format::money(table.costOfMonthBefore(row)))};
    const MoneySum now = table.costOfMonth(row), before = table.costOfMonthBefore(row);
    return {.text = format::change(now.dollars(), before.dollars()),
            .value = (now - before).dollars(),
            .toolTip = PromptsTable::tr("From %1 to %2 a month; %3 calls, were %4")
                           .arg(format::money(before), format::money(now), format::count(row.figures.calls),
                                format::count(row.before->calls))};
}

QString versionText(std::int32_t number)
{
    return u"v%1"_s.arg(number);
}

} // namespace

QString promptName(const PromptRow& prompt)
{
    return prompt.step.empty() || prompt.step == prompt.feature
               ? toQt(prompt.feature)
               : u"%1 / %2"_s.arg(toQt(prompt.feature), toQt(prompt.step));
}

Cell promptNote(const PromptRow& prompt)
{
    const auto pill = [](const QString& text, Tone tone, const QString& toolTip) {
        return Cell{.text = text, .value = text, .toolTip = toolTip, .picture = QVariant::fromValue(Pill{tone})};
    };
    if (prompt.versions.empty())
        return pill(PromptsTable::tr("tools only"), Tone::Neutral,
                    PromptsTable::tr("These calls offer tools without instructions"));
    const PromptVersion& latest = prompt.versions.back();
    const double tokens = prompt.figures.tokensPerCall().value_or(0);
    const double hit = prompt.figures.cacheHit().value_or(0);
    constexpr double mostlyCached = 0.5;
    if (hit >= mostlyCached)
        return pill(PromptsTable::tr("ok"), Tone::Good, PromptsTable::tr("Mostly read from a cache"));
    if (latest.isVolatile)
        return pill(
            latest.volatilePart == 0 ? PromptsTable::tr("changes at byte %1").arg(format::count(latest.volatileAt))
                                     : PromptsTable::tr("changes in text %1").arg(latest.volatilePart + 1),
            Tone::Warning,
            PromptsTable::tr("A time, an id or a large number stands in it: no cache can hold what lies behind. "
                             "Move it to the end."));
    double offered = tokens;
    for (const OfferedTool& tool : prompt.tools)
        offered += tool.tokens;
    if (prompt.cacheMinimum && offered < static_cast<double>(*prompt.cacheMinimum))
        return pill(PromptsTable::tr("below %1").arg(format::count(*prompt.cacheMinimum)), Tone::Neutral,
                    PromptsTable::tr("Shorter beginnings than this are never cached by the model"));
    constexpr std::int64_t enoughCalls = 20;
    if (prompt.figures.tokens > 0 && hit == 0 && prompt.figures.calls >= enoughCalls)
        return pill(PromptsTable::tr("never cached"), Tone::Bad,
                    PromptsTable::tr("The same text in every call, and none of it was read from a cache"));
    constexpr double seldom = 0.2;
    if (prompt.figures.tokens > 0 && hit < seldom && prompt.figures.calls >= enoughCalls)
        return pill(PromptsTable::tr("seldom cached"), Tone::Warning,
                    PromptsTable::tr("The same text in every call, and %1 of it was read from a cache")
                        .arg(format::percent(hit)));
    return pill(PromptsTable::tr("ok"), Tone::Good, PromptsTable::tr("Nothing stands out"));
}

PromptsTable::PromptsTable(QObject* parent) : RowTable(parent) {}

void PromptsTable::show(const PromptsAnswer& answer, const ReportingCalendar& calendar)
{
    m_calendar = calendar;
    m_answer = {.days = answer.days, .daysBefore = answer.daysBefore};
    using enum ColumnKind;
    std::vector<Column> columns{
        {.id = u"prompt"_s,
         .title = tr("Prompt"),
         .kind = Name,
         .cell =
             [](const PromptRow& row, const Prompts&) {
                 return Cell{.text = promptName(row),
                             .value = promptName(row),
                             .toolTip =
                                 tr("The instructions of the step “%1” of %2").arg(toQt(row.step), toQt(row.feature)),
                             .condition = Condition{.of = {Dimension::Feature, {}}, .values = {row.feature}}};
             }},
        {.id = u"version"_s,
         .title = tr("Version"),
         .kind = Figure,
         .cell =
             [](const PromptRow& row, const Prompts&) {
                 if (row.versions.empty())
                     return Cell{.text = format::unknown(), .toolTip = tr("No instructions, only tools")};
                 return Cell{.text = versionText(row.versions.back().number), .value = row.versions.back().number};
             },
         .toolTip = tr("The latest of its texts")},
        {.id = u"tokens"_s,
         .title = tr("Tokens"),
         .kind = Figure,
         .cell = [](const PromptRow& row, const Prompts&) { return tokensCell(row.figures); },
         .toolTip = tr("Of the instructions, per call")},
        {.id = u"calls"_s,
         .title = tr("Calls"),
         .kind = Figure,
         .cell = [](const PromptRow& row, const Prompts&) { return cells::count(row.figures.calls); }},
        {.id = u"cost"_s,
         .title = tr("Cost"),
         .kind = Figure,
         .cell = [](const PromptRow& row, const Prompts&) { return costCell(row.figures); },
         .toolTip = tr("Of the instructions alone, by where they lie: cached, written or neither")},
        {.id = u"per-month"_s,
         .title = tr("Cost / month"),
         .kind = Figure,
         .cell =
             [](const PromptRow& row, const Prompts& table) {
                 if (row.figures.callsSplit == 0 || row.figures.unpricedCalls == row.figures.calls)
                     return costCell(row.figures);
                 return cells::cost(static_cast<const PromptsTable&>(table).costOfMonth(row), {});
             },
         .toolTip = tr("The cost at this rate over 30 days")},
        {.id = u"cache-hit"_s,
         .title = tr("Cache hit"),
         .kind = Figure,
         .cell = [](const PromptRow& row,
                    const Prompts&) { return shareCell(row.figures.cacheHit(), tr("Not split into segments")); },
         .toolTip = tr("Of its tokens, read from a cache")},
        {.id = u"waste"_s,
         .title = tr("Waste"),
         .kind = Figure,
         .cell = [](const PromptRow& row,
                    const Prompts&) { return shareCell(wasteShare(row.figures), tr("Its cost is not known")); },
         .toolTip = tr("Of its cost, what is waste: certain or likely")},
        {.id = u"first-seen"_s,
         .title = tr("First seen"),
         .kind = Figure,
         .cell =
             [](const PromptRow& row, const Prompts& table) {
                 return cells::day(row.figures.firstSeen, static_cast<const PromptsTable&>(table).calendar());
             },
         .toolTip = tr("In all data, whatever the filter"),
         .isHiddenFirst = true},
        {.id = u"last-seen"_s,
         .title = tr("Last seen"),
         .kind = Figure,
         .cell =
             [](const PromptRow& row, const Prompts& table) {
                 return cells::day(row.figures.lastSeen, static_cast<const PromptsTable&>(table).calendar());
             },
         .toolTip = tr("In all data, whatever the filter"),
         .isHiddenFirst = true},
        {.id = u"note"_s, .title = tr("Caching"), .kind = Pill, .cell = [](const PromptRow& row, const Prompts&) {
             return promptNote(row);
         }}};
    if (answer.isCompared()) {
        const auto behind =
            std::find_if(columns.begin(), columns.end(), [](const Column& of) { return of.id == u"per-month"_s; });
        columns.insert(
            behind + 1,
            {.id = u"change"_s,
             .title = tr("Δ / month"),
             .kind = Figure,
             .cell = [](const PromptRow& row,
                        const Prompts& table) { return changeCell(row, static_cast<const PromptsTable&>(table)); },
             .toolTip = tr("Its cost over 30 days against the same of what it is compared with")});
    }
    setRows(std::move(columns), answer.rows);
}

VersionsTable::VersionsTable(QObject* parent) : RowTable(parent) {}

void VersionsTable::show(const PromptRow& prompt, const ReportingCalendar& calendar)
{
    m_calendar = calendar;
    using enum ColumnKind;
    setRows({{.id = u"version"_s,
              .title = tr("Version"),
              .kind = Text,
              .cell =
                  [](const PromptVersion& row, const Versions&) {
                      if (row.isOlder)
                          return Cell{.text = tr("older"),
                                      .value = row.number,
                                      .toolTip = tr("%1 older texts together").arg(format::count(row.variants))};
                      QString toolTip = tr("Version %1").arg(row.number);
                      if (row.variants > 1)
                          toolTip += u'\n' + tr("%1 texts that differ in times, ids or large numbers only")
                                                 .arg(format::count(row.variants));
                      return Cell{.text = versionText(row.number) + (row.variants > 1 ? u" *"_s : QString()),
                                  .value = row.number,
                                  .toolTip = toolTip,
                                  .condition = Condition{.of = {Dimension::SystemPrompt, {}}, .values = {row.digest}}};
                  }},
             {.id = u"first-seen"_s,
              .title = tr("First seen"),
              .kind = Text,
              .cell =
                  [](const PromptVersion& row, const Versions& table) {
                      return cells::day(row.figures.firstSeen, static_cast<const VersionsTable&>(table).calendar());
                  },
              .toolTip = tr("In all data, whatever the filter")},
             {.id = u"last-seen"_s,
              .title = tr("Last seen"),
              .kind = Text,
              .cell =
                  [](const PromptVersion& row, const Versions& table) {
                      return cells::day(row.figures.lastSeen, static_cast<const VersionsTable&>(table).calendar());
                  },
              .toolTip = tr("In all data, whatever the filter")},
             {.id = u"tokens"_s,
              .title = tr("Tokens"),
              .kind = Figure,
              .cell = [](const PromptVersion& row, const Versions&) { return tokensCell(row.figures); },
              .toolTip = tr("Of the instructions, per call")},
             {.id = u"calls"_s,
              .title = tr("Calls"),
              .kind = Figure,
              .cell = [](const PromptVersion& row, const Versions&) { return cells::count(row.figures.calls); }},
             {.id = u"cost"_s,
              .title = tr("Cost"),
              .kind = Figure,
              .cell = [](const PromptVersion& row, const Versions&) { return costCell(row.figures); },
              .toolTip = tr("Of the instructions alone, by where they lie: cached, written or neither")},
             {.id = u"cache-hit"_s,
              .title = tr("Cache hit"),
              .kind = Figure,
              .cell = [](const PromptVersion& row,
                         const Versions&) { return shareCell(row.figures.cacheHit(), tr("Not split into segments")); },
              .toolTip = tr("Of its tokens, read from a cache"),
              .isHiddenFirst = true},
             {.id = u"trend"_s,
              .title = tr("Calls over time"),
              .kind = ColumnKind::Trend,
              .cell =
                  [](const PromptVersion& row, const Versions&) {
                      return Cell{.value = static_cast<qlonglong>(row.figures.calls),
                                  .toolTip = tr("Calls over the period"),
                                  .picture = QVariant::fromValue(
                                      plumbline::Trend{QList<double>(row.trend.begin(), row.trend.end())})};
                  },
              .toolTip = tr("Calls over the period, in even steps")}},
            std::vector<PromptVersion>(prompt.versions.rbegin(), prompt.versions.rend()));
}

OfferedToolsTable::OfferedToolsTable(QObject* parent) : RowTable(parent) {}

void OfferedToolsTable::show(const PromptRow& prompt)
{
    using enum ColumnKind;
    setRows({{.id = u"tool"_s,
              .title = tr("Tool"),
              .kind = Mono,
              .cell =
                  [](const OfferedTool& row, const Tools&) {
                      return Cell{.text = toQt(row.name),
                                  .value = toQt(row.name),
                                  .toolTip = toQt(row.name),
                                  .condition = Condition{.of = {Dimension::OfferedTool, {}}, .values = {row.name}}};
                  }},
             {.id = u"tokens"_s,
              .title = tr("Tokens"),
              .kind = Figure,
              .cell =
                  [](const OfferedTool& row, const Tools&) {
                      if (row.offeredSplit == 0)
                          return Cell{.text = format::unknown(), .toolTip = tr("Not split into segments")};
                      return Cell{.text = format::count(static_cast<std::int64_t>(std::lround(row.tokens))),
                                  .value = row.tokens};
                  },
              .toolTip = tr("Of its definition, per call: tools share the tokens of all definitions by their weights")},
             {.id = u"offered"_s,
              .title = tr("Offered"),
              .kind = Figure,
              .cell = [](const OfferedTool& row, const Tools&) { return cells::count(row.offered); },
              .toolTip = tr("Calls it was sent with")},
             {.id = u"called"_s,
              .title = tr("Called"),
              .kind = Figure,
              .cell =
                  [](const OfferedTool& row, const Tools&) {
                      return Cell{.text = format::count(row.called),
                                  .value = static_cast<qlonglong>(row.called),
                                  .toolTip = row.wasCalledElsewhere
                                                 ? tr("Some prompt tells of a call of it that no answer here shows")
                                                 : QString()};
                  },
              .toolTip = tr("Calls whose answer calls it")},
             {.id = u"use"_s,
              .title = tr("Use"),
              .kind = Figure,
              .cell =
                  [](const OfferedTool& row, const Tools&) {
                      if (row.offered == 0)
                          return Cell{.text = format::unknown()};
                      const double use = static_cast<double>(row.called) / static_cast<double>(row.offered);
                      if (row.called > 0)
                          return Cell{.text = format::percent(use), .value = use};
                      const double most = row.usedAtMost();
                      constexpr double small = 0.001;
                      return Cell{.text = u"< "_s + (most < small ? QString::number(most * 100, 'f', 3) + u'%'
                                                                  : format::percent(most)),
                                  .value = 0.0,
                                  .toolTip = tr("No call used it: with 95 % confidence at most this share would")};
                  },
              .toolTip = tr("Calls of the tool for each call it was offered in")},
             {.id = u"cost"_s,
              .title = tr("Cost"),
              .kind = Figure,
              .cell =
                  [](const OfferedTool& row, const Tools&) {
                      if (row.offeredSplit == 0)
                          return Cell{.text = format::unknown(), .toolTip = tr("Not split into segments")};
                      return cells::cost(row.cost, {});
                  },
              .toolTip = tr("Of its definition, in all calls it was sent with")}},
            prompt.tools);
}

} // namespace plumbline
