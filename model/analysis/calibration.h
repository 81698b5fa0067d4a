// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/segment.h"
#include "model/prompts/token_weights.h"

namespace plumbline::analysis {

/// One call to calibrate on: what its prompt consists of, and how many tokens its provider counted.
struct CalibrationCall
{
    std::array<double, textCounterCount> text = {};  ///< counters of everything but tool definitions
    std::array<double, textCounterCount> tools = {}; ///< counters of tool definitions
    double messages = 0;
    double total = 0; ///< reported input tokens
};

/// What the parts of a prompt weigh for one model.
struct ModelWeights
{
    TokenWeights text = {};
    double tools = 1;      ///< tool definitions are rendered anew by providers: times this
    double perMessage = 0; ///< framing of each message
    double perCall = 0;
    SplitMethod method = SplitMethod::Heuristic;
    std::int64_t calls = 0; ///< that they were fitted to
    double error = 0;       ///< mean relative error of a call's total

    bool operator==(const ModelWeights&) const = default;
};

/// The fitted weights of the model's family, uncalibrated.
ModelWeights familyWeights(std::string_view model);

/// Ridge regression towards the family's weights on relative errors (drains-and-simulation.md §4c): 35 unknowns, each
/// kept at or above 0, by coordinate descent. Below ten calls the family's weights are left as they are: constant
/// prompts say too little. Calls whose total has nothing to do with their text (images, parts that were not logged)
/// are left out.
ModelWeights calibrate(const ModelWeights& from, std::vector<CalibrationCall> calls);

/// Tokens of a call by the weights.
double estimateOf(const ModelWeights& weights, const CalibrationCall& call);

void appendPacked(std::string& into, const ModelWeights& weights);
bool readPacked(std::string_view bytes, ModelWeights& into);

} // namespace plumbline::analysis
