// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "model/analysis/scope.h"
#include "model/store/database.h"

namespace plumbline::analysis {

/// The calls of a feature as the workspace has them, in the order of their ids.
class ScopeCalls
{
public:
    /// `feature`: name.id; 0 for the unallocated.
    static Result<ScopeCalls> of(const store::Database& database, std::int64_t feature);

    Result<bool> next() { return m_row.next(); }
    /// Without its prompt, rates, score and what the request asked for.
    ScopeCall call() const;
    /// The row of the table `price` its cost was made with.
    std::optional<std::int64_t> price() const;

private:
    explicit ScopeCalls(store::Statement row) : m_row(std::move(row)) {}
    store::Statement m_row;
};

/// Which calls of the scope the workspace still has with the bill they were read with, by their place.
Result<std::vector<bool>> callsStillBilledSo(const store::Database& database, const Scope& scope);

} // namespace plumbline::analysis
