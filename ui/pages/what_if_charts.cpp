// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/what_if_charts.h"

#include <QCoreApplication>

#include <algorithm>

#include "model/items/format.h"
#include "model/items/scope.h"
#include "model/items/what_if_tables.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("WhatIf", text);
}

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

Scenario withLever(Scenario scenario, const std::string& lever, const std::string& feature)
{
    if (!leverOf(lever))
        return scenario;
    LeverUse use{.lever = lever};
    if (!feature.empty())
        use.scope = {Condition{.of = {Dimension::Feature, {}}, .values = {feature}}};
    const auto known = std::find_if(scenario.levers.begin(), scenario.levers.end(),
                                    [&](const LeverUse& of) { return of.lever == lever; });
    if (known == scenario.levers.end())
        scenario.levers.push_back(use);
    else
        *known = use;
    return scenario;
}

PlotSpec waterfallOf(const WhatIfAnswer& answer)
{
    Waterfall chart{.title = translated("Savings waterfall"),
                    .categories = {translated("Now")},
                    .details = {translated("Now")},
                    .values = {answer.before.cost.dollars()}};
    for (const WhatIfStep& step : answer.steps) {
        chart.categories += leverShortTitle(step.lever);
        QString detail = leverTitle(step.lever);
        if (step.alone)
            detail += u'\n' + translated("alone: %1").arg(savingText(*step.alone));
        chart.details += detail;
        chart.values.push_back(-step.saving.dollars());
    }
    chart.categories += translated("Scenario");
    chart.details += translated("Scenario");
    chart.values.push_back(answer.after.cost.dollars());
    return chart;
}

QString outcomeText(const WhatIfAnswer& answer, const WhatIf& whatIf)
{
    QStringList lines;
    if (answer.range && !answer.range->assumptions.empty()) {
        const WhatIfAssumption& most = answer.range->assumptions.front();
        const Lever* const lever = leverOf(most.lever);
        const LeverParameter* const parameter = lever ? parameterOf(*lever, most.parameter) : nullptr;
        if (parameter)
            lines += translated("The assumption that decides most: %1, %2 – %3 at %4, %5 at %6.")
                         .arg(leverTitle(most.lever), leverText(parameter->title), savingText(most.savingAtLow),
                              leverValueText(*parameter, most.low), savingText(most.savingAtHigh),
                              leverValueText(*parameter, most.high));
    }
    if (answer.interaction && answer.interaction->dollars() <= -0.005)
        lines += translated("Levers take %1 from each other: alone they would save so much more.")
                     .arg(format::money(MoneySum() - *answer.interaction));
    else if (answer.interaction && answer.interaction->dollars() >= 0.005)
        lines += translated("Levers help each other: together they save %1 more than alone.")
                     .arg(format::money(*answer.interaction));
    if (whatIf.callsWithoutPrompts() > 0)
        lines += translated("%1 calls have no prompt: levers on parts of prompts leave them as they are.")
                     .arg(format::count(whatIf.callsWithoutPrompts()));
    if (whatIf.unpricedCalls() > 0)
        lines +=
            translated("%1 calls have no price: their cost is unknown.").arg(format::count(whatIf.unpricedCalls()));
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
        parts += translated("all features");
    return parts.join(u", "_s);
}

} // namespace plumbline
