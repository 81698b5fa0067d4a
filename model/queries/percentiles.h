// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "model/queries/groups.h"
#include "model/queries/measures.h"

namespace plumbline::queries {

/// Exact percentiles by nearest rank: the smallest value that at least that share of the values does not exceed.
/// Of all rows at once.
Percentiles percentilesOf(const CallTable& table, const RowSet& rows);

/// Of every group of `numbers`; `sizes` are the rows of each. A walk along the table's rows in the order of the figure
/// answers all groups at once; where the rows are few of the table, or in several groups, each group by itself.
std::vector<Percentiles> percentilesByGroup(const CallTable& table, const RowSet& rows, GroupNumbers& numbers,
                                            const std::vector<EntryKeys>& columns,
                                            const std::vector<std::size_t>& sizes);

} // namespace plumbline::queries
