// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/queries/what_if.h"
#include "ui/charts/plot_spec.h"

// What the page What-if shows, as values.
namespace plumbline {

/// What a workspace begins with: the levers without a risk pulled, the best known others ready to be.
Scenario startingScenario();
/// With the lever pulled at its default, in one feature or in all (empty).
Scenario withLever(Scenario scenario, const std::string& lever, const std::string& feature);
/// Now, each step, the scenario.
PlotSpec waterfallOf(const WhatIfAnswer& answer);
/// What the figures leave out, and how levers change what others save. Empty where there is nothing to say.
QString outcomeText(const WhatIfAnswer& answer, const WhatIf& whatIf);
/// `production, all features`.
QString scopeText(const Filter& filter);

} // namespace plumbline
