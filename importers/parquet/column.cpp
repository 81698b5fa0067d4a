// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parquet/column.h"

#include <algorithm>
#include <bit>

#include "importers/parquet/value_text.h"

namespace plumbline::parquet {

namespace {

unsigned bitsOf(std::uint8_t highest)
{
    return static_cast<unsigned>(std::bit_width(highest));
}

/// Reads `count` levels; false if there are fewer or one is too high.
bool readLevelsOf(RunReader& runs, std::uint8_t highest, std::uint8_t* into, std::size_t count)
{
    if (highest == 0)
        return true; // zeros stand there already
    return runs.read(into, count) && *std::max_element(into, into + count) <= highest;
}

} // namespace

void Column::start(const ColumnChunk& chunk)
{
    m_pages.start(chunk);
    m_chunkLeft = chunk.values;
    m_pageLeft = 0;
    m_entry = m_entries = m_present = m_value = m_valueCount = 0;
    m_mayHaveDictionary = true;
    m_dictionary.text.clear();
    m_dictionary.ends.clear();
    m_decoder.reset();
}

tl::unexpected<Error> Column::named(Error error) const
{
    if (error.kind != ErrorKind::Unreadable)
        error.reason = inColumn(m_leaf.name, error.reason);
    return tl::unexpected(std::move(error));
}

Result<bool> Column::more()
{
    Result<bool> isMore = readLevels();
    if (!isMore)
        return named(std::move(isMore).error());
    return isMore;
}

Result<bool> Column::readLevels()
{
    while (m_pageLeft == 0) {
        if (m_chunkLeft == 0)
            return false;
        TRY(readPage());
    }
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(batchSize, m_pageLeft));
    if (!readLevelsOf(m_repetitionRuns, m_leaf.highestRepetition, m_repetitions.data(), count) ||
        !readLevelsOf(m_definitionRuns, m_leaf.highestDefinition, m_definitions.data(), count))
        return fail(ErrorKind::Malformed, "broken levels");
    m_pageLeft -= count;
    m_entry = 0;
    m_entries = count;
    m_present = static_cast<std::size_t>(
        std::count(m_definitions.begin(), m_definitions.begin() + std::ptrdiff_t(count), m_leaf.highestDefinition));
    m_value = m_valueCount = 0;
    return true;
}

Result<> Column::readPage()
{
    const std::optional<Page> page = TRY(m_pages.next(m_unpacker));
    if (!page)
        return fail(ErrorKind::Malformed, "fewer values than the footer says");
    const bool isFirst = std::exchange(m_mayHaveDictionary, false);
    if (page->isDictionary)
        return isFirst ? readDictionary(*page) : fail(ErrorKind::Malformed, "a dictionary behind the begin");
    if (page->values > m_chunkLeft)
        return fail(ErrorKind::Malformed, "more values than the footer says");
    m_decoder = TRY(decoderFor(m_leaf, page->encoding, page->body, m_dictionary));
    m_areJson = page->encoding == Encoding::PlainDictionary || page->encoding == Encoding::RleDictionary;
    m_areNumbers = !m_areJson && isNumeric(m_leaf.type);
    m_repetitionRuns = RunReader(page->repetitions, bitsOf(m_leaf.highestRepetition));
    m_definitionRuns = RunReader(page->definitions, bitsOf(m_leaf.highestDefinition));
    m_chunkLeft -= page->values;
    m_pageLeft = page->values;
    return {};
}

Result<> Column::readDictionary(const Page& page)
{
    if (page.encoding != Encoding::Plain && page.encoding != Encoding::PlainDictionary)
        return fail(ErrorKind::Unsupported, "a dictionary that is not written plainly");
    if (m_leaf.type == PhysicalType::Boolean)
        return fail(ErrorKind::Malformed, "a dictionary of booleans");
    const bool areNumbers = isNumeric(m_leaf.type);
    const auto decoder = plainDecoder(m_leaf, page.body);
    Values values;
    values.numbers.resize(areNumbers ? batchSize : 0);
    values.bytes.resize(areNumbers ? 0 : batchSize);
    for (std::uint64_t left = page.values; left > 0;) {
        const std::size_t count =
            TRY(decoder->next(static_cast<std::size_t>(std::min<std::uint64_t>(left, batchSize)), values));
        for (std::size_t i = 0; i < count; ++i) {
            if (areNumbers)
                appendNumber(m_dictionary.text, m_leaf, values.numbers[i]);
            else
                appendBytes(m_dictionary.text, m_leaf, values.bytes[i]);
            m_dictionary.ends.push_back(m_dictionary.text.size());
        }
        left -= count;
        if (const std::size_t memory = m_dictionary.memory(); memory > m_dictionaryMemory) {
            TRY(m_file.takeMemory(memory - m_dictionaryMemory));
            m_dictionaryMemory = memory;
        }
    }
    return {};
}

Result<> Column::readValues()
{
    if (m_areNumbers)
        m_values.numbers.resize(batchSize);
    else
        m_values.bytes.resize(batchSize);
    m_valueCount = TRY(m_decoder->next(m_present, m_values));
    m_value = 0;
    m_present -= m_valueCount;
    return {};
}

Result<> Column::takeValue(std::string& into)
{
    if (m_value == m_valueCount)
        if (Result<> read = readValues(); !read)
            return named(std::move(read).error());
    if (m_areNumbers)
        appendNumber(into, m_leaf, m_values.numbers[m_value]);
    else if (m_areJson)
        into += m_values.bytes[m_value];
    else
        appendBytes(into, m_leaf, m_values.bytes[m_value]);
    ++m_value;
    return {};
}

} // namespace plumbline::parquet
