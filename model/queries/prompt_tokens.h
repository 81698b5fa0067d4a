// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/queries/prompt_answers.h"
#include "model/store/workspace.h"

namespace plumbline::queries {

/// Gives the blocks of a prompt their segments, and of an analysed call their tokens and what they cost. The segments
/// have the tokens that the analysis gave them; within a segment its blocks share them by their weights, to whole
/// tokens. What a block costs depends on where it lies: a prompt is read from the cache from its beginning on, then
/// written to it, then neither (drains-and-simulation.md §1.2). Costs add up to the call's, if it was priced by tokens.
Result<> weigh(const store::Workspace& workspace, PromptAnswer& answer);

} // namespace plumbline::queries
