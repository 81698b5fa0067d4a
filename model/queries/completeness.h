// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "model/queries/call_table.h"
#include "model/queries/measures.h"

namespace plumbline::queries {

/// How complete an answer about these rows is. Spans that are not billed have no features or models: they are counted
/// by period; what imports dropped or skipped is counted over all of them.
Result<Completeness> completenessOf(const store::Workspace& workspace, const CallTable& table,
                                    const std::vector<std::uint32_t>& rows, const std::optional<Period>& period);

} // namespace plumbline::queries
