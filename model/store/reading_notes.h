// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "model/core/reading_notes.h"
#include "model/store/workspace.h"

namespace plumbline::store {

/// By name.
Result<std::vector<SavedFilter>> savedFilters(const Workspace& workspace);
/// In place of one of its name. Usage: it has no name, or its expression cannot be understood.
Result<> saveFilter(const Workspace& workspace, const SavedFilter& filter);
Result<> removeFilter(const Workspace& workspace, const std::string& name);

/// In the order of time.
Result<std::vector<Annotation>> annotations(const Workspace& workspace);
/// In place of what was there. Usage: one has no text, or is of no known kind.
Result<> setAnnotations(Workspace& workspace, const std::vector<Annotation>& annotations);

} // namespace plumbline::store
