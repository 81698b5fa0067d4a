// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <vector>

namespace plumbline {

/// A place of two sequences laid beside one another: equal at both, or only at one of them.
struct AlignedPair
{
    std::optional<std::size_t> left = {}, right = {};
};

/// The longest common subsequence (dynamic programming), after what is equal at both ends.
std::vector<AlignedPair> aligned(std::size_t leftSize, std::size_t rightSize,
                                 const std::function<bool(std::size_t, std::size_t)>& isEqual);

} // namespace plumbline
