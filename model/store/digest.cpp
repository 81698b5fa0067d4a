// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/store/digest.h"

#include <bit>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace plumbline::store {

std::uint64_t Hasher::hash64(std::string_view bytes, std::uint64_t salt) const
{
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), m_secret ^ (salt * 0x9E3779B97F4A7C15ULL));
}

Hasher::Digest Hasher::hash128(std::string_view bytes, std::uint64_t salt) const
{
    const XXH128_hash_t hash =
        XXH3_128bits_withSeed(bytes.data(), bytes.size(), m_secret ^ (salt * 0x9E3779B97F4A7C15ULL));
    return {hash.low64, hash.high64};
}

const std::uint64_t* DigestMap::find(std::uint64_t key) const
{
    if (key == 0)
        return m_hasZero ? &m_zero : nullptr;
    if (m_slots.empty())
        return nullptr;
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = key & mask;; at = (at + 1) & mask) {
        if (m_slots[at].key == key)
            return &m_slots[at].number;
        if (m_slots[at].key == 0)
            return nullptr;
    }
}

const std::uint64_t* DigestMap::findOrInsert(std::uint64_t key, std::uint64_t number)
{
    if (key == 0) {
        if (m_hasZero)
            return &m_zero;
        m_hasZero = true;
        m_zero = number;
        return nullptr;
    }
    if ((m_size + 1) * 10 > m_slots.size() * 7)
        rehash(m_slots.empty() ? 1024 : m_slots.size() * 2);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = key & mask;; at = (at + 1) & mask) {
        if (m_slots[at].key == key)
            return &m_slots[at].number;
        if (m_slots[at].key == 0) {
            m_slots[at] = {key, number};
            ++m_size;
            return nullptr;
        }
    }
}

void DigestMap::clear()
{
    m_slots.clear();
    m_slots.shrink_to_fit();
    m_size = 0;
    m_hasZero = false;
}

void DigestMap::reserve(std::size_t entries)
{
    const std::size_t slots = std::bit_ceil(entries * 10 / 7 + 16);
    if (slots > m_slots.size())
        rehash(slots);
}

void DigestMap::rehash(std::size_t slots)
{
    Slots old(slots);
    old.swap(m_slots);
    m_size = 0;
    for (const Slot& slot : old)
        if (slot.key != 0)
            insert(slot.key, slot.number);
}

} // namespace plumbline::store
