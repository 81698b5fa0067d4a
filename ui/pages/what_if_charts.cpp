// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/what_if_charts.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

#include "model/items/format.h"
#include "model/items/scope.h"
#include "model/items/what_if_tables.h"
#include "model/simulation/own_hardware.h"
#include "model/simulation/setting.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(WhatIf)
};

} // namespace

Scenario startingScenario()
{
    Scenario scenario;
    for (const char* lever : {"remove-failures", "reuse-answers", "stop-loops", "drop-tools"})
        scenario.levers.push_back({.lever = lever});
    for (const char* lever : {"fewer-documents", "trim-tool-results", "history-policy", "trim-system-prompt",
                              "cap-output", "reasoning-budget", "route-model", "prompt-caching", "batch"})
        scenario.levers.push_back({.lever = lever, .isOn = false});
    return scenario;
}

std::vector<Preset> presets()
{
    const Condition ofAgents{
        .of = {Dimension::Agent, {}}, .isExcluded = true, .values = {std::string(missingValue(Dimension::Agent))}};
    return {{Texts::tr("Smaller agents"),
             {.lever = "route-model", .scope = {ofAgents}, .parameters = {{"share", 100.0}, {"which", "any"}}}},
            {Texts::tr("Compute on the server"),
             {.lever = "trim-tool-results", .parameters = {{"after", 0.0}, {"tokens", 200.0}}}}};
}

Scenario inOrder(Scenario scenario)
{
    std::stable_sort(scenario.levers.begin(), scenario.levers.end(),
                     [](const LeverUse& a, const LeverUse& b) { return leverOf(a.lever) < leverOf(b.lever); });
    return scenario;
}

Scenario with(Scenario scenario, const LeverUse& use)
{
    const auto known = std::find_if(scenario.levers.begin(), scenario.levers.end(),
                                    [&](const LeverUse& of) { return of.lever == use.lever; });
    if (known == scenario.levers.end())
        scenario.levers.push_back(use);
    else
        *known = use;
    return scenario;
}

Scenario withLever(Scenario scenario, LeverUse use)
{
    return leverOf(use.lever) ? with(std::move(scenario), std::move(use)) : scenario;
}

PlotSpec waterfallOf(const WhatIfAnswer& answer, int looked)
{
    if (!answer.isCostKnown)
        return {};
    Waterfall chart{.title = Texts::tr("Savings waterfall"),
                    .categories = {Texts::tr("Now")},
                    .details = {Texts::tr("Now")},
                    .values = {answer.before.cost.dollars()}};
    for (const WhatIfStep& step : answer.steps) {
        chart.categories += leverShortTitle(step.lever);
        QString detail = leverTitle(step.lever);
        if (step.alone)
            detail += u'\n' + Texts::tr("alone: %1").arg(savingText(*step.alone));
        chart.details += detail;
        if (static_cast<int>(step.place) == looked)
            chart.emphasised = static_cast<int>(chart.values.size());
        chart.values.push_back(-step.saving.dollars());
    }
    chart.categories += Texts::tr("Scenario");
    chart.details += Texts::tr("Scenario");
    chart.values.push_back(answer.after.cost.dollars());
    return chart;
}

CallPrice callPriceOf(const std::vector<WhatIfFeature>& features, std::int32_t days)
{
    double tokens = 0, dollars = 0;
    for (const WhatIfFeature& feature : features) {
        tokens += static_cast<double>(feature.tokens);
        dollars += feature.before.dollars();
    }
    if (tokens <= 0 || days <= 0)
        return {};
    return {.dollarsPerMillion = dollars / tokens * 1e6, .tokensAMonth = tokens / days * daysAMonth};
}

PlotSpec breakEvenCurve(const LeverUse& use, const CallPrice& price)
{
    const simulation::Hardware hardware = hardwareOf(simulation::Setting(*leverOf(use.lever), use, nullptr));
    // What a machine writes in a month, were all of it written: the curve steps where another is needed.
    const double capacity = hardware.decode * hardware.utilisation * 3600 * simulation::hoursAMonth;
    const auto machinesFor = [&](double tokens) {
        return std::max(hardware.redundancy, static_cast<std::int64_t>(std::ceil(tokens / capacity)));
    };
    constexpr int points = 60;
    const auto even = hardware.breakEvenTokens(std::max(1e-9, price.dollarsPerMillion), hardware.redundancy);
    const double most =
        2 * std::max(price.tokensAMonth, even.value_or(capacity * static_cast<double>(hardware.redundancy)));
    Lines chart{.title = Texts::tr("Cost a month by tokens a month"),
                .unit = PlotUnit::Dollars,
                .series = {{.name = Texts::tr("As billed"), .hue = {Hue::Kind::Total}},
                           {.name = Texts::tr("Own hardware"), .hue = {Hue::Kind::Accent}}}};
    for (int i = 0; i <= points; ++i) {
        const double tokens = most * i / points;
        chart.categories += format::shortCount(static_cast<std::int64_t>(tokens));
        chart.series[0].values.push_back(tokens / 1e6 * price.dollarsPerMillion);
        chart.series[1].values.push_back(hardware.dollarsAMonth(machinesFor(tokens)));
    }
    return chart;
}

QString breakEvenText(const LeverUse& use, const CallPrice& price)
{
    if (price.dollarsPerMillion <= 0)
        return {};
    const simulation::Hardware hardware = hardwareOf(simulation::Setting(*leverOf(use.lever), use, nullptr));
    const auto even = hardware.breakEvenTokens(price.dollarsPerMillion, hardware.redundancy);
    const QString has = format::shortCount(static_cast<std::int64_t>(price.tokensAMonth));
    const QString rate = u'$' + QString::number(price.dollarsPerMillion, 'f', 2);
    return even ? Texts::tr("Breaks even at %1 tokens a month, at %2 a million as billed; these calls have %3.")
                      .arg(format::shortCount(static_cast<std::int64_t>(*even)), rate, has)
                : Texts::tr("Never breaks even with %1 machines, at %2 a million as billed: they cannot serve as many "
                            "tokens as they would have to. These calls have %3 a month.")
                      .arg(hardware.redundancy)
                      .arg(rate, has);
}

QString assumptionText(const WhatIfAssumption& assumption)
{
    const Lever* const lever = leverOf(assumption.lever);
    const LeverParameter* const parameter = lever ? parameterOf(*lever, assumption.parameter) : nullptr;
    if (!parameter)
        return {};
    return Texts::tr("%1, %2: %3 at %4, %5 at %6")
        .arg(leverTitle(assumption.lever), leverText(parameter->title), savingText(assumption.savingAtLow),
             leverValueText(*parameter, assumption.low), savingText(assumption.savingAtHigh),
             leverValueText(*parameter, assumption.high));
}

PlotSpec tornadoOf(const WhatIfRange& range)
{
    RankedBars chart{.title = Texts::tr("What assumptions decide"), .series = {.hue = {Hue::Kind::Accent}}};
    for (const WhatIfAssumption& assumption : range.assumptions) {
        const Lever* const lever = leverOf(assumption.lever);
        const LeverParameter* const parameter = lever ? parameterOf(*lever, assumption.parameter) : nullptr;
        if (!parameter)
            continue;
        chart.categories += u"%1: %2"_s.arg(leverShortTitle(assumption.lever), leverText(parameter->title));
        chart.series.values.push_back(std::abs((assumption.savingAtHigh - assumption.savingAtLow).dollars()));
    }
    return chart;
}

QString outcomeText(const WhatIfAnswer& answer, const WhatIf& whatIf)
{
    QStringList lines;
    if (answer.range && !answer.range->assumptions.empty()) {
        lines +=
            Texts::tr("The assumption that decides most: %1.").arg(assumptionText(answer.range->assumptions.front()));
    }
    if (const auto fit = answer.range ? cacheFitOf(*answer.range) : std::nullopt) {
        lines +=
            Texts::tr("Simulator fit: a replay of caches alone reads %1 of the tokens that were billed as read from "
                      "caches.")
                .arg(format::percent(fit));
        constexpr double good = 1.1, absurd = 50;
        if (*fit > good && *fit < absurd)
            lines.back() +=
                u' ' +
                Texts::tr("With a hit rate of %1% it promises no more than caches gave.").arg(std::lround(100 / *fit));
    }
    if (answer.interaction && answer.interaction->dollars() <= -0.005)
        lines += Texts::tr("Levers take %1 from each other: alone they would save so much more.")
                     .arg(format::money(MoneySum() - *answer.interaction));
    else if (answer.interaction && answer.interaction->dollars() >= 0.005)
        lines += Texts::tr("Levers help each other: together they save %1 more than alone.")
                     .arg(format::money(*answer.interaction));
    if (whatIf.callsWithoutPrompts() > 0)
        lines += Texts::tr("%1 calls have no prompt: levers on parts of prompts leave them as they are.")
                     .arg(format::count(whatIf.callsWithoutPrompts()));
    if (whatIf.unpricedCalls() > 0)
        lines += Texts::tr("%1 calls have no price: their cost is unknown.").arg(format::count(whatIf.unpricedCalls()));
    if (answer.orphanedWrites > 0)
        lines += Texts::tr("Calls that are left out had written %1 tokens to caches, which others are still billed for "
                           "reading: with “%2” the caches are replayed without them.")
                     .arg(format::count(answer.orphanedWrites), leverTitle("prompt-caching"));
    if (whatIf.callsWithoutUsage() > 0)
        lines += Texts::tr("%1 calls do not say what they used: their cost is unknown.")
                     .arg(format::count(whatIf.callsWithoutUsage()));
    return lines.join(u'\n');
}

QString scopeText(const Filter& filter)
{
    QStringList parts;
    bool hasFeature = false;
    for (const Condition& condition : filter.conditions) {
        parts += chipText(condition);
        hasFeature |= condition.of.dimension == Dimension::Feature;
    }
    if (!hasFeature)
        parts += Texts::tr("all features");
    return parts.join(u", "_s);
}

} // namespace plumbline
