// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <unordered_map>

namespace plumbline::analysis {

/// What an ideal cache of prompt beginnings would still hold: each beginning that was sent within its lifetime, renewed
/// by every use. Calls come in order of time. Remembers no more than two lifetimes.
class PrefixCache
{
public:
    struct Entry
    {
        std::int64_t from = 0;    ///< when it can first be read: microseconds since 1970
        std::int64_t usedAt = 0;  ///< its last use
        std::uint32_t source = 0; ///< the call that sent it first
    };
    explicit PrefixCache(std::int64_t lifetime) : m_lifetime(lifetime) {}

    /// Null if nobody sent it within the lifetime.
    const Entry* find(std::uint64_t beginning, std::int64_t now)
    {
        turn(now);
        for (auto* entries : {&m_recent, &m_older})
            if (const auto known = entries->find(beginning); known != entries->end()) {
                const Entry& entry = known->second;
                return entry.from <= now && now - entry.usedAt <= m_lifetime ? &entry : nullptr;
            }
        return nullptr;
    }
    /// A call used or sent it.
    void keep(std::uint64_t beginning, std::int64_t now, std::int64_t readableFrom, std::uint32_t source)
    {
        turn(now);
        if (const auto known = m_recent.find(beginning); known != m_recent.end()) {
            renew(known->second, now, readableFrom, source);
            return;
        }
        Entry entry{readableFrom, now, source};
        if (const auto older = m_older.find(beginning); older != m_older.end()) {
            entry = older->second;
            renew(entry, now, readableFrom, source);
        }
        m_recent.emplace(beginning, entry);
    }

private:
    void renew(Entry& entry, std::int64_t now, std::int64_t readableFrom, std::uint32_t source) const
    {
        if (now - entry.usedAt > m_lifetime)
            entry = {readableFrom, now, source};
        else
            entry.usedAt = now;
    }
    void turn(std::int64_t now)
    {
        if (now - m_begun <= m_lifetime)
            return;
        if (now - m_begun > 2 * m_lifetime)
            m_older.clear();
        else
            m_older = std::move(m_recent);
        m_recent.clear();
        m_begun = now;
    }

    std::int64_t m_lifetime;
    std::int64_t m_begun = 0; ///< when the recent ones began
    std::unordered_map<std::uint64_t, Entry> m_recent, m_older;
};

} // namespace plumbline::analysis
