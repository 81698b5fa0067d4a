// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "model/core/finding_note.h"
#include "model/store/workspace.h"

namespace plumbline {

/// Keeps a note in place of the one there was, in an ordinary transaction: nothing is labelled anew. Usage: there is no
/// such drain.
Result<> writeFindingNote(store::Workspace& workspace, const FindingNote& note);

/// Thresholds that the user changed, by `unused-tools.offers`.
using DrainThresholds = std::map<std::string, double>;
Result<DrainThresholds> drainThresholds(const store::Workspace& workspace);
/// Has every call labelled anew by the next analysis. Usage: no such threshold, or out of its range.
Result<> setDrainThresholds(store::Workspace& workspace, const DrainThresholds& thresholds);

/// Counts on what readers watch: they look at the analysis anew.
Result<> countAnalysisRevision(const store::Database& database);

} // namespace plumbline
