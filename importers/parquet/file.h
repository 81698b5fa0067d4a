// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>

#include "model/core/error.h"

namespace plumbline::parquet {

/// A file that is read in pieces from anywhere, and what all readers of it may keep in memory.
class File
{
public:
    /// NotFound or Unreadable.
    static Result<File> open(const std::filesystem::path& path);
    File(File&& other) noexcept;
    File& operator=(File&&) = delete;
    ~File();

    std::uint64_t size() const { return m_size; }
    /// Bytes read so far.
    std::uint64_t bytesRead() const { return m_bytesRead; }
    /// Fills `into`, or Unreadable: the file was longer when it was opened.
    Result<> read(std::uint64_t offset, char* into, std::size_t count);

    /// TooLarge if columns that are read side by side would take too much.
    Result<> takeMemory(std::size_t count);
    void giveMemoryBack(std::size_t count) { m_memoryLeft += count; }

private:
    File() = default;

    int m_descriptor = -1;
    std::uint64_t m_size = 0;
    std::uint64_t m_bytesRead = 0;
    std::size_t m_memoryLeft = std::size_t{2} << 30;
};

/// Bytes that are filled over and over; grows, never shrinks. What it holds counts against its file's memory.
class Bytes
{
public:
    /// At least `count` bytes of no particular value; what was there before is gone.
    Result<char*> room(std::size_t count, File& file)
    {
        if (count > m_capacity) {
            m_bytes.reset();
            file.giveMemoryBack(std::exchange(m_capacity, 0));
            TRY(file.takeMemory(count));
            m_bytes = std::make_unique_for_overwrite<char[]>(count);
            m_capacity = count;
        }
        return m_bytes.get();
    }
    /// The same, but `kept` bytes from `begin` on become the first.
    Result<char*> room(std::size_t count, std::size_t begin, std::size_t kept, File& file)
    {
        if (count <= m_capacity) {
            if (kept > 0)
                std::memmove(m_bytes.get(), m_bytes.get() + begin, kept);
            return m_bytes.get();
        }
        TRY(file.takeMemory(count));
        auto larger = std::make_unique_for_overwrite<char[]>(count);
        if (kept > 0)
            std::memcpy(larger.get(), m_bytes.get() + begin, kept);
        m_bytes = std::move(larger);
        file.giveMemoryBack(std::exchange(m_capacity, count));
        return m_bytes.get();
    }
    std::string_view view(std::size_t begin, std::size_t count) const { return {m_bytes.get() + begin, count}; }

private:
    std::unique_ptr<char[]> m_bytes;
    std::size_t m_capacity = 0;
};

} // namespace plumbline::parquet
