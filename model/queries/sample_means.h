// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "model/queries/groups.h"
#include "model/queries/mean_change.h"

namespace plumbline::queries {

/// Means of the calls of each group; groups as `numbers` numbers them, one more behind them for all rows together.
std::vector<SampleMeans> sampleMeans(GroupNumbers& numbers, const CallTable& table, const RowSet& rows,
                                     const std::vector<EntryKeys>& columns);

} // namespace plumbline::queries
