// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/store/huge_pages.h"

namespace plumbline::store {

/// Hashes with the workspace's secret, so that no file can be made to collide (ARCHITECTURE §3).
class Hasher
{
public:
    using Secret = std::uint64_t;
    explicit Hasher(Secret secret = 0) : m_secret(secret) {}
    std::uint64_t hash64(std::string_view bytes) const { return hash64(bytes, 0); }
    /// `salt` keeps apart what has the same bytes and another meaning.
    std::uint64_t hash64(std::string_view bytes, std::uint64_t salt) const;
    struct Digest
    {
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        bool operator==(const Digest&) const = default;
    };
    Digest hash128(std::string_view bytes, std::uint64_t salt) const;

private:
    Secret m_secret;
};

/// Open addressing from a key that is a digest already to a small number; grows by doubling. 0 keys are kept aside.
/// Sixteen bytes an entry, at most 70 % full.
class DigestMap
{
public:
    /// Asks memory for the place of `key`, so that it is there when it is looked up.
    void prefetch(std::uint64_t key) const
    {
        if (!m_slots.empty())
            __builtin_prefetch(&m_slots[key & (m_slots.size() - 1)]);
    }
    /// The number of `key`, or null.
    const std::uint64_t* find(std::uint64_t key) const;
    /// Keeps the number that is there; true if there was none.
    bool insert(std::uint64_t key, std::uint64_t number) { return !findOrInsert(key, number); }
    /// The number that is there; null if there was none, and `number` is now.
    const std::uint64_t* findOrInsert(std::uint64_t key, std::uint64_t number);
    std::size_t size() const { return m_size + (m_hasZero ? 1 : 0); }
    void clear();
    void reserve(std::size_t entries);

private:
    struct Slot
    {
        std::uint64_t key = 0;
        std::uint64_t number = 0;
    };
    using Slots = std::vector<Slot, HugePageAllocator<Slot>>;
    void rehash(std::size_t slots);

    Slots m_slots;
    std::size_t m_size = 0;
    bool m_hasZero = false;
    std::uint64_t m_zero = 0;
};

} // namespace plumbline::store
