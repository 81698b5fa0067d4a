// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "model/core/workspace_service.h"

namespace plumbline {

/// The changes of a user's hand, through a Recorder: each takes the recorder's lock for as long as it lasts.
std::unique_ptr<WorkspaceService> workspaceChanges();

} // namespace plumbline
