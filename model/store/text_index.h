// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/core/stop_token.h"
#include "model/store/workspace.h"

/// Full-text search over the bodies that are kept: SQLite's FTS5, without a copy of the texts.
namespace plumbline::store {

/// Whether anything can be searched: something is in the index, or there is nothing to be put there.
Result<bool> hasTextIndex(const Workspace& workspace);
/// Whether there are bodies that are not in the index yet, or words in it of bodies that are gone.
Result<bool> hasUnindexedTexts(const Workspace& workspace);
/// Takes some megabytes of them in; false if no more are left. Inside a transaction of the caller; how far it came is
/// kept with it. Once a block was removed the index is made anew, since its id may be given again.
Result<bool> indexSomeTexts(Workspace& workspace, const ProgressSink& progress, const StopToken& stop);

/// Blocks whose body holds these words one after another, whatever their case and accents; the last may be the
/// beginning of a word. Ascending. Usage: there is no word in it.
Result<std::vector<std::int64_t>> blocksWithText(const Workspace& workspace, std::string_view words,
                                                 const StopToken& stop);

} // namespace plumbline::store
