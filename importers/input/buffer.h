// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>

#include "importers/input/byte_source.h"
#include "importers/input/record.h"
#include "importers/json/json.h"

namespace plumbline::input {

/// A window on a stream of bytes: what is unread, with room behind it that parsers may look at. Grows with the record
/// that has to fit, and no further.
class Buffer
{
public:
    explicit Buffer(ByteSource source)
        : m_source(std::move(source))
        , m_bytes(std::make_unique_for_overwrite<char[]>(firstSize + json::padding))
        , m_size(firstSize + json::padding)
    {
    }

    std::string_view unread() const { return {m_bytes.get() + m_begin, m_end - m_begin}; }
    bool isAtEnd() const { return m_isAtEnd; }
    std::uint64_t position() const { return m_source.position(); }
    void drop(std::size_t count) { m_begin += count; }

    /// Reads more behind what is unread; what unread() answered before is no longer valid. False at the end.
    Result<bool> more()
    {
        if (m_isAtEnd)
            return false;
        if (m_begin > 0) {
            std::memmove(m_bytes.get(), m_bytes.get() + m_begin, m_end - m_begin);
            m_end -= m_begin;
            m_begin = 0;
        }
        if (m_size - json::padding - m_end < firstSize / 4) {
            // Never much beyond the largest record: what does not fit is refused, not kept.
            const std::size_t doubled = (m_size - json::padding) * 2;
            grow(std::min(doubled, std::max(largestRecord, m_end) + 2 * firstSize) + json::padding);
        }
        const std::size_t got = TRY(m_source.read(m_bytes.get() + m_end, m_size - json::padding - m_end));
        m_end += got;
        std::memset(m_bytes.get() + m_end, ' ', json::padding);
        m_isAtEnd = got == 0;
        return got > 0;
    }

private:
    // Stays in a core's second cache while it is filled and parsed.
    static constexpr std::size_t firstSize = std::size_t{256} << 10;

    void grow(std::size_t size)
    {
        auto grown = std::make_unique_for_overwrite<char[]>(size);
        std::memcpy(grown.get(), m_bytes.get(), m_end);
        m_bytes = std::move(grown);
        m_size = size;
    }

    ByteSource m_source;
    std::unique_ptr<char[]> m_bytes;
    std::size_t m_size; ///< of m_bytes
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    bool m_isAtEnd = false;
};

} // namespace plumbline::input
