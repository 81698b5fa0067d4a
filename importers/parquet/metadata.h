// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/error.h"

/// What a Parquet file says about itself in its footer, in the numbers of the format's own definition (parquet.thrift).
namespace plumbline::parquet {

enum class PhysicalType
{
    Boolean = 0,
    Int32 = 1,
    Int64 = 2,
    Int96 = 3,
    Float = 4,
    Double = 5,
    ByteArray = 6,
    FixedByteArray = 7,
};

enum class Repetition
{
    Required = 0,
    Optional = 1,
    Repeated = 2,
};

enum class Codec
{
    Uncompressed = 0,
    Snappy = 1,
    Gzip = 2,
    Lzo = 3,
    Brotli = 4,
    Lz4 = 5,
    Zstd = 6,
    Lz4Raw = 7,
};

/// What the bytes of a column stand for, as far as it changes how they are read: texts and signed integers need no
/// word. Newer files say it as a logical type, older ones as a converted type.
enum class Annotation
{
    None,
    Map,
    List,
    Decimal,
    Date,
    TimeMillis,
    TimeMicros,
    TimeNanos,
    TimestampMillis,
    TimestampMicros,
    TimestampNanos,
    Unsigned,
    Uuid,
    Nothing, ///< a column that holds nulls only
    Bson,
    Interval,
    Float16,
    Variant,
    Geometry,
    Geography,
};

/// A node of the schema; the schema is a tree in depth-first order.
struct SchemaElement
{
    std::string name = {};
    std::optional<PhysicalType> type = {}; ///< groups have none
    std::int64_t typeLength = 0;
    Repetition repetition = Repetition::Required;
    std::int64_t children = 0;
    Annotation annotation = Annotation::None;
    std::int64_t scale = 0;
};

/// The pages of one column in one row group.
struct ColumnChunk
{
    std::uint64_t begin = 0;  ///< in the file
    std::uint64_t length = 0; ///< bytes, headers of pages included
    std::uint64_t values = 0; ///< nulls and empty lists included
    Codec codec = Codec::Uncompressed;
};

struct RowGroup
{
    std::uint64_t rows = 0;
    std::vector<ColumnChunk> columns = {}; ///< one a leaf of the schema
};

struct Metadata
{
    std::vector<SchemaElement> schema = {};
    std::vector<RowGroup> rowGroups = {};
};

/// Reads a footer of a file whose pages end at `pagesEnd`. Every chunk lies inside the file and has a number of values
/// that can be worked with. Malformed, Unsupported or TooLarge.
Result<Metadata> readMetadata(std::string_view footer, std::uint64_t pagesEnd);

} // namespace plumbline::parquet
