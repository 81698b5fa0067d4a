// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/queries/what_if.h"
#include "ui/charts/plot_spec.h"

// What the page What-if shows, as values.
namespace plumbline {

/// What a workspace begins with: the levers without a risk pulled, the best known others ready to be.
Scenario startingScenario();
/// What the articles call tactics of their own: levers with a scope or a size that is theirs.
struct Preset
{
    QString title;
    LeverUse use;
};
std::vector<Preset> presets();
/// Its levers in the order in which a request meets them.
Scenario inOrder(Scenario scenario);
/// With a use in place of that of its lever.
Scenario with(Scenario scenario, const LeverUse& use);
/// With the lever pulled at its default, in one feature or in all (empty).
Scenario withLever(Scenario scenario, LeverUse use);
/// Now, each step, the scenario.
/// `looked` is the place of the lever that stands out; −1: none.
PlotSpec waterfallOf(const WhatIfAnswer& answer, int looked = -1);
/// What calls cost as they are billed, for own hardware to be measured against.
struct CallPrice
{
    double dollarsPerMillion = 0; ///< tokens
    double tokensAMonth = 0;
};
CallPrice callPriceOf(const std::vector<WhatIfFeature>& features, std::int32_t days);
/// Dollars a month over millions of tokens a month: billed, and on machines of one's own as `use` has them.
PlotSpec breakEvenCurve(const LeverUse& use, const CallPrice& price);
/// `Breaks even at 460.8 M tokens a month; these calls have 120 M.`
QString breakEvenText(const LeverUse& use, const CallPrice& price);

/// How far each assumption moves the saving between its ends, the one that decides most first.
PlotSpec tornadoOf(const WhatIfRange& range);
/// `Keep last turns, Length of a summary: −$82 at 150 tok, −$61 at 800 tok`.
QString assumptionText(const WhatIfAssumption& assumption);

/// What the figures leave out, and how levers change what others save. Empty where there is nothing to say.
QString outcomeText(const WhatIfAnswer& answer, const WhatIf& whatIf);
/// `production, all features`.
QString scopeText(const Filter& filter);

} // namespace plumbline
