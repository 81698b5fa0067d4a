// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "importers/parquet/codecs.h"
#include "importers/parquet/file.h"
#include "importers/parquet/schema.h"

namespace plumbline::parquet {

enum class Encoding
{
    Plain = 0,
    PlainDictionary = 2,
    Rle = 3,
    BitPacked = 4,
    DeltaBinaryPacked = 5,
    DeltaLengthByteArray = 6,
    DeltaByteArray = 7,
    RleDictionary = 8,
    ByteStreamSplit = 9,
};

/// A page, unpacked and cut into its parts.
struct Page
{
    bool isDictionary = false;
    Encoding encoding = Encoding::Plain;
    std::uint64_t values = 0; ///< nulls and empty lists included
    std::string_view repetitions = {};
    std::string_view definitions = {};
    std::string_view body = {};
};

/// Reads the pages of one column, one chunk after another, one page at a time.
class PageReader
{
public:
    /// Reads no more than `window` bytes at once unless a page is larger. The leaf and the file must outlive the
    /// reader.
    PageReader(const Leaf& leaf, File& file, std::size_t window) : m_leaf(leaf), m_file(file), m_window(window) {}

    void start(const ColumnChunk& chunk);
    /// Valid until the next call. Empty at the end of the chunk.
    Result<std::optional<Page>> next(Unpacker& unpacker);

private:
    struct Header;

    Result<std::string_view> bytes(std::size_t count);
    Result<Header> readHeader();
    Result<Page> firstVersion(const Header& header, std::string_view packed, Unpacker& unpacker);
    Result<Page> secondVersion(const Header& header, std::string_view packed, Unpacker& unpacker);
    Result<std::string_view> unpacked(std::string_view packed, std::size_t size, Unpacker& unpacker);

    const Leaf& m_leaf;
    File& m_file;
    std::size_t m_window;
    ColumnChunk m_chunk;
    std::uint64_t m_position = 0; ///< in the file
    std::uint64_t m_end = 0;      ///< of the chunk
    Bytes m_read;                 ///< as it lies in the file
    std::uint64_t m_readBegin = 0;
    std::size_t m_readSize = 0;
    Bytes m_unpacked;
};

} // namespace plumbline::parquet
