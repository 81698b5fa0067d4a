// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "model/core/import_service.h"
#include "model/core/recorder_way.h"

namespace plumbline {

/// Imports files of every known format through a Recorder, after asking for the way.
std::unique_ptr<ImportService> fileImportService(AskForWay askForWay = {});

/// Files as they lie under what was asked for: directories walked in the order of their names, hidden files and folders
/// left out. NotFound or Unreadable name the path.
Result<std::vector<std::filesystem::path>> filesUnder(const std::vector<std::filesystem::path>& paths);

} // namespace plumbline
