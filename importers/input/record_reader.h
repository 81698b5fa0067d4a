// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "importers/input/record.h"
#include "model/core/error.h"

namespace plumbline::input {

/// A record that could not be taken, and why.
struct BadRecord
{
    std::uint64_t number = 0;
    std::string reason;
};

/// What a splitter finds next.
struct Found
{
    std::optional<Record> record = {};
    std::optional<BadRecord> bad = {};
};

class Buffer;

/// Cuts a stream into records. Lines, values and tables have one each.
class Splitter
{
public:
    virtual ~Splitter() = default;
    /// Empty at the end. An Error ends the file: what came before stands.
    virtual Result<std::optional<Found>> next(Buffer& buffer) = 0;
};
std::unique_ptr<Splitter> lineSplitter();
std::unique_ptr<Splitter> valueSplitter();
std::unique_ptr<Splitter> tableSplitter(char delimiter);

/// Reads a file of any shape as records: JSON lines, JSON values (arrays and objects, pretty or not), CSV; plain, gzip
/// or zstd; streamed.
class RecordReader
{
public:
    /// NotFound, Unreadable, Malformed (binary, empty …) or Unsupported (UTF-16).
    static Result<RecordReader> open(const std::filesystem::path& path);
    RecordReader(RecordReader&&) noexcept;
    RecordReader& operator=(RecordReader&&) noexcept;
    ~RecordReader();

    /// Valid until the next call. Empty at the end of the file.
    Result<std::optional<Found>> next();
    /// Bytes of the file read, as it lies on the disk.
    std::uint64_t position() const;

private:
    RecordReader(std::unique_ptr<Buffer> buffer, std::unique_ptr<Splitter> splitter);
    std::unique_ptr<Buffer> m_buffer;
    std::unique_ptr<Splitter> m_splitter;
};

} // namespace plumbline::input
