// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/analysis/claims.h"
#include "model/analysis/drain_settings.h"
#include "model/core/stop_token.h"

namespace plumbline::analysis {

/// Every drain has its turn, in the ledger's order. The scope outlives the claims, and gets the thresholds. Cancelled.
Result<Claims> labelled(Scope& scope, const DrainThresholds& thresholds, const StopToken& stop);

} // namespace plumbline::analysis
