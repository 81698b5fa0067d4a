// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/ledger.h"

namespace plumbline::analysis {

/// What the analysis says of one call: the column `call_analysis.packed`.
struct CallAnalysis
{
    SplitMethod method = SplitMethod::Unsplit;
    std::array<std::uint32_t, inputSegmentCount> segments = {}; ///< input tokens; together the call's input
    PromptShape shape = {};                                     ///< of a prompt that is known
    std::vector<Claim> claims = {};

    bool operator==(const CallAnalysis&) const = default;
};

/// Counts up when what is packed changes, or how tokens are split and calls are labelled: what an older program made is
/// made anew.
constexpr int analysisVersion = 3;

void appendPacked(std::string& into, SplitMethod method, std::span<const std::uint32_t> segments,
                  const PromptShape& shape, std::span<const Claim> claims);
/// False if the bytes are not what appendPacked() wrote. Reuses what `into` holds.
bool readPacked(std::string_view bytes, CallAnalysis& into);

} // namespace plumbline::analysis
