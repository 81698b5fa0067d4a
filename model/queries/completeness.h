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
    /// A span that repeats a call.
    struct Span
    {
        std::int64_t started = 0;
        std::int64_t trace = 0;
        bool operator<(const Span& other) const { return started < other.started; }
    };
    std::vector<Span> wrappers = {}; ///< in the order of their starts; those without one first
    std::vector<Span> otherWitnesses = {};
    std::int64_t duplicatesDropped = 0; ///< records, in all visible imports
    std::int64_t recordsSkipped = 0;

    static Result<Uncounted> load(const store::Database& database);
    /// The same after these traces (ascending) changed.
    Result<Uncounted> updated(const store::Database& database, const std::vector<std::int64_t>& traces) const;

private:
    Result<> readReports(const store::Database& database);
    void take(store::Statement& unbilled);
    void sort();
};

/// What is missing or corrected in these rows of the table.
Completeness completenessOf(const CallTable& table, const Uncounted& uncounted, const RowSet& rows,
                            const std::optional<Period>& period);

} // namespace plumbline::queries
