// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/store/database.h"

namespace plumbline::store {

/// A feature whose calls changed since they were analysed, with the mark of the last change.
struct StaleScope
{
    std::int64_t feature = 0; ///< name.id; 0: unallocated
    std::int64_t mark = 0;
};

Result<std::vector<StaleScope>> staleScopes(const Database& database);
/// The mark of a feature; none if it is not stale.
Result<std::optional<std::int64_t>> staleMark(const Database& database, std::int64_t feature);
/// Every feature that has calls, or had; inside a transaction of the caller.
Result<> markAllStale(const Database& database);
/// What was marked once more since is stale still.
Result<> unmark(const Database& database, const StaleScope& scope);

} // namespace plumbline::store
