// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "model/core/recorder_way.h"
#include "model/core/workspace_service.h"

namespace plumbline {

/// The changes of a user's hand: each asks for the way and takes the recorder's lock for as long as it lasts; an
/// analysis does so for each of its parts.
std::unique_ptr<WorkspaceService> workspaceChanges(AskForWay askForWay = {});

} // namespace plumbline
