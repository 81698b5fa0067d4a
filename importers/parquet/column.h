// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "importers/parquet/decode.h"
#include "importers/parquet/pages.h"
#include "importers/parquet/runs.h"

namespace plumbline::parquet {

/// Walks over the entries of one column: values, nulls and what stands for empty lists. An entry is current from the
/// moment isReady() or more() is true until step().
class Column
{
public:
    /// The leaf, the file and the unpacker must outlive the column.
    Column(const Leaf& leaf, File& file, Unpacker& unpacker, std::size_t window)
        : m_leaf(leaf), m_file(file), m_unpacker(unpacker), m_pages(leaf, file, window)
    {
    }

    void start(const ColumnChunk& chunk);

    bool isReady() const { return m_entry < m_entries; }
    /// Reads on when no entry is ready; false at the end of the chunk.
    Result<bool> more();

    std::uint8_t definition() const { return m_definitions[m_entry]; }
    std::uint8_t repetition() const { return m_repetitions[m_entry]; }
    /// Appends the current entry as JSON and steps on.
    Result<> take(std::string& into)
    {
        if (m_definitions[m_entry++] == m_leaf.highestDefinition)
            return takeValue(into);
        into += "null";
        return {};
    }
    /// Passes over the current entry, which has no value.
    void step() { ++m_entry; }

private:
    Result<bool> readLevels();
    Result<> readPage();
    Result<> readDictionary(const Page& page);
    Result<> takeValue(std::string& into);
    Result<> readValues();
    tl::unexpected<Error> named(Error error) const;

    const Leaf& m_leaf;
    File& m_file;
    Unpacker& m_unpacker;
    PageReader m_pages;
    Dictionary m_dictionary;
    std::size_t m_dictionaryMemory = 0; ///< taken from the file
    bool m_mayHaveDictionary = true;    ///< no page of the chunk was read yet
    std::uint64_t m_chunkLeft = 0;      ///< entries in pages not read yet
    std::uint64_t m_pageLeft = 0;       ///< entries of the page not read yet
    RunReader m_repetitionRuns, m_definitionRuns;
    std::unique_ptr<Decoder> m_decoder;

    std::array<std::uint8_t, batchSize> m_repetitions = {};
    std::array<std::uint8_t, batchSize> m_definitions = {};
    std::size_t m_entry = 0;
    std::size_t m_entries = 0;
    std::size_t m_present = 0; ///< values of the entries at hand that are not decoded yet

    Values m_values;
    bool m_areJson = false; ///< they come from the dictionary
    bool m_areNumbers = false;
    std::size_t m_value = 0;
    std::size_t m_valueCount = 0;
};

} // namespace plumbline::parquet
