// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/error.h"
#include "model/core/filter.h"
#include "model/core/segment.h"

namespace plumbline {

/// What a limit of a policy is on. All but the waste ratio are figures of one call.
enum class PolicyFigure : std::uint8_t
{
    InputTokens,
    SegmentTokens, ///< of one segment of the input
    HistoryTurns,  ///< earlier messages of the user that are sent again
    Documents,     ///< retrieved ones in the prompt
    OutputTokens,  ///< reasoning included
    CostPerCall,   ///< dollars
    WindowShare,   ///< of the model's context window, 0 to 1
    WasteRatio,    ///< of the calls together: waste ÷ bill, 0 to 1
};

struct PolicyLimit
{
    PolicyFigure figure = PolicyFigure::InputTokens;
    Segment segment = Segment::Other; ///< of SegmentTokens
    double most = 0;

    bool operator==(const PolicyLimit&) const = default;
};
/// `max_input_tokens`, `max_segment_tokens.history`, …: how policy files spell it.
std::string nameOf(const PolicyLimit& limit);

/// Limits for some features. A call keeps the rule of its feature, and besides each that has conditions it meets.
struct PolicyRule
{
    /// Empty: every feature that no rule names, or, with conditions, every feature.
    std::vector<std::string> features = {};
    std::vector<Condition> where = {}; ///< calls that meet them all; empty: all of the features
    std::vector<PolicyLimit> limits = {};
    std::vector<std::string> models = {}; ///< allowed ones, by prefix where they end with `*`; empty: any
    double allowedShare = 0;              ///< of the calls, how many may break a limit of one call

    bool operator==(const PolicyRule&) const = default;
};

/// What calls of a workspace may look like: a guard for pipelines.
struct Policy
{
    std::vector<PolicyRule> rules = {};

    bool operator==(const Policy&) const = default;
};

} // namespace plumbline
