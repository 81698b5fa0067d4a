// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <string>

#include "importers/json/json.h"
#include "model/core/span.h"
#include "model/core/usage_buckets.h"

namespace plumbline::facts {

/// Adds a provider's own usage object to what the span's source reported: nested names joined by dots, two levels deep.
/// `texts` keeps the names made here.
void addRawUsage(json::Value usage, ObservedSpan& span, std::deque<std::string>& texts);

/// Converts what was reported to buckets. A usage of nothing but zeros is unknown.
void bucketsOf(ObservedSpan& span, const UsageContext& context);

} // namespace plumbline::facts
