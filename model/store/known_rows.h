// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "model/store/database.h"
#include "model/store/digest.h"

namespace plumbline::store {

/// Which digests a table holds already, and the row of each. Two ways, after what was measured: an import larger than
/// the workspace, and any into a small table, loads the old digests into memory and does without an index; others ask
/// the index, which the first of them creates. In memory it stops growing at some four million entries, where few were
/// expected at some hundred thousand, and goes over to the index.
class KnownRows
{
public:
    struct Source
    {
        std::string table;
        std::string key;    ///< digest column
        std::string number; ///< SQL expression of what find() answers, such as `id`
        std::string indexName;
        std::string createIndex;
    };
    static Result<KnownRows> open(const Database& database, Source source, bool isBulk);

    void prefetch(std::uint64_t digest) const { m_known.prefetch(digest); }
    Result<std::optional<std::uint64_t>> find(std::uint64_t digest);
    /// The row of `digest`; nothing if there was none, and it is `number` now: that row is to be inserted.
    Result<std::optional<std::uint64_t>> findOrRemember(std::uint64_t digest, std::uint64_t number);
    /// What it was told is about to be forgotten: the table has to hold it before it is told of the next.
    bool isFull() const;
    /// Tells of a row just inserted.
    Result<> remember(std::uint64_t digest, std::uint64_t number);

private:
    KnownRows(const Database& database, Source source) : m_database(&database), m_source(std::move(source)) {}
    Result<> readAll();
    Result<> goOverToIndex();

    const Database* m_database;
    Source m_source;
    std::size_t m_mostInMemory = 0; ///< digests, before it goes over to the index
    DigestMap m_known;
    bool m_knowsAll = false; ///< what is not in m_known is in no row
    std::optional<Statement> m_select;
};

} // namespace plumbline::store
