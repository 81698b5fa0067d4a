// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plumbline {

/// Small numbers in few bytes: seven bits a byte, the lowest first, the eighth bit says that more follow (LEB128).
inline void appendVarint(std::string& into, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        into.push_back(static_cast<char>(value | 0x80));
    into.push_back(static_cast<char>(value));
}

/// Moves `at` behind the number; nothing if the bytes end in it or it has more than 64 bits.
inline std::optional<std::uint64_t> readVarint(std::string_view bytes, std::size_t& at)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; at < bytes.size() && shift < 64; shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes[at++]);
        value |= std::uint64_t{byte & 0x7FU} << shift;
        if (byte < 0x80)
            return value;
    }
    return {};
}

/// Signed numbers so that small ones of either sign stay small.
inline std::uint64_t zigzag(std::int64_t value)
{
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

inline std::int64_t unzigzag(std::uint64_t value)
{
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

} // namespace plumbline
