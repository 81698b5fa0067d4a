// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/core/segment.h"
#include "model/core/span.h"

namespace plumbline::analysis {

/// Where a block of a prompt stands: what its segment depends on.
struct PlacedBlock
{
    BlockRole role = BlockRole::Unknown;
    BlockKind kind = BlockKind::Text;
    std::uint16_t message = 0;
};

/// The segments of a prompt's blocks. What the user says last is *user*, everything said before is *history*.
void assignSegments(std::span<const PlacedBlock> prompt, std::span<Segment> into);

/// Splits `total` in proportion to the estimates, to whole tokens that add up: largest remainders first, then places.
/// All to the last where nothing is estimated. `into` is as long as `estimates`, and not empty.
void splitLargestRemainder(std::span<const double> estimates, std::uint32_t total, std::span<std::uint32_t> into);

/// Block by block, what prompts that share blocks say about them: the differences between the totals of calls are the
/// tokens of the blocks they do not share (drains-and-simulation.md §4e). `estimates` (by block, in tokens) move by a
/// share of themselves; conjugate gradients, linear in the number of occurrences.
struct Occurrences
{
    std::vector<std::uint32_t> ends;   ///< by call: where its blocks end
    std::vector<std::uint32_t> blocks; ///< call after call
    std::vector<double> totals;        ///< by call: reported tokens without framing
};
void reconcile(const Occurrences& calls, std::vector<double>& estimates);

} // namespace plumbline::analysis
