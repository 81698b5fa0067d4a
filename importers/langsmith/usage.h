// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <string>

#include "importers/langsmith/run.h"

namespace plumbline::langsmith {

/// The message of the first generation of a LangChain answer: its kwargs, or the flat message. Missing if there is
/// none.
json::Value generatedMessage(json::Value outputs);

/// Finds the usage of a model's run where its producer put it: `usage_metadata` of the outputs or the metadata, of a
/// generated message, the provider's own object, at last the token columns; and converts it to buckets. LangSmith's
/// input holds cached tokens, but for Anthropic's and Bedrock's wrappers of some years. `names` keeps the names made
/// here. Sources: LangSmith's cost tracking; langsmith-sdk #2519, #1858, #2150.
void readUsage(const Run& run, ObservedSpan& span, json::Nested& nested, std::deque<std::string>& names);

/// What LangSmith says the run cost. Only to be asked of a model's run: those above carry sums.
std::optional<Money> reportedCost(const Run& run);

} // namespace plumbline::langsmith
