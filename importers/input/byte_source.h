// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "model/core/error.h"

namespace plumbline::input {

/// The bytes of a file or of standard input, unpacked: gzip and zstd are recognised by their first bytes, also in
/// several members one after another. One thread.
class ByteSource
{
public:
    /// `-` is standard input. NotFound or Unreadable.
    static Result<ByteSource> open(const std::filesystem::path& path);
    ByteSource(ByteSource&&) noexcept;
    ByteSource& operator=(ByteSource&&) noexcept;
    ~ByteSource();

    /// Fills up to `size` bytes; 0 at the end. Malformed where packed bytes are broken or end too soon: what came
    /// before was good.
    Result<std::size_t> read(char* into, std::size_t size);
    /// Bytes read of the file as it lies on the disk: for progress.
    std::uint64_t position() const;

private:
    struct State;
    explicit ByteSource(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace plumbline::input
