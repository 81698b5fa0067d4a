// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace plumbline::parquet {

/// Reads DELTA_BINARY_PACKED integers: blocks of differences, each cut into parts of one bit width.
class DeltaReader
{
public:
    /// Empty if the bytes do not begin like such integers.
    static std::optional<DeltaReader> open(std::string_view bytes);

    /// Values not read yet.
    std::uint64_t left() const { return m_left; }
    /// Reads exactly `count` values; false if there are fewer.
    bool read(std::int64_t* into, std::size_t count);
    /// The bytes behind the last value; empty if that lies outside.
    std::optional<std::string_view> behind() const;

private:
    bool nextBlock();
    bool nextPart();

    std::string_view m_bytes;
    std::size_t m_position = 0;
    std::uint64_t m_parts = 0;      ///< of a block
    std::uint64_t m_partValues = 0; ///< of a part
    std::uint64_t m_left = 0;
    bool m_hasFirst = true; ///< the first value is still to be given out
    std::uint64_t m_value = 0;
    std::uint64_t m_smallest = 0; ///< difference of the block
    std::size_t m_widths = 0;     ///< where the block's widths stand
    std::uint64_t m_part = 0;     ///< of the block, the next one
    std::uint64_t m_partLeft = 0; ///< values of the part not read yet
    unsigned m_width = 0;         ///< bits of a difference in the part
    std::uint64_t m_bit = 0;      ///< the next difference
};

} // namespace plumbline::parquet
