// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace plumbline::parquet {

static_assert(std::endian::native == std::endian::little, "Parquet is read as it lies in memory");

/// The value of `width` (at most 64) bits that begins at a bit of `bytes`, which has them.
inline std::uint64_t bitsAt(std::string_view bytes, std::uint64_t bit, unsigned width)
{
    const auto begin = static_cast<std::size_t>(bit / 8);
    const unsigned shift = bit % 8;
    const std::size_t left = bytes.size() - begin;
    std::uint64_t word = 0;
    if (left >= sizeof word)
        std::memcpy(&word, bytes.data() + begin, sizeof word);
    else
        std::memcpy(&word, bytes.data() + begin, left);
    word >>= shift;
    if (shift + width > 64)
        word |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[begin + 8])) << (64 - shift);
    return width >= 64 ? word : word & ((std::uint64_t{1} << width) - 1);
}

/// Reads a variable-length integer; false at the end of `bytes` or if it is too long.
inline bool readVarint(std::string_view bytes, std::size_t& position, std::uint64_t& value)
{
    value = 0;
    for (unsigned shift = 0; shift < 64 && position < bytes.size(); shift += 7) {
        const auto next = static_cast<unsigned char>(bytes[position++]);
        value |= static_cast<std::uint64_t>(next & 0x7f) << shift;
        if ((next & 0x80) == 0)
            return true;
    }
    return false;
}

/// Reads Parquet's mixture of run lengths and packed bits, which holds levels, dictionary indices and booleans. The
/// encoding does not tell how many values there are.
class RunReader
{
public:
    RunReader() = default;
    /// `width`: bits of a value, at most 32.
    RunReader(std::string_view bytes, unsigned width) : m_bytes(bytes), m_width(width) {}

    /// Reads exactly `count` values; false if there are fewer.
    template <class Value>
    bool read(Value* into, std::size_t count)
    {
        while (count > 0) {
            if (m_left == 0 && !nextRun())
                return false;
            const auto taken = static_cast<std::size_t>(m_left < count ? m_left : count);
            if (m_isPacked) {
                // The last run of a page may be cut off behind its last value.
                if (m_bit + taken * m_width > std::uint64_t{m_bytes.size()} * 8)
                    return false;
                for (std::size_t i = 0; i < taken; ++i, m_bit += m_width)
                    into[i] = static_cast<Value>(m_width == 0 ? 0 : bitsAt(m_bytes, m_bit, m_width));
            } else {
                for (std::size_t i = 0; i < taken; ++i)
                    into[i] = static_cast<Value>(m_value);
            }
            into += taken;
            count -= taken;
            m_left -= taken;
        }
        return true;
    }

private:
    bool nextRun()
    {
        if (m_isPacked)
            m_position = static_cast<std::size_t>(m_runEnd < m_bytes.size() ? m_runEnd : m_bytes.size());
        std::uint64_t header = 0;
        if (!readVarint(m_bytes, m_position, header) || header > UINT32_MAX)
            return false;
        m_isPacked = (header & 1) != 0;
        m_left = header >> 1;
        if (m_isPacked) {
            m_left *= 8;
            m_bit = std::uint64_t{m_position} * 8;
            m_runEnd = m_position + (header >> 1) * m_width;
            return true;
        }
        const std::size_t size = (m_width + 7) / 8;
        if (size > m_bytes.size() - m_position)
            return false;
        m_value = 0;
        std::memcpy(&m_value, m_bytes.data() + m_position, size);
        m_position += size;
        return true;
    }

    std::string_view m_bytes;
    unsigned m_width = 0;
    std::size_t m_position = 0;
    std::uint64_t m_left = 0; ///< values of the run not read yet
    bool m_isPacked = false;
    std::uint64_t m_bit = 0;    ///< the next packed value
    std::uint64_t m_runEnd = 0; ///< of the packed run, perhaps behind the end of the bytes
    std::uint32_t m_value = 0;  ///< of a run of equals
};

} // namespace plumbline::parquet
