// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace plumbline {

template <class Value>
struct Word
{
    std::string_view text;
    Value value;
};

/// A fixed set of words and what each stands for, found without search: for the keys of millions of records. Made at
/// compile time; where two words fall on one slot, the second takes the next.
template <class Value, std::size_t Count>
class WordTable
{
public:
    consteval explicit WordTable(const Word<Value> (&words)[Count])
    {
        for (std::size_t i = 0; i < Count; ++i) {
            m_words[i] = words[i];
            std::size_t slot = slotOf(words[i].text);
            while (m_slots[slot] != 0)
                slot = (slot + 1) % slots;
            m_slots[slot] = static_cast<std::uint8_t>(i + 1);
        }
    }
    constexpr const Value* find(std::string_view text) const
    {
        for (std::size_t slot = slotOf(text); m_slots[slot] != 0; slot = (slot + 1) % slots)
            if (const Word<Value>& word = m_words[m_slots[slot] - std::size_t{1}]; isSame(word.text, text))
                return &word.value;
        return nullptr;
    }

private:
    static_assert(Count < 255);
    static constexpr std::size_t slots = std::bit_ceil(Count * 8);

    /// As ==, without the way into the C library: words are short.
    static constexpr bool isSame(std::string_view a, std::string_view b)
    {
        constexpr std::size_t eight = sizeof(std::uint64_t);
        if (a.size() != b.size())
            return false;
        if (std::is_constant_evaluated() || a.size() < eight)
            return std::equal(a.begin(), a.end(), b.begin());
        const auto differ = [&](std::size_t at) {
            std::uint64_t mine = 0, theirs = 0;
            std::memcpy(&mine, a.data() + at, eight);
            std::memcpy(&theirs, b.data() + at, eight);
            return mine ^ theirs;
        };
        std::uint64_t difference = differ(a.size() - eight);
        for (std::size_t at = 0; at + eight < a.size(); at += eight)
            difference |= differ(at);
        return difference == 0;
    }

    static constexpr std::size_t slotOf(std::string_view text)
    {
        if (text.empty())
            return 0;
        const auto at = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(text[i])); };
        return (text.size() * 131 + at(0) * 31 + at(text.size() / 2) * 7 + at(text.size() - 1) * 57 +
                at(text.size() / 3) * 17) %
               slots;
    }

    std::array<Word<Value>, Count> m_words{};
    std::array<std::uint8_t, slots> m_slots{}; ///< index + 1 of a word; 0: none
};

} // namespace plumbline
