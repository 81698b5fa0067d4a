// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace plumbline::parquet {

/// Reads Thrift's compact protocol from bytes that may be anything. Whatever does not fit makes the whole broken: from
/// then on every number is zero, every text empty and every struct ended, so that callers ask once, at the end.
/// Whoever visits a field or an element reads it or skips it.
class ThriftReader
{
public:
    explicit ThriftReader(std::string_view bytes) : m_bytes(bytes) {}

    bool isBroken() const { return m_isBroken; }
    /// Bytes read.
    std::size_t position() const { return m_position; }

    /// Calls `visit(id)` for every field.
    template <class Visit>
    void structure(Visit visit)
    {
        if (!enter(Type::Struct))
            return;
        for (std::int32_t id = 0; nextField(id);)
            visit(id);
        --m_depth;
    }

    /// Calls `visit()` for every element.
    template <class Visit>
    void list(Visit visit)
    {
        if (!enter(Type::List))
            return;
        std::uint64_t count = 0;
        const Type type = listStart(count);
        // Every element takes a byte or breaks the reader: a large count cannot run longer than the bytes reach.
        for (std::uint64_t i = 0; i < count && !m_isBroken; ++i) {
            m_type = type;
            m_isElement = true;
            visit();
        }
        --m_depth;
    }

    std::int64_t integer();
    bool boolean();
    std::string_view binary();
    void skip();

private:
    enum class Type : std::uint8_t
    {
        True = 1,
        False = 2,
        Byte = 3,
        Int16 = 4,
        Int32 = 5,
        Int64 = 6,
        Double = 7,
        Binary = 8,
        List = 9,
        Set = 10,
        Map = 11,
        Struct = 12,
        Uuid = 13,
    };

    bool enter(Type type);
    bool nextField(std::int32_t& id);
    Type listStart(std::uint64_t& count);
    std::uint8_t byte();
    std::uint64_t varint();
    void jump(std::uint64_t count);
    void breakOff();
    void skipMap();

    std::string_view m_bytes;
    std::size_t m_position = 0;
    Type m_type = Type::Struct; ///< of the value to be read: a message is a struct
    bool m_isElement = false;   ///< of a container, where booleans take a byte
    bool m_isBroken = false;
    int m_depth = 0;
};

} // namespace plumbline::parquet
