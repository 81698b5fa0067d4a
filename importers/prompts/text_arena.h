// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace plumbline::prompts {

/// Keeps texts in place until clear(), and memory for as many again.
class TextArena
{
public:
    std::string_view keep(std::string_view text)
    {
        if (text.empty())
            return {};
        while (m_current < m_chunks.size() && m_chunks[m_current].size - m_used < text.size()) {
            ++m_current;
            m_used = 0;
        }
        if (m_current == m_chunks.size()) {
            const std::size_t size = std::max(text.size(), chunkSize);
            m_chunks.push_back({std::make_unique_for_overwrite<char[]>(size), size});
        }
        char* const place = m_chunks[m_current].bytes.get() + m_used;
        std::memcpy(place, text.data(), text.size());
        m_used += text.size();
        return {place, text.size()};
    }

    /// Forgets the texts. What one huge text took is given back.
    void clear()
    {
        std::erase_if(m_chunks, [](const Chunk& chunk) { return chunk.size > chunkSize; });
        m_chunks.resize(std::min(m_chunks.size(), chunksKept));
        m_current = 0;
        m_used = 0;
    }

private:
    struct Chunk
    {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
    };
    static constexpr std::size_t chunkSize = 64 * 1024;
    static constexpr std::size_t chunksKept = 16;

    std::vector<Chunk> m_chunks;
    std::size_t m_current = 0;
    std::size_t m_used = 0;
};

} // namespace plumbline::prompts
