// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/store/known_rows.h"

namespace plumbline::store {

namespace {

constexpr std::size_t mostInMemory = 4'000'000;
constexpr std::size_t mostCached = 500'000;
/// A tenth of a second to read, and 16 MB.
constexpr std::size_t mostReadAhead = 400'000;

} // namespace

Result<KnownRows> KnownRows::open(const Database& database, Source source, bool isBulk)
{
    KnownRows rows(database, std::move(source));
    rows.m_mostInMemory = isBulk ? mostInMemory : mostReadAhead;
    bool isInMemory = isBulk;
    if (!isBulk) {
        Statement last = TRY(database.prepare("SELECT max(rowid) FROM " + rows.m_source.table));
        isInMemory = TRY(last.next()) && last.integer(0) < static_cast<std::int64_t>(mostReadAhead);
    }
    if (!isInMemory) {
        TRY(rows.goOverToIndex());
        return rows;
    }
    TRY(rows.readAll());
    // Digests have no order: each of a few rows would have a page of the index written with it.
    TRY(database.execute("DROP INDEX IF EXISTS " + rows.m_source.indexName));
    return rows;
}

Result<> KnownRows::readAll()
{
    Statement query =
        TRY(m_database->prepare("SELECT " + m_source.key + ", " + m_source.number + " FROM " + m_source.table));
    while (TRY(query.next()))
        m_known.insert(static_cast<std::uint64_t>(query.integer(0)), static_cast<std::uint64_t>(query.integer(1)));
    m_knowsAll = true;
    return {};
}

Result<> KnownRows::goOverToIndex()
{
    TRY(m_database->execute(m_source.createIndex));
    m_knowsAll = false;
    m_known.clear();
    m_select = TRY(m_database->prepare("SELECT " + m_source.number + " FROM " + m_source.table + " WHERE " +
                                       m_source.key + " = ? LIMIT 1"));
    return {};
}

Result<std::optional<std::uint64_t>> KnownRows::find(std::uint64_t digest)
{
    if (const std::uint64_t* number = m_known.find(digest))
        return std::optional<std::uint64_t>(*number);
    if (m_knowsAll)
        return std::optional<std::uint64_t>();
    TRY(m_select->bind(digest));
    std::optional<std::uint64_t> number;
    if (TRY(m_select->next()))
        number = static_cast<std::uint64_t>(m_select->integer(0));
    m_select->reset();
    if (number)
        TRY(remember(digest, *number));
    return number;
}

Result<std::optional<std::uint64_t>> KnownRows::findOrRemember(std::uint64_t digest, std::uint64_t number)
{
    if (m_knowsAll && !isFull()) { // one look is enough
        const std::uint64_t* known = m_known.findOrInsert(digest, number);
        return known ? std::optional<std::uint64_t>(*known) : std::nullopt;
    }
    auto known = TRY(find(digest));
    if (!known)
        TRY(remember(digest, number));
    return known;
}

bool KnownRows::isFull() const
{
    return m_known.size() >= (m_knowsAll ? m_mostInMemory : mostCached);
}

Result<> KnownRows::remember(std::uint64_t digest, std::uint64_t number)
{
    if (isFull()) {
        if (m_knowsAll)
            TRY(goOverToIndex());
        else
            m_known.clear();
    }
    m_known.insert(digest, number);
    return {};
}

} // namespace plumbline::store
