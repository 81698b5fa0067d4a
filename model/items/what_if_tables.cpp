// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/what_if_tables.h"

#include <QCoreApplication>

#include <cmath>

#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(WhatIf)
};

MoneySum scaled(MoneySum money, double by)
{
    return MoneySum::ofPicodollars(static_cast<MoneySum::Integer>(static_cast<double>(money.picodollars()) * by));
}

QString perCall(TokenCount tokens, std::int64_t calls)
{
    return calls > 0 ? format::count((tokens + calls / 2) / calls) : format::unknown();
}

std::optional<double> ratio(TokenCount tokens, std::int64_t calls)
{
    return calls > 0 ? std::optional(static_cast<double>(tokens) / static_cast<double>(calls)) : std::nullopt;
}

Tone toneOf(double now, double then)
{
    return then < now ? Tone::Good : then > now ? Tone::Bad : Tone::Neutral;
}

/// In whole cents where it is printed so: figures beside one another differ by what they are printed as.
MoneySum asPrinted(MoneySum money)
{
    return money.dollars() >= 1 ? MoneySum::ofCents(centsOf(money)) : money;
}

WhatIfFigure moneyFigure(const QString& name, MoneySum now, MoneySum then, const QString& reach, const QString& toolTip)
{
    return {.name = name,
            .now = format::money(now),
            .then = format::money(then) + reach,
            .change = savingText(asPrinted(now) - asPrinted(then)),
            .tone = toneOf(now.dollars(), then.dollars()),
            .toolTip = toolTip};
}

} // namespace

QString leverTitle(std::string_view id)
{
    const Lever* const lever = leverOf(id);
    return lever ? Texts::tr(lever->title) : toQt(id);
}

QString leverShortTitle(std::string_view id)
{
    const Lever* const lever = leverOf(id);
    return lever ? Texts::tr(lever->shortTitle) : toQt(id);
}

QString leverText(const char* text)
{
    return Texts::tr(text);
}

QString riskText(const WhatIfRisk& risk)
{
    QString text = Texts::tr(risk.text.c_str());
    for (const std::string& figure : risk.figures)
        text = text.arg(Texts::tr(figure.c_str())); // it may be a lever's title
    return text;
}

double leverValue(const LeverUse& use, const LeverParameter& parameter)
{
    const auto set = use.parameters.find(std::string(parameter.id));
    if (set == use.parameters.end())
        return parameter.value;
    if (const auto* text = std::get_if<std::string>(&set->second)) {
        for (std::size_t word = 0; word < parameter.words.size(); ++word)
            if (parameter.words[word] == *text)
                return static_cast<double>(word);
        return parameter.value;
    }
    return std::get<double>(set->second);
}

QString leverValueText(const LeverParameter& parameter, double value)
{
    if (!parameter.words.empty())
        return Texts::tr(std::string(parameter.words[static_cast<std::size_t>(value)]).c_str());
    if (value == parameter.neutral && parameter.neutral == parameter.most && parameter.most > 0)
        return Texts::tr("all");
    const QString number =
        value == std::floor(value) ? format::count(static_cast<std::int64_t>(value)) : QString::number(value, 'g', 4);
    if (parameter.unit == "%")
        return number + u" %"_s;
    if (parameter.unit == "hours")
        return number + u" h"_s;
    if (parameter.unit == "tokens")
        return Texts::tr("%1 tok").arg(number);
    return parameter.unit.empty() ? number : number + u' ' + Texts::tr(std::string(parameter.unit).c_str());
}

QString savingText(MoneySum saving)
{
    if (saving == MoneySum())
        return u"−"_s + format::money(MoneySum());
    return saving > MoneySum() ? u"−"_s + format::money(saving) : u"+"_s + format::money(MoneySum() - saving);
}

QString latencyText(const std::optional<double>& milliseconds)
{
    return milliseconds ? format::duration(static_cast<std::int64_t>(*milliseconds * 1000)) : Texts::tr("no estimate");
}

MoneySum yearOf(MoneySum month, double growth)
{
    double months = 0;
    for (int grown = 1; grown <= 12; ++grown)
        months += std::pow(1 + growth, grown);
    return scaled(month, months);
}

QString yearTitle(double growth)
{
    return growth == 0 ? Texts::tr("12 months")
                       : Texts::tr("12 months at %1 a month")
                             .arg((growth < 0 ? u"−"_s : u"+"_s) +
                                  QString::number(std::lround(std::abs(growth) * 100)) + u"%"_s);
}

QString riskTitle(RiskClass risk)
{
    switch (risk) {
    case RiskClass::None:
        return Texts::tr("no risk to answers");
    case RiskClass::Low:
        return Texts::tr("low risk");
    case RiskClass::Medium:
        return Texts::tr("needs an evaluation");
    case RiskClass::High:
        return Texts::tr("high risk: needs an evaluation");
    }
    return {};
}

std::vector<WhatIfFigure> whatIfFigures(const WhatIfAnswer& answer, std::int32_t days, double growth)
{
    const WhatIfFigures &before = answer.before, &after = answer.after;
    const auto tokens = [&](const QString& name, TokenCount now, TokenCount then) {
        const auto nowRatio = ratio(now, before.callsWithUsage), thenRatio = ratio(then, after.callsWithUsage);
        return WhatIfFigure{.name = name,
                            .now = perCall(now, before.callsWithUsage),
                            .then = perCall(then, after.callsWithUsage),
                            .change = format::change(thenRatio, nowRatio),
                            .tone = toneOf(nowRatio.value_or(0), thenRatio.value_or(0)),
                            .toolTip = Texts::tr("Mean of the calls that say what they used")};
    };
    QString reach, reachText;
    if (answer.range && answer.range->days > 1) {
        const MoneySum half = scaled(answer.range->high - answer.range->low, 0.5);
        if (half.dollars() >= 0.005)
            reach = u" ± "_s + format::money(half);
        reachText = Texts::tr("Saves %1 to %2 by chance of the days, %3 to %4 by the assumptions, ± %5 by how tokens "
                              "are split into segments")
                        .arg(format::money(answer.range->low), format::money(answer.range->high),
                             format::money(answer.range->lowest), format::money(answer.range->highest),
                             format::money(answer.range->attribution));
        constexpr std::size_t fewestDays = 14;
        if (answer.range->days < fewestDays)
            reachText += u'\n' + Texts::tr("Fewer than 14 days: the range says little about the next month");
    }
    const MoneySum monthNow = monthOf(before.cost, days), monthThen = monthOf(after.cost, days);
    const auto money = [&](const QString& name, MoneySum now, MoneySum then, const QString& of,
                           const QString& toolTip) {
        return answer.isCostKnown ? moneyFigure(name, now, then, of, toolTip)
                                  : WhatIfFigure{.name = name, .now = format::unknown(), .then = format::unknown()};
    };
    std::vector<WhatIfFigure> figures{
        tokens(Texts::tr("Input tokens / call"), before.input, after.input),
        tokens(Texts::tr("Output tokens / call"), before.output, after.output),
        money(Texts::tr("Cost of these calls"), before.cost, after.cost, reach, reachText),
        money(Texts::tr("Projected month"), monthNow, monthThen, {},
              Texts::tr("At the rate a day of these calls, over 30 days")),
        money(yearTitle(growth), yearOf(monthNow, growth), yearOf(monthThen, growth), {},
              Texts::tr("Each month so much more than the one before; no price and no use changes"))};
    const QString why = Texts::tr("Calls are shifted by what input and output are worth in time, for each model; where "
                                  "that explains too little, nothing is said");
    const auto both = [](const WhatIfFigures& of) {
        const auto one = [](const std::optional<double>& of) { return of ? latencyText(of) : format::unknown(); };
        return of.p50 || of.p95 ? one(of.p50) + u" / "_s + one(of.p95) : Texts::tr("no estimate");
    };
    figures.push_back({.name = Texts::tr("Call latency P50 / P95"),
                       .now = both(before),
                       .then = both(after),
                       .change = before.p95 && after.p95 ? format::change(after.p95, before.p95) : QString(),
                       .tone = before.p95 && after.p95 ? toneOf(*before.p95, *after.p95) : Tone::Neutral,
                       .toolTip = why});
    const auto points = [](double share) { return QString::number(share * 100, 'f', 1); };
    figures.push_back(
        {.name = Texts::tr("Waste ratio (tokens)"),
         .now = format::percent(before.wasteRatio),
         .then = format::percent(after.wasteRatio),
         .change = before.wasteRatio && after.wasteRatio
                       ? Texts::tr("%1 pt").arg((*after.wasteRatio < *before.wasteRatio ? u"−"_s : u"+"_s) +
                                                points(std::abs(*after.wasteRatio - *before.wasteRatio)))
                       : QString(),
         .tone = toneOf(before.wasteRatio.value_or(0), after.wasteRatio.value_or(0)),
         .toolTip = Texts::tr("What goes from a segment is taken from its waste first")});
    return figures;
}

void WhatIfFiguresTable::show(std::vector<WhatIfFigure> figures, const QString& compared)
{
    std::vector<Column> columns{
        {.id = u"figure"_s,
         .title = QString(),
         .kind = ColumnKind::Text,
         .cell = [](const WhatIfFigure& row,
                    const RowTable&) { return Cell{.text = row.name, .value = row.name, .toolTip = row.toolTip}; }},
        {.id = u"now"_s,
         .title = Texts::tr("Now"),
         .kind = ColumnKind::Figure,
         .cell = [](const WhatIfFigure& row, const RowTable&) { return Cell{.text = row.now, .value = row.now}; },
         .toolTip = Texts::tr("As the calls were billed")},
        {.id = u"scenario"_s,
         .title = Texts::tr("Scenario"),
         .kind = ColumnKind::Figure,
         .cell = [](const WhatIfFigure& row,
                    const RowTable&) { return Cell{.text = row.then, .value = row.then, .toolTip = row.toolTip}; },
         .toolTip = Texts::tr("With the levers that are on")},
        {.id = u"change"_s,
         .title = Texts::tr("Change"),
         .kind = ColumnKind::Figure,
         .cell = [](const WhatIfFigure& row, const RowTable&) { return Cell{.text = row.change, .value = row.change}; },
         .toolTip = Texts::tr("The scenario against now: money, shares in points, all else in percent")}};
    if (!compared.isEmpty()) {
        columns.push_back(
            {.id = u"compared-now"_s,
             .title = Texts::tr("Was"),
             .kind = ColumnKind::Figure,
             .cell = [](const WhatIfFigure& row,
                        const RowTable&) { return Cell{.text = row.comparedNow, .value = row.comparedNow}; },
             .toolTip = compared});
        columns.push_back(
            {.id = u"compared-then"_s,
             .title = Texts::tr("Was, scenario"),
             .kind = ColumnKind::Figure,
             .cell = [](const WhatIfFigure& row,
                        const RowTable&) { return Cell{.text = row.comparedThen, .value = row.comparedThen}; },
             .toolTip = Texts::tr("What the same scenario makes of the calls it is compared with")});
    }
    setRows(std::move(columns), std::move(figures));
}

void WhatIfFeaturesTable::show(std::vector<WhatIfFeature> features)
{
    setRows({{.id = u"feature"_s,
              .title = Texts::tr("Feature"),
              .kind = ColumnKind::Text,
              .cell =
                  [](const WhatIfFeature& row, const RowTable&) {
                      return Cell{.text = toQt(row.feature),
                                  .value = toQt(row.feature),
                                  .condition = Condition{.of = {Dimension::Feature, {}}, .values = {row.feature}}};
                  }},
             {.id = u"now"_s,
              .title = Texts::tr("Now"),
              .kind = ColumnKind::Figure,
              .cell =
                  [](const WhatIfFeature& row, const RowTable&) {
                      return Cell{.text = format::money(row.before),
                                  .value = row.before.dollars(),
                                  .toolTip = format::exactMoney(row.before)};
                  },
              .toolTip = Texts::tr("As the calls were billed")},
             {.id = u"scenario"_s,
              .title = Texts::tr("Scenario"),
              .kind = ColumnKind::Figure,
              .cell =
                  [](const WhatIfFeature& row, const RowTable&) {
                      return Cell{.text = format::money(row.after),
                                  .value = row.after.dollars(),
                                  .toolTip = format::exactMoney(row.after)};
                  },
              .toolTip = Texts::tr("With the levers that are on")},
             {.id = u"saving"_s,
              .title = Texts::tr("Saving"),
              .kind = ColumnKind::Figure,
              .cell =
                  [](const WhatIfFeature& row, const RowTable&) {
                      return Cell{.text = savingText(row.before - row.after),
                                  .value = (row.before - row.after).dollars(),
                                  .toolTip = format::exactMoney(row.before - row.after)};
                  },
              .toolTip = Texts::tr("Cost now, less the cost in the scenario")},
             {.id = u"share"_s,
              .title = Texts::tr("Left of it"),
              .kind = ColumnKind::Share,
              .cell =
                  [](const WhatIfFeature& row, const RowTable&) {
                      const double share = row.before.dollars() > 0 ? row.after.dollars() / row.before.dollars() : 0;
                      return Cell{.text = QString(),
                                  .value = share,
                                  .toolTip = format::percent(share),
                                  .picture = QVariant::fromValue(ShareBar{std::min(1.0, share), true})};
                  },
              .toolTip = Texts::tr("The cost in the scenario as a share of the cost now")}},
            std::move(features));
}

} // namespace plumbline
