// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "model/queries/breakdown.h"

namespace plumbline::queries {

/// Gives rows, which stand by falling cost, their shares of the total and their place in its Pareto curve.
void addShares(std::vector<BreakdownRow>& rows, const Measures& total);

} // namespace plumbline::queries
