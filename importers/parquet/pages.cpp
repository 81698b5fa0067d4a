// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parquet/pages.h"

#include <algorithm>
#include <cstring>

#include "importers/parquet/thrift.h"

namespace plumbline::parquet {

namespace {

constexpr std::int64_t largestPage = std::int64_t{1} << 30;
constexpr std::size_t largestHeader = std::size_t{16} << 20;

} // namespace

struct PageReader::Header
{
    std::int64_t type = -1;
    std::int64_t unpackedSize = -1;
    std::int64_t packedSize = -1;
    std::int64_t values = -1;
    std::int64_t encoding = -1;
    std::int64_t definitionEncoding = 3;
    std::int64_t repetitionEncoding = 3;
    std::int64_t definitionBytes = 0;
    std::int64_t repetitionBytes = 0;
    bool isCompressed = true;

    void read(ThriftReader& thrift)
    {
        thrift.structure([&](std::int32_t id) {
            switch (id) {
            case 1:
                type = thrift.integer();
                return;
            case 2:
                unpackedSize = thrift.integer();
                return;
            case 3:
                packedSize = thrift.integer();
                return;
            case 5:
            case 7: // a dictionary's header begins like a page's
                return thrift.structure([&](std::int32_t part) { readPart(thrift, id, part); });
            case 8:
                return thrift.structure([&](std::int32_t part) { readPartOfSecondVersion(thrift, part); });
            default:
                return thrift.skip();
            }
        });
    }

    void readPart(ThriftReader& thrift, std::int32_t id, std::int32_t part)
    {
        if (part == 1)
            values = thrift.integer();
        else if (part == 2)
            encoding = thrift.integer();
        else if (part == 3 && id == 5)
            definitionEncoding = thrift.integer();
        else if (part == 4 && id == 5)
            repetitionEncoding = thrift.integer();
        else
            thrift.skip();
    }

    void readPartOfSecondVersion(ThriftReader& thrift, std::int32_t part)
    {
        if (part == 1)
            values = thrift.integer();
        else if (part == 4)
            encoding = thrift.integer();
        else if (part == 5)
            definitionBytes = thrift.integer();
        else if (part == 6)
            repetitionBytes = thrift.integer();
        else if (part == 7)
            isCompressed = thrift.boolean();
        else
            thrift.skip();
    }
};

void PageReader::start(const ColumnChunk& chunk)
{
    m_chunk = chunk;
    m_position = chunk.begin;
    m_end = chunk.begin + chunk.length;
}

/// The next `count` bytes of the chunk, which has them; they are not passed over yet.
Result<std::string_view> PageReader::bytes(std::size_t count)
{
    if (m_position < m_readBegin || m_position + count > m_readBegin + m_readSize) {
        const auto size = static_cast<std::size_t>(
            std::max<std::uint64_t>(count, std::min<std::uint64_t>(m_window, m_end - m_position)));
        // What was read already is not read again.
        const std::uint64_t readEnd = m_readBegin + m_readSize;
        const bool isWithin = m_position >= m_readBegin && m_position < readEnd;
        const auto kept = isWithin ? static_cast<std::size_t>(readEnd - m_position) : 0;
        const std::size_t begin = isWithin ? m_readSize - kept : 0;
        m_readSize = 0;
        char* into = TRY(m_read.room(size, begin, kept, m_file));
        TRY(m_file.read(m_position + kept, into + kept, size - kept));
        m_readBegin = m_position;
        m_readSize = size;
    }
    return m_read.view(static_cast<std::size_t>(m_position - m_readBegin), count);
}

Result<PageReader::Header> PageReader::readHeader()
{
    // Statistics make headers of any length.
    for (std::size_t size = 4096;; size *= 4) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(size, m_end - m_position));
        ThriftReader thrift(TRY(bytes(count)));
        Header header;
        header.read(thrift);
        if (thrift.isBroken() && count == size && size < largestHeader)
            continue;
        if (thrift.isBroken())
            return fail(ErrorKind::Malformed, "a page's header is broken");
        m_position += thrift.position();
        if (header.packedSize < 0 || header.unpackedSize < 0 ||
            static_cast<std::uint64_t>(header.packedSize) > m_end - m_position)
            return fail(ErrorKind::Malformed, "a page lies outside its column");
        if (header.unpackedSize > largestPage || header.packedSize > largestPage)
            return fail(ErrorKind::TooLarge, "a page of more than 1 GB");
        return header;
    }
}

Result<std::optional<Page>> PageReader::next(Unpacker& unpacker)
{
    while (m_position < m_end) {
        const Header header = TRY(readHeader());
        const auto size = static_cast<std::size_t>(header.packedSize);
        constexpr int page = 0, index = 1, dictionary = 2, secondVersion = 3;
        if (header.type == index) {
            m_position += size;
            continue;
        }
        if (header.type != page && header.type != dictionary && header.type != secondVersion)
            return fail(ErrorKind::Malformed, "a page of an unknown kind");
        if (header.values < 0 || header.values > INT32_MAX)
            return fail(ErrorKind::Malformed, "a page without a number of values");
        const std::string_view packed = TRY(bytes(size));
        m_position += size;
        Page read = header.type == secondVersion ? TRY(this->secondVersion(header, packed, unpacker))
                                                 : TRY(firstVersion(header, packed, unpacker));
        read.isDictionary = header.type == dictionary;
        read.encoding = static_cast<Encoding>(header.encoding);
        read.values = static_cast<std::uint64_t>(header.values);
        return std::optional(read);
    }
    return std::optional<Page>();
}

Result<std::string_view> PageReader::unpacked(std::string_view packed, std::size_t size, Unpacker& unpacker)
{
    if (m_chunk.codec == Codec::Uncompressed || size == 0)
        return packed.substr(0, size == 0 ? 0 : packed.size());
    if (size > mostUnpacked(m_chunk.codec, packed.size()))
        return fail(ErrorKind::Malformed, "a page claims to be larger than it can be");
    char* into = TRY(m_unpacked.room(size, m_file));
    TRY(unpacker.unpack(m_chunk.codec, packed, into, size));
    return m_unpacked.view(0, size);
}

Result<Page> PageReader::firstVersion(const Header& header, std::string_view packed, Unpacker& unpacker)
{
    Page page;
    page.body = TRY(unpacked(packed, static_cast<std::size_t>(header.unpackedSize), unpacker));
    constexpr int dictionary = 2;
    if (header.type == dictionary)
        return page;
    const auto cutLevels = [&page](std::int64_t encoding) -> Result<std::string_view> {
        if (encoding != static_cast<std::int64_t>(Encoding::Rle))
            return fail(ErrorKind::Unsupported, "levels that are not RLE encoded");
        std::uint32_t size = 0;
        if (page.body.size() < sizeof size)
            return fail(ErrorKind::Malformed, "a page ends too soon");
        std::memcpy(&size, page.body.data(), sizeof size);
        page.body.remove_prefix(sizeof size);
        if (size > page.body.size())
            return fail(ErrorKind::Malformed, "a page ends too soon");
        const std::string_view levels = page.body.substr(0, size);
        page.body.remove_prefix(size);
        return levels;
    };
    if (m_leaf.highestRepetition > 0)
        page.repetitions = TRY(cutLevels(header.repetitionEncoding));
    if (m_leaf.highestDefinition > 0)
        page.definitions = TRY(cutLevels(header.definitionEncoding));
    return page;
}

Result<Page> PageReader::secondVersion(const Header& header, std::string_view packed, Unpacker& unpacker)
{
    const std::int64_t limit = std::min(header.packedSize, header.unpackedSize);
    if (header.repetitionBytes < 0 || header.definitionBytes < 0 || header.repetitionBytes > limit ||
        header.definitionBytes > limit - header.repetitionBytes)
        return fail(ErrorKind::Malformed, "a page ends too soon");
    Page page;
    const auto repetitionBytes = static_cast<std::size_t>(header.repetitionBytes);
    const auto definitionBytes = static_cast<std::size_t>(header.definitionBytes);
    const std::size_t levelBytes = repetitionBytes + definitionBytes;
    page.repetitions = packed.substr(0, repetitionBytes);
    page.definitions = packed.substr(repetitionBytes, definitionBytes);
    page.body = packed.substr(levelBytes);
    if (header.isCompressed)
        page.body = TRY(unpacked(page.body, static_cast<std::size_t>(header.unpackedSize) - levelBytes, unpacker));
    return page;
}

} // namespace plumbline::parquet
