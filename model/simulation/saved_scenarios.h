// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "model/core/scenario.h"
#include "model/store/workspace.h"

namespace plumbline {

/// By name. One that this program cannot read is left out.
Result<std::vector<SavedScenario>> savedScenarios(const store::Workspace& workspace);
/// In place of one of the same name. Usage: it has none, or an unknown lever.
Result<> saveScenario(store::Workspace& workspace, const SavedScenario& saved);
/// Nothing if there is none of that name.
Result<> removeScenario(store::Workspace& workspace, const std::string& name);

} // namespace plumbline
