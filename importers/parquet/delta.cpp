// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parquet/delta.h"

#include <algorithm>

#include "importers/parquet/runs.h"

namespace plumbline::parquet {

namespace {

/// Writers use 128 to 2048 values a block; beyond this a file means no good.
constexpr std::uint64_t largestBlock = std::uint64_t{1} << 20;

std::uint64_t unzigzag(std::uint64_t value)
{
    return (value >> 1) ^ (~(value & 1) + 1);
}

} // namespace

std::optional<DeltaReader> DeltaReader::open(std::string_view bytes)
{
    DeltaReader reader;
    reader.m_bytes = bytes;
    std::uint64_t blockValues = 0;
    if (!readVarint(bytes, reader.m_position, blockValues) || !readVarint(bytes, reader.m_position, reader.m_parts) ||
        !readVarint(bytes, reader.m_position, reader.m_left) || !readVarint(bytes, reader.m_position, reader.m_value))
        return {};
    if (blockValues == 0 || blockValues > largestBlock || reader.m_parts == 0 || blockValues % reader.m_parts != 0 ||
        reader.m_left > UINT32_MAX)
        return {};
    reader.m_partValues = blockValues / reader.m_parts;
    // Parts begin and end at whole bytes.
    if (reader.m_partValues % 8 != 0)
        return {};
    reader.m_value = unzigzag(reader.m_value);
    reader.m_part = reader.m_parts;
    return reader;
}

bool DeltaReader::nextBlock()
{
    std::uint64_t smallest = 0;
    if (!readVarint(m_bytes, m_position, smallest) || m_parts > m_bytes.size() - m_position)
        return false;
    m_smallest = unzigzag(smallest);
    m_widths = m_position;
    m_position += static_cast<std::size_t>(m_parts);
    m_part = 0;
    return true;
}

bool DeltaReader::nextPart()
{
    if (m_part == m_parts && !nextBlock())
        return false;
    m_width = static_cast<unsigned char>(m_bytes[m_widths + static_cast<std::size_t>(m_part)]);
    ++m_part;
    const std::uint64_t size = m_partValues / 8 * m_width;
    // The last part may be cut off behind its last value.
    const std::uint64_t needed = (std::min(m_partValues, m_left) * m_width + 7) / 8;
    if (m_width > 64 || needed > m_bytes.size() - m_position)
        return false;
    m_partLeft = m_partValues;
    m_bit = std::uint64_t{m_position} * 8;
    m_position += static_cast<std::size_t>(std::min<std::uint64_t>(size, m_bytes.size() - m_position));
    return true;
}

bool DeltaReader::read(std::int64_t* into, std::size_t count)
{
    if (count > m_left)
        return false;
    if (m_hasFirst && count > 0) {
        m_hasFirst = false;
        *into++ = static_cast<std::int64_t>(m_value);
        --count;
        --m_left;
    }
    while (count > 0) {
        if (m_partLeft == 0 && !nextPart())
            return false;
        const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(count, m_partLeft));
        for (std::size_t i = 0; i < taken; ++i, m_bit += m_width) {
            // Differences wrap around.
            m_value += m_smallest + (m_width == 0 ? 0 : bitsAt(m_bytes, m_bit, m_width));
            into[i] = static_cast<std::int64_t>(m_value);
        }
        into += taken;
        count -= taken;
        m_left -= taken;
        m_partLeft -= taken;
    }
    return true;
}

std::optional<std::string_view> DeltaReader::behind() const
{
    // Walks over the blocks without reading their values; each takes bytes.
    DeltaReader walker = *this;
    if (walker.m_hasFirst && walker.m_left > 0) {
        walker.m_hasFirst = false;
        --walker.m_left;
    }
    while (walker.m_left > 0) {
        if (walker.m_partLeft == 0 && !walker.nextPart())
            return {};
        const std::uint64_t taken = std::min(walker.m_left, walker.m_partLeft);
        walker.m_left -= taken;
        walker.m_partLeft -= taken;
    }
    return m_bytes.substr(walker.m_position);
}

} // namespace plumbline::parquet
