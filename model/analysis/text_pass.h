// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/core/stop_token.h"
#include "model/store/workspace.h"

namespace plumbline::analysis {

/// Reads texts that nobody has read yet and keeps what they show (`text_facts`), some megabytes of them; false if no
/// more are left. Inside a transaction of the caller; how far it came is kept with it.
Result<bool> readSomeTexts(store::Workspace& workspace, const ProgressSink& progress, const StopToken& stop);
Result<bool> hasUnreadTexts(const store::Workspace& workspace);

} // namespace plumbline::analysis
