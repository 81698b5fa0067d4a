// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "model/analysis/block_table.h"

namespace plumbline::analysis {

/// Weights of a model, by name.id; they stay where they are.
using WeightsOf = std::function<Result<const ModelWeights*>(std::uint32_t model)>;

/// Gives every part of every prompt its segment and its tokens, which add up to the reported input of its call; by
/// call how that was done. First by the weights of its model alone; where those are calibrated, then by what prompts
/// that share blocks, and answers that are sent again, say about the blocks (drains-and-simulation.md §4).
Result<std::vector<SplitMethod>> splitPrompts(Scope& scope, BlockTable& blocks, const WeightsOf& weightsOf);

} // namespace plumbline::analysis
