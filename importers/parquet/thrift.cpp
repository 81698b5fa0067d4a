// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parquet/thrift.h"

namespace plumbline::parquet {

namespace {

/// Parquet's own structs nest no deeper than ten.
constexpr int deepestStruct = 32;

} // namespace

void ThriftReader::breakOff()
{
    m_isBroken = true;
    m_position = m_bytes.size();
}

std::uint8_t ThriftReader::byte()
{
    if (m_position >= m_bytes.size()) {
        breakOff();
        return 0;
    }
    return static_cast<std::uint8_t>(m_bytes[m_position++]);
}

std::uint64_t ThriftReader::varint()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint8_t next = byte();
        value |= static_cast<std::uint64_t>(next & 0x7f) << shift;
        if ((next & 0x80) == 0)
            return value;
    }
    breakOff();
    return 0;
}

void ThriftReader::jump(std::uint64_t count)
{
    if (count > m_bytes.size() - m_position)
        breakOff();
    else
        m_position += static_cast<std::size_t>(count);
}

bool ThriftReader::enter(Type type)
{
    if (m_isBroken || m_depth >= deepestStruct || (m_type != type && !(type == Type::List && m_type == Type::Set))) {
        breakOff();
        return false;
    }
    ++m_depth;
    return true;
}

bool ThriftReader::nextField(std::int32_t& id)
{
    const std::uint8_t header = byte();
    if (m_isBroken || header == 0)
        return false;
    const unsigned delta = header >> 4;
    if (delta != 0) {
        id += static_cast<std::int32_t>(delta);
    } else {
        const std::uint64_t zigzag = varint();
        id = static_cast<std::int16_t>((zigzag >> 1) ^ (~(zigzag & 1) + 1));
    }
    if (id > INT16_MAX)
        breakOff();
    m_type = static_cast<Type>(header & 0x0f);
    m_isElement = false;
    return !m_isBroken;
}

ThriftReader::Type ThriftReader::listStart(std::uint64_t& count)
{
    const std::uint8_t header = byte();
    count = header >> 4;
    if (count == 15)
        count = varint();
    return static_cast<Type>(header & 0x0f);
}

std::int64_t ThriftReader::integer()
{
    if (m_type == Type::Byte)
        return static_cast<std::int8_t>(byte());
    if (m_type != Type::Int16 && m_type != Type::Int32 && m_type != Type::Int64) {
        breakOff();
        return 0;
    }
    const std::uint64_t zigzag = varint();
    return static_cast<std::int64_t>((zigzag >> 1) ^ (~(zigzag & 1) + 1));
}

bool ThriftReader::boolean()
{
    if (m_type != Type::True && m_type != Type::False) {
        breakOff();
        return false;
    }
    return m_isElement ? byte() == 1 : m_type == Type::True;
}

std::string_view ThriftReader::binary()
{
    if (m_type != Type::Binary) {
        breakOff();
        return {};
    }
    const std::uint64_t length = varint();
    const std::size_t begin = m_position;
    jump(length);
    return m_isBroken ? std::string_view() : m_bytes.substr(begin, static_cast<std::size_t>(length));
}

void ThriftReader::skip()
{
    switch (m_type) {
    case Type::True:
    case Type::False:
        boolean();
        return;
    case Type::Byte:
        byte();
        return;
    case Type::Int16:
    case Type::Int32:
    case Type::Int64:
        varint();
        return;
    case Type::Double:
        jump(8);
        return;
    case Type::Uuid:
        jump(16);
        return;
    case Type::Binary:
        binary();
        return;
    case Type::List:
    case Type::Set:
        list([this] { skip(); });
        return;
    case Type::Map:
        skipMap();
        return;
    case Type::Struct:
        structure([this](std::int32_t) { skip(); });
        return;
    }
    breakOff();
}

void ThriftReader::skipMap()
{
    if (!enter(Type::Map))
        return;
    const std::uint64_t count = varint();
    const std::uint8_t types = count == 0 ? 0 : byte();
    for (std::uint64_t i = 0; i < count && !m_isBroken; ++i) {
        m_isElement = true;
        m_type = static_cast<Type>(types >> 4);
        skip();
        m_isElement = true;
        m_type = static_cast<Type>(types & 0x0f);
        skip();
    }
    --m_depth;
}

} // namespace plumbline::parquet
