// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <string>

#include "importers/format.h"
#include "importers/input/record_reader.h"

namespace plumbline {

/// A file whose format is known: told by its first records, which are read once and handed out again, so that standard
/// input works as well.
class RecognisedFile
{
public:
    /// `format` is an id, or empty to find out. Unsupported if no format knows the file; the file's own error, with its
    /// name, if it cannot be read as records at all.
    static Result<RecognisedFile> open(const std::filesystem::path& path, const std::string& format);

    const Format& format() const { return *m_format; }
    /// As RecordReader::next.
    Result<std::optional<input::Found>> next();
    std::uint64_t position() const { return m_reader.position(); }

private:
    /// A copy of a record read ahead.
    struct Kept
    {
        std::string container;
        std::string text;
        std::uint64_t number = 0;
        std::string bad;
        bool mayBeCut = false;
    };
    explicit RecognisedFile(input::RecordReader reader) : m_reader(std::move(reader)) {}
    void keep(const input::Found& found);
    Result<std::optional<input::Found>> nextFound();

    input::RecordReader m_reader;
    const Format* m_format = nullptr;
    std::deque<Kept> m_kept;
    Kept m_given;
    std::optional<Error> m_trouble; ///< met while reading ahead
    bool m_isAtEnd = false;
    std::optional<Timestamp> m_written;
};

} // namespace plumbline
