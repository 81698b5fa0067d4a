// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/store/stale_scopes.h"

namespace plumbline::store {

Result<std::vector<StaleScope>> staleScopes(const Database& database)
{
    std::vector<StaleScope> scopes;
    Statement query = TRY(database.prepare("SELECT feature, mark FROM stale_scope ORDER BY feature"));
    while (TRY(query.next()))
        scopes.push_back({query.integer(0), query.integer(1)});
    return scopes;
}

Result<std::optional<std::int64_t>> staleMark(const Database& database, std::int64_t feature)
{
    Statement query = TRY(database.prepare("SELECT mark FROM stale_scope WHERE feature = ?"));
    TRY(query.bind(feature));
    return TRY(query.next()) ? std::optional(query.integer(0)) : std::nullopt;
}

Result<> markAllStale(const Database& database)
{
    return database.execute(
        "INSERT OR REPLACE INTO stale_scope(feature) SELECT DISTINCT coalesce(feature, 0) FROM origin");
}

Result<> unmark(const Database& database, const StaleScope& scope)
{
    return TRY(database.prepare("DELETE FROM stale_scope WHERE feature = ? AND mark = ?"))
        .run(scope.feature, scope.mark);
}

} // namespace plumbline::store
