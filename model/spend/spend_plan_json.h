// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/core/spend_plan.h"

namespace plumbline {

/// Cost centres and budgets as a file:
///
///     {"plumbline_spend": 1,
///      "cost_centres": [{"name": "Support", "match": ["feature=support-chat,triage"]},
///                       {"name": "Platform", "match": ["environment=staging"], "split_by": "spend"}],
///      "budgets": [{"for": "cost-centre", "value": "Support", "from": "2026-08", "usd": 28000, "warn_at": 80}]}
std::string toJson(const SpendPlan& plan);
/// Malformed, naming the place: no JSON, no such file, an unknown word. Usage, as checked().
Result<SpendPlan> spendPlanFromJson(std::string_view text);

} // namespace plumbline
