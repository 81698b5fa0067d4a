// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parquet/metadata.h"

#include <algorithm>

#include "importers/parquet/thrift.h"

namespace plumbline::parquet {

namespace {

constexpr std::uint64_t mostValues = std::uint64_t{64} << 20;
constexpr std::size_t mostSchemaElements = 20'000;

Annotation annotationOfConverted(std::int64_t converted)
{
    switch (converted) {
    case 1:
    case 2:
        return Annotation::Map;
    case 3:
        return Annotation::List;
    case 5:
        return Annotation::Decimal;
    case 6:
        return Annotation::Date;
    case 7:
        return Annotation::TimeMillis;
    case 8:
        return Annotation::TimeMicros;
    case 9:
        return Annotation::TimestampMillis;
    case 10:
        return Annotation::TimestampMicros;
    case 11:
    case 12:
    case 13:
    case 14:
        return Annotation::Unsigned;
    case 20:
        return Annotation::Bson;
    case 21:
        return Annotation::Interval;
    default:
        return Annotation::None;
    }
}

/// The unit of a TIME or TIMESTAMP, as the first of `annotations` (milli-, micro-, nanoseconds) or a later one.
Annotation readUnit(ThriftReader& thrift, Annotation millis, Annotation micros, Annotation nanos)
{
    Annotation unit = Annotation::None;
    thrift.structure([&](std::int32_t id) {
        if (id != 2)
            return thrift.skip();
        thrift.structure([&](std::int32_t name) {
            unit = name == 1 ? millis : name == 2 ? micros : name == 3 ? nanos : unit;
            thrift.skip();
        });
    });
    return unit;
}

/// Reads the union LogicalType; `scale` is that of a decimal.
Annotation readLogicalType(ThriftReader& thrift, std::int64_t& scale)
{
    Annotation annotation = Annotation::None;
    const auto take = [&](Annotation found) {
        annotation = found;
        thrift.skip();
    };
    thrift.structure([&](std::int32_t id) {
        switch (id) {
        case 2:
            return take(Annotation::Map);
        case 3:
            return take(Annotation::List);
        case 5:
            annotation = Annotation::Decimal;
            return thrift.structure([&](std::int32_t part) {
                if (part == 1)
                    scale = thrift.integer();
                else
                    thrift.skip();
            });
        case 6:
            return take(Annotation::Date);
        case 7:
            annotation = readUnit(thrift, Annotation::TimeMillis, Annotation::TimeMicros, Annotation::TimeNanos);
            return;
        case 8:
            annotation =
                readUnit(thrift, Annotation::TimestampMillis, Annotation::TimestampMicros, Annotation::TimestampNanos);
            return;
        case 10:
            return thrift.structure([&](std::int32_t part) {
                if (part != 2)
                    thrift.skip();
                else if (!thrift.boolean())
                    annotation = Annotation::Unsigned;
            });
        case 11:
            return take(Annotation::Nothing);
        case 13:
            return take(Annotation::Bson);
        case 14:
            return take(Annotation::Uuid);
        case 15:
            return take(Annotation::Float16);
        case 16:
            return take(Annotation::Variant);
        case 17:
            return take(Annotation::Geometry);
        case 18:
            return take(Annotation::Geography);
        default:
            return thrift.skip();
        }
    });
    return annotation;
}

/// A number of an enum of `count` values, or empty.
template <class Enum>
std::optional<Enum> oneOf(std::int64_t number, std::int64_t count)
{
    if (number < 0 || number >= count)
        return {};
    return static_cast<Enum>(number);
}

/// False if the element is none.
bool readSchemaElement(ThriftReader& thrift, SchemaElement& element)
{
    bool fits = true;
    std::optional<Annotation> logical;
    thrift.structure([&](std::int32_t id) {
        switch (id) {
        case 1:
            element.type = oneOf<PhysicalType>(thrift.integer(), 8);
            fits = fits && element.type.has_value();
            return;
        case 2:
            element.typeLength = thrift.integer();
            return;
        case 3: {
            const auto repetition = oneOf<Repetition>(thrift.integer(), 3);
            fits = fits && repetition.has_value();
            element.repetition = repetition.value_or(Repetition::Required);
            return;
        }
        case 4:
            element.name = thrift.binary();
            return;
        case 5:
            element.children = thrift.integer();
            return;
        case 6:
            element.annotation = annotationOfConverted(thrift.integer());
            return;
        case 7:
            element.scale = thrift.integer();
            return;
        case 10:
            logical = readLogicalType(thrift, element.scale);
            return;
        default:
            return thrift.skip();
        }
    });
    // A logical type that says nothing to us may have a converted type that does.
    if (logical && *logical != Annotation::None)
        element.annotation = *logical;
    return fits && element.children >= 0;
}

/// A ColumnChunk as it stands in the file; nothing is checked yet.
struct WrittenChunk
{
    std::optional<std::int64_t> values = {}, compressed = {}, dataPage = {}, codec = {};
    std::int64_t dictionaryPage = 0;
    bool isElsewhere = false;
    bool isEncrypted = false;
};

WrittenChunk readChunk(ThriftReader& thrift)
{
    WrittenChunk chunk;
    const auto readColumn = [&](std::int32_t id) {
        switch (id) {
        case 4:
            chunk.codec = thrift.integer();
            return;
        case 5:
            chunk.values = thrift.integer();
            return;
        case 7:
            chunk.compressed = thrift.integer();
            return;
        case 9:
            chunk.dataPage = thrift.integer();
            return;
        case 11:
            chunk.dictionaryPage = thrift.integer();
            return;
        default:
            return thrift.skip();
        }
    };
    thrift.structure([&](std::int32_t id) {
        switch (id) {
        case 1:
            chunk.isElsewhere = !thrift.binary().empty();
            return;
        case 3:
            return thrift.structure(readColumn);
        case 8:
        case 9:
            chunk.isEncrypted = true;
            return thrift.skip();
        default:
            return thrift.skip();
        }
    });
    return chunk;
}

Result<ColumnChunk> checked(const WrittenChunk& written, std::uint64_t pagesEnd)
{
    if (written.isEncrypted)
        return fail(ErrorKind::Unsupported, "an encrypted column");
    if (written.isElsewhere)
        return fail(ErrorKind::Unsupported, "a column that lies in another file");
    if (!written.values || !written.compressed || !written.dataPage || !written.codec)
        return fail(ErrorKind::Malformed, "the footer lacks what a column needs");
    const auto codec = oneOf<Codec>(*written.codec, 8);
    if (!codec)
        return fail(ErrorKind::Unsupported, "compression " + std::to_string(*written.codec));
    const bool hasDictionary = written.dictionaryPage > 0 && written.dictionaryPage < *written.dataPage;
    const std::int64_t begin = hasDictionary ? written.dictionaryPage : *written.dataPage;
    if (begin < 4 || *written.compressed < 0 || static_cast<std::uint64_t>(begin) > pagesEnd ||
        static_cast<std::uint64_t>(*written.compressed) > pagesEnd - static_cast<std::uint64_t>(begin))
        return fail(ErrorKind::Malformed, "a column lies outside the file");
    if (*written.values < 0)
        return fail(ErrorKind::Malformed, "a column of less than no values");
    if (static_cast<std::uint64_t>(*written.values) > mostValues)
        return fail(ErrorKind::TooLarge, "a row group with a column of more than 67108864 values");
    return ColumnChunk{.begin = static_cast<std::uint64_t>(begin),
                       .length = static_cast<std::uint64_t>(*written.compressed),
                       .values = static_cast<std::uint64_t>(*written.values),
                       .codec = *codec};
}

Result<RowGroup> readRowGroup(ThriftReader& thrift, std::uint64_t pagesEnd, std::size_t leaves)
{
    RowGroup group;
    std::int64_t rows = -1;
    std::optional<Error> error;
    thrift.structure([&](std::int32_t id) {
        if (id == 3)
            rows = thrift.integer();
        else if (id != 1)
            thrift.skip();
        else
            thrift.list([&] {
                const WrittenChunk written = readChunk(thrift);
                if (error || thrift.isBroken())
                    return;
                Result<ColumnChunk> chunk = checked(written, pagesEnd);
                if (!chunk)
                    error = std::move(chunk).error();
                else if (group.columns.size() == leaves)
                    error = Error{ErrorKind::Malformed, "a row group with more columns than the schema"};
                else
                    group.columns.push_back(*chunk);
            });
    });
    if (error)
        return tl::unexpected(*std::move(error));
    if (rows < 0 || group.columns.size() != leaves)
        return fail(ErrorKind::Malformed, "a row group that does not fit the schema");
    if (static_cast<std::uint64_t>(rows) > mostValues)
        return fail(ErrorKind::TooLarge, "a row group of more than 67108864 rows");
    group.rows = static_cast<std::uint64_t>(rows);
    return group;
}

} // namespace

Result<Metadata> readMetadata(std::string_view footer, std::uint64_t pagesEnd)
{
    Metadata metadata;
    std::optional<Error> error;
    std::size_t leaves = 0;
    ThriftReader thrift(footer);
    thrift.structure([&](std::int32_t id) {
        switch (id) {
        case 2:
            return thrift.list([&] {
                SchemaElement element;
                const bool fits = readSchemaElement(thrift, element);
                if (error || thrift.isBroken())
                    return;
                if (!fits)
                    error = Error{ErrorKind::Malformed, "the schema of its columns is broken"};
                else if (metadata.schema.size() == mostSchemaElements)
                    error = Error{ErrorKind::TooLarge, "more than 20000 columns"};
                leaves += element.type ? 1 : 0;
                if (!error)
                    metadata.schema.push_back(std::move(element));
            });
        case 4:
            return thrift.list([&] {
                if (error)
                    return thrift.skip();
                Result<RowGroup> group = readRowGroup(thrift, pagesEnd, leaves);
                if (group)
                    metadata.rowGroups.push_back(*std::move(group));
                else
                    error = std::move(group).error();
            });
        case 8:
            error = Error{ErrorKind::Unsupported, "an encrypted Parquet file"};
            return thrift.skip();
        default:
            return thrift.skip();
        }
    });
    if (thrift.isBroken())
        return fail(ErrorKind::Malformed, "the footer is broken");
    if (error)
        return tl::unexpected(*std::move(error));
    if (leaves == 0)
        return fail(ErrorKind::Malformed, "no columns");
    return metadata;
}

} // namespace plumbline::parquet
