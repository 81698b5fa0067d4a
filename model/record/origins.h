// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>

#include "model/store/workspace.h"

namespace plumbline::record {

/// What many calls have in common: a row of the table `origin`. Ids of `name`, but for the first five; 0 is none.
struct Origin
{
    std::int64_t import = 0, status = 0, flags = 0, rule = 0, known = 0;
    std::int64_t feature = 0;
    std::int64_t featureRule = 0; ///< one more than the index; 0: no rule held
    std::int64_t model = 0, provider = 0, environment = 0, step = 0, agent = 0, tool = 0, tags = 0, promptName = 0,
                 promptVersion = 0, release = 0;
    std::int64_t price = 0;
    bool operator==(const Origin&) const = default;
};

/// Writes each origin once as long as it is remembered; a second row of the same origin changes no answer.
class OriginWriter
{
public:
    static Result<OriginWriter> open(const store::Database& database);
    Result<std::int64_t> idOf(const Origin& origin);

private:
    struct Hash
    {
        std::size_t operator()(const Origin& origin) const;
    };
    OriginWriter(const store::Database& database, store::Statement insert)
        : m_database(&database), m_insert(std::move(insert))
    {
    }

    const store::Database* m_database;
    store::Statement m_insert;
    std::unordered_map<Origin, std::int64_t, Hash> m_known;
    Origin m_last = {};
    std::int64_t m_lastId = 0;
};

} // namespace plumbline::record
