// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "importers/parquet/file.h"
#include "importers/parquet/metadata.h"
#include "importers/parquet/parquet.h"
#include "importers/parquet/rows.h"
#include "importers/parquet/schema.h"
#include "importers/parquet/value_text.h"

namespace plumbline::parquet {

namespace {

constexpr std::size_t magicBytes = 4;
constexpr std::size_t tailBytes = 8; ///< the footer's length and the magic bytes
constexpr std::uint32_t largestFooter = std::uint32_t{256} << 20;

Result<Metadata> readFooter(File& file)
{
    std::array<char, tailBytes> head = {}, tail = {};
    if (file.size() < magicBytes + tailBytes)
        return fail(ErrorKind::Malformed, "not a Parquet file, or cut off");
    TRY(file.read(0, head.data(), magicBytes));
    TRY(file.read(file.size() - tailBytes, tail.data(), tailBytes));
    const std::string_view magic(tail.data() + tailBytes - magicBytes, magicBytes);
    if (magic == "PARE")
        return fail(ErrorKind::Unsupported, "an encrypted Parquet file");
    if (magic != "PAR1" || std::string_view(head.data(), magicBytes) != "PAR1")
        return fail(ErrorKind::Malformed, "not a Parquet file, or cut off");
    std::uint32_t size = 0;
    std::memcpy(&size, tail.data(), sizeof size);
    if (size > file.size() - magicBytes - tailBytes)
        return fail(ErrorKind::Malformed, "the footer is larger than the file");
    if (size > largestFooter)
        return fail(ErrorKind::TooLarge, "a footer of more than 256 MB");
    const std::uint64_t pagesEnd = file.size() - tailBytes - size;
    std::string footer(size, '\0');
    TRY(file.read(pagesEnd, footer.data(), size));
    return readMetadata(footer, pagesEnd);
}

/// What can be said against a column of a row group before any page is read.
Result<> check(const Leaf& leaf, const ColumnChunk& chunk, std::uint64_t rows)
{
    TRY(checkCodec(chunk.codec));
    // Every row has an entry in every column; lists have more.
    if (leaf.highestRepetition == 0 ? chunk.values != rows : chunk.values < rows)
        return fail(ErrorKind::Malformed, "it does not have a value for each row");
    return {};
}

} // namespace

struct Reader::State
{
    File file;
    Schema schema;
    std::vector<RowGroup> rowGroups;
    std::uint64_t rows = 0;
    Unpacker unpacker = {};
    std::optional<RowAssembler> assembler = {};
    std::size_t nextGroup = 0;
    std::uint64_t groupLeft = 0; ///< rows of the group being read
    std::optional<Error> failure = {};

    State(File opened, Schema read, std::vector<RowGroup> groups)
        : file(std::move(opened)), schema(std::move(read)), rowGroups(std::move(groups))
    {
        for (const RowGroup& group : rowGroups)
            rows += group.rows;
        assembler.emplace(schema, file, unpacker);
    }

    Result<bool> appendNextRow(std::string& into)
    {
        while (groupLeft == 0) {
            if (nextGroup > 0)
                TRY(assembler->finish());
            if (nextGroup == rowGroups.size())
                return false;
            assembler->start(rowGroups[nextGroup]);
            groupLeft = rowGroups[nextGroup].rows;
            ++nextGroup;
        }
        --groupLeft;
        TRY(assembler->append(into));
        return true;
    }
};

Reader::Reader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::open(const std::filesystem::path& path)
{
    File file = TRY(File::open(path));
    Metadata metadata = TRY(readFooter(file));
    Schema schema = TRY(readSchema(metadata.schema));
    for (const RowGroup& group : metadata.rowGroups)
        for (std::size_t i = 0; i < group.columns.size(); ++i)
            if (Result<> checked = check(schema.leaves[i], group.columns[i], group.rows); !checked) {
                Error error = std::move(checked).error();
                error.reason = inColumn(schema.leaves[i].name, error.reason);
                return tl::unexpected(std::move(error));
            }
    return Reader(std::make_unique<State>(std::move(file), std::move(schema), std::move(metadata.rowGroups)));
}

std::uint64_t Reader::rowCount() const
{
    return m_state->rows;
}

std::uint64_t Reader::position() const
{
    // Chunks of a hostile file may lie over one another.
    return std::min(m_state->file.bytesRead(), m_state->file.size());
}

Result<bool> Reader::appendNextRow(std::string& into)
{
    if (m_state->failure)
        return tl::unexpected(*m_state->failure);
    const std::size_t before = into.size();
    Result<bool> isRow = m_state->appendNextRow(into);
    if (!isRow) {
        into.resize(before);
        m_state->failure = isRow.error();
    }
    return isRow;
}

} // namespace plumbline::parquet
