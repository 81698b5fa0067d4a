// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "model/core/import_service.h"
#include "model/sample/sample.h"

namespace plumbline {

/// Generates traces straight into a workspace, through the importer that reads such files.
Result<ImportReport> generateInto(const std::filesystem::path& workspace, const SampleOptions& options,
                                  const ProgressSink& progress, const StopToken& stop);

} // namespace plumbline
