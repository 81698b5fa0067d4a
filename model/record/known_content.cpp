// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/known_content.h"

namespace plumbline::record {

namespace {

constexpr std::size_t mostDigestsInBulk = 4'000'000;
constexpr std::size_t mostDigests = 500'000;

} // namespace

Result<KnownContent> KnownContent::open(const store::Database& database, bool isBulk)
{
    KnownContent known(TRY(database.prepare("SELECT content, id FROM observation WHERE trace = ?")));
    if (!isBulk)
        return known;
    known.m_isBulk = true;
    store::Statement all = TRY(database.prepare("SELECT content, id FROM observation"));
    while (TRY(all.next()))
        known.m_known.insert(static_cast<std::uint64_t>(all.integer(0)), static_cast<std::uint64_t>(all.integer(1)));
    return known;
}

Result<> KnownContent::loadTrace(std::int64_t trace)
{
    if (m_isBulk || !m_loaded.insert(static_cast<std::uint64_t>(trace), 1))
        return {};
    TRY(m_ofTrace.bind(trace));
    while (TRY(m_ofTrace.next()))
        m_known.insert(static_cast<std::uint64_t>(m_ofTrace.integer(0)),
                       static_cast<std::uint64_t>(m_ofTrace.integer(1)));
    m_ofTrace.reset();
    return {};
}

std::int64_t KnownContent::findOrRemember(std::uint64_t content, std::int64_t observation)
{
    if (m_known.size() >= (m_isBulk ? mostDigestsInBulk : mostDigests)) {
        m_known.clear();
        m_loaded.clear();
    }
    const std::uint64_t* known = m_known.findOrInsert(content, static_cast<std::uint64_t>(observation));
    return known ? static_cast<std::int64_t>(*known) : 0;
}

} // namespace plumbline::record
