// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "model/queries/call_table.h"
#include "model/queries/measures.h"
#include "model/queries/row_set.h"

namespace plumbline::queries {

/// What a workspace holds beside its calls and completeness speaks of.
struct Uncounted
{
    std::vector<std::int64_t> wrappers = {}; ///< starts in their order; those without one first
    std::vector<std::int64_t> otherWitnesses = {};
    std::int64_t duplicatesDropped = 0; ///< records, in all visible imports
    std::int64_t recordsSkipped = 0;

    static Result<Uncounted> load(const store::Database& database);
};

/// What is missing or corrected in these rows of the table.
Completeness completenessOf(const CallTable& table, const Uncounted& uncounted, const RowSet& rows,
                            const std::optional<Period>& period);

} // namespace plumbline::queries
