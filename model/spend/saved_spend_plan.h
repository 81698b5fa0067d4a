// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/core/spend_plan.h"
#include "model/store/workspace.h"

namespace plumbline {

/// Empty unless one was saved.
Result<SpendPlan> savedSpendPlan(const store::Workspace& workspace);
/// In place of what was there, in one transaction. Usage, as checked().
Result<> saveSpendPlan(store::Workspace& workspace, const SpendPlan& plan);

} // namespace plumbline
