// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "model/core/error.h"

/// Parquet files as rows of JSON, without Arrow: what bulk exports of traces are made of. Nothing in a file is
/// believed.
namespace plumbline::parquet {

/// A Parquet file, read row by row; of each column one page is in memory. One reader serves one thread.
class Reader
{
public:
    /// NotFound, Unreadable, Malformed, TooLarge, or Unsupported with the name of the feature and the column.
    static Result<Reader> open(const std::filesystem::path& path);
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;
    ~Reader();

    std::uint64_t rowCount() const;
    /// Appends the next row as a compact JSON object; false at the end. Columns are keys in the order of the file;
    /// lists become arrays, maps and groups objects, decimals exact strings, moments strings like
    /// `2026-11-22T13:58:00.886001Z`; what JSON has no number for becomes null. After an Error, which leaves `into` as
    /// it was, every call gives that Error again.
    Result<bool> appendNextRow(std::string& into);
    /// Bytes of the file read so far.
    std::uint64_t position() const;

private:
    struct State;
    explicit Reader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace plumbline::parquet
