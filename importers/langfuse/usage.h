// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <string>

#include "importers/json/nested.h"
#include "importers/langfuse/fields.h"
#include "model/core/span.h"

namespace plumbline::langfuse {

/// Reads the usage and cost of a row into a span. Names of nested usage objects are joined by dots in `names`, which
/// has to live as long as the span is used.
void readUsage(const Row& row, ObservedSpan& span, json::Nested& nested, std::deque<std::string>& names);

/// The cost Langfuse states: the total, or the sum of the parts where it left the total out. Empty if unknown, which
/// Langfuse writes as 0 without parts, or as -1.
std::optional<Money> readCost(const Row& row, json::Nested& nested);

} // namespace plumbline::langfuse
