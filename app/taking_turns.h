// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "importers/collector/collector.h"
#include "model/core/import_service.h"
#include "model/core/workspace_service.h"

namespace plumbline {

/// The same services, which ask the collector of this process to give way while they record. All outlive the answer.
std::unique_ptr<ImportService> takingTurns(ImportService& imports, Collector& collector);
std::unique_ptr<WorkspaceService> takingTurns(WorkspaceService& workspaces, Collector& collector);

} // namespace plumbline
