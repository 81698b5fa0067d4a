// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/call_tables.h"

#include <QCoreApplication>

#include "model/items/common_cells.h"
#include "model/items/format.h"
#include "model/items/ratios.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

using Calls = RowTable<CallRow>;
using Lines = RowTable<CostLineAnswer>;

std::optional<MoneySum> sumOf(const std::optional<Money>& cost)
{
    return cost ? std::optional(MoneySum(*cost)) : std::nullopt;
}

Cell statusCell(const CallRow& call, const Calls&)
{
    return cells::status(call.status);
}

Cell unitsCell(const CostLineAnswer& line, const Lines&)
{
    return {.text = format::count(line.units), .value = static_cast<qlonglong>(line.units)};
}

Cell rateCell(const CostLineAnswer& line, const Lines& table)
{
    if (table.total() && &line == &*table.total())
        return {};
    const QString text = line.isPerRequest ? CostLinesTable::tr("%1 each").arg(format::money(MoneySum(line.rate)))
                                           : format::rate(line.rate);
    return {.text = text, .value = static_cast<qlonglong>(line.rate.picodollars())};
}

} // namespace

CallsTable::CallsTable(QObject* parent) : RowTable(parent) {}

void CallsTable::show(std::vector<CallRow> calls, const ReportingCalendar& calendar)
{
    m_calendar = calendar;
    using enum ColumnKind;
    std::vector<Column> columns = {
        {.id = u"time"_s,
         .title = tr("Time"),
         .kind = Text,
         .cell =
             [](const CallRow& call, const Calls& table) {
                 const auto& zone = static_cast<const CallsTable&>(table).calendar();
                 return Cell{.text = format::minute(call.start, zone),
                             .value = static_cast<qlonglong>(call.start.microseconds()),
                             .toolTip = format::instant(call.start, zone)};
             }},
        {.id = u"feature"_s,
         .title = tr("Feature"),
         .kind = Name,
         .cell = [](const CallRow& call, const Calls&) { return cells::value(Dimension::Feature, call.feature); }},
        {.id = u"step"_s,
         .title = tr("Step"),
         .kind = Text,
         .cell = [](const CallRow& call, const Calls&) { return cells::value(Dimension::Step, call.step); }},
        {.id = u"model"_s,
         .title = tr("Model"),
         .kind = Text,
         .cell = [](const CallRow& call, const Calls&) { return cells::value(Dimension::Model, call.model); }},
        {.id = u"user"_s,
         .title = tr("User"),
         .kind = Text,
         .cell = [](const CallRow& call, const Calls&) { return cells::value(Dimension::User, call.user); },
         .isHiddenFirst = true},
        {.id = u"session"_s,
         .title = tr("Session"),
         .kind = Mono,
         .cell = [](const CallRow& call, const Calls&) { return cells::value(Dimension::Session, call.session); },
         .isHiddenFirst = true},
        {.id = u"environment"_s,
         .title = tr("Environment"),
         .kind = Text,
         .cell = [](const CallRow& call,
                    const Calls&) { return cells::value(Dimension::Environment, call.environment); },
         .isHiddenFirst = true},
        {.id = u"input"_s,
         .title = tr("Input"),
         .kind = Figure,
         .cell = [](const CallRow& call, const Calls&) { return cells::tokens(call.usage.input()); }},
        {.id = u"cached"_s,
         .title = tr("Cached"),
         .kind = Figure,
         .cell = [](const CallRow& call, const Calls&) { return cells::tokens(call.usage.cacheRead); }},
        {.id = u"output"_s,
         .title = tr("Output"),
         .kind = Figure,
         .cell = [](const CallRow& call, const Calls&) { return cells::tokens(call.usage.output()); }},
        {.id = u"cost"_s,
         .title = tr("Cost"),
         .kind = Figure,
         .cell =
             [](const CallRow& call, const Calls&) {
                 return cells::cost(sumOf(call.cost),
                                    CallsTable::tr("No price, or no usage: explain the call's cost to see why"));
             }},
        {.id = u"waste"_s,
         .title = tr("Waste"),
         .kind = Figure,
         .cell = [](const CallRow& call, const Calls&) { return ratios::wasteCell(call.ledger); },
         .toolTip = tr("Of the cost, what is waste: certain or likely")},
        {.id = u"efficiency"_s,
         .title = tr("Useful tokens"),
         .kind = Figure,
         .cell = [](const CallRow& call, const Calls&) { return ratios::efficiencyCell(call.ledger); },
         .toolTip = tr("Token efficiency: of all tokens, those that are not wasted"),
         .isHiddenFirst = true},
        {.id = u"reported"_s,
         .title = tr("Reported"),
         .kind = Figure,
         .cell =
             [](const CallRow& call, const Calls&) {
                 return cells::cost(sumOf(call.reportedCost), CallsTable::tr("The source reported no cost"));
             },
         .toolTip = tr("What the source said the call cost"),
         .isHiddenFirst = true},
        {.id = u"latency"_s,
         .title = tr("Latency"),
         .kind = Figure,
         .cell = [](const CallRow& call, const Calls&) { return cells::latency(call.latency); }},
        {.id = u"status"_s, .title = tr("Status"), .kind = Pill, .cell = statusCell},
        {.id = u"trace"_s,
         .title = tr("Trace"),
         .kind = Mono,
         .cell =
             [](const CallRow& call, const Calls&) {
                 return Cell{
                     .text = toQt(call.traceId).left(12), .value = toQt(call.traceId), .toolTip = toQt(call.traceId)};
             }},
    };
    setRows(std::move(columns), std::move(calls));
}

CostLinesTable::CostLinesTable(QObject* parent) : RowTable(parent) {}

void CostLinesTable::show(const CostExplanation& explanation)
{
    using enum ColumnKind;
    std::vector<Column> columns = {
        {.id = u"bucket"_s,
         .title = tr("Bucket"),
         .kind = Text,
         .cell = [](const CostLineAnswer& line,
                    const Lines&) { return Cell{.text = toQt(line.bucket), .value = toQt(line.bucket)}; }},
        {.id = u"units"_s, .title = tr("Tokens"), .kind = Figure, .cell = unitsCell},
        {.id = u"rate"_s, .title = tr("Price"), .kind = Figure, .cell = rateCell},
        {.id = u"cost"_s,
         .title = tr("Cost"),
         .kind = Figure,
         .cell =
             [](const CostLineAnswer& line, const Lines&) {
                 return Cell{.text = format::exactMoney(line.cost), .value = MoneySum(line.cost).dollars()};
             }},
    };
    std::optional<CostLineAnswer> total;
    if (explanation.call.cost) {
        total = CostLineAnswer{.bucket = fromQt(tr("Total")), .cost = *explanation.call.cost};
        for (const CostLineAnswer& line : explanation.lines)
            if (!line.isPerRequest)
                total->units += line.units;
    }
    // In the user's language: the core names buckets in English.
    std::vector<CostLineAnswer> lines = explanation.lines;
    for (CostLineAnswer& line : lines)
        line.bucket = fromQt(QCoreApplication::translate("Bucket", line.bucket.c_str()));
    setRows(std::move(columns), std::move(lines), std::move(total));
}

} // namespace plumbline
