// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/core/stop_token.h"
#include "model/store/workspace.h"

namespace plumbline::analysis {

/// Reads every text once that nobody has read yet and keeps what it shows (`text_facts`). Inside a transaction of the
/// caller; how far it came is kept with it.
Result<> readTexts(store::Workspace& workspace, const ProgressSink& progress, const StopToken& stop);

} // namespace plumbline::analysis
