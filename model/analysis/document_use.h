// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/analysis/block_table.h"
#include "model/analysis/scope.h"
#include "model/core/stop_token.h"

namespace plumbline::analysis {

/// Finds which retrieved documents each answer uses (`ScopeCall::used`): it shares two runs of four words with it that
/// no other document of the prompt has, or names its id. Calls whose texts are not kept stay unread.
Result<> readDocumentUse(const store::Database& database, const BlockTable& blocks, Scope& scope,
                         const StopToken& stop);

} // namespace plumbline::analysis
