// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/store/workspace.h"

namespace plumbline::record {

/// Deletes blocks that no observation refers to any more, and bodies that no block does.
Result<> dropUnusedBlocks(const store::Workspace& workspace);

} // namespace plumbline::record
