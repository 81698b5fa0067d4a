// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/queries/breakdown.h"
#include "ui/charts/plot_spec.h"

namespace plumbline {

/// How many calls have how many input tokens; each column is cut by the make-up of its calls' input.
StackedBars distributionChart(const Distribution& distribution);
/// Mean tokens of a call at each turn of a session, by part.
StackedBars growthChart(const SessionGrowth& growth);

} // namespace plumbline
