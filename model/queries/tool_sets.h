// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/queries/prompt_index.h"
#include "model/queries/prompt_versions.h"
#include "model/store/names.h"

namespace plumbline::queries {

/// Sums over the calls of a prompt that were offered one set.
struct ToolSetSums
{
    std::int64_t calls = 0, callsSplit = 0;
    TokenCount tokens = 0;
    MoneySum cost = {};
};
/// The first and the last row of the calls with each set, whatever the filter: by its number.
using RowsOfToolSets = std::vector<std::pair<std::size_t, std::size_t>>;
RowsOfToolSets rowsOfToolSets(const PromptIndex& index, std::size_t rows);

/// The sets of one prompt, the oldest first, each with what differs from the one before. `sums`: by number of the set;
/// the newest two hundred of them.
Result<std::vector<ToolSetVersion>> toolSetVersions(const std::unordered_map<std::uint32_t, ToolSetSums>& sums,
                                                    const PromptIndex& index, const RowsOfToolSets& rows,
                                                    const std::vector<std::int64_t>& started, store::NameReader& names);

} // namespace plumbline::queries
