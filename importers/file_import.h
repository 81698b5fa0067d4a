// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "model/core/import_service.h"

namespace plumbline {

/// Imports files of every known format through a Recorder.
std::unique_ptr<ImportService> fileImportService();

/// Files as they lie under what was asked for: directories walked in the order of their names, hidden files and folders
/// left out. NotFound or Unreadable name the path.
Result<std::vector<std::filesystem::path>> filesUnder(const std::vector<std::filesystem::path>& paths);

} // namespace plumbline
