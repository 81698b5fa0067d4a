// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "model/prompts/characters.h"
#include "model/prompts/common_words.h"
#include "model/prompts/text_counters.h"

namespace plumbline {

/// A run of ASCII letters.
struct Word
{
    const unsigned char* start = nullptr;
    const unsigned char* end = nullptr;
    bool hasInnerCapital = false;
    std::uint64_t packed = 0; ///< its first eight letters, made small

    std::uint32_t letters() const { return static_cast<std::uint32_t>(end - start); }
};

/// Counts the Latin words of one text into its counters. What the plain ones count as is known only when all have been
/// seen: settle() decides it.
class WordCounts
{
public:
    WordCounts(const unsigned char* textEnd, TextCounters& sum) : m_end(textEnd), m_sum(sum) {}

    /// The letters from `at` on, eight at a time: most words end within eight bytes, and a loop over letters would have
    /// its end guessed wrong for each.
    Word read(const unsigned char* at) const
    {
        Word word{.start = at, .end = at};
        std::uint64_t isInner = ~std::uint64_t{0xFF};
        for (unsigned letters = 8; letters == 8; word.end += letters) {
            const std::uint64_t bytes = load(word.end);
            letters = lettersIn(bytes);
            const std::uint64_t isWord = letters == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << 8 * letters) - 1;
            if (word.end == word.start)
                word.packed = (bytes | eachByte(0x20)) & isWord;
            word.hasInnerCapital |= (~bytes & eachByte(0x20) & isWord & isInner) != 0;
            isInner = ~std::uint64_t{0};
        }
        return word;
    }

    void count(const Word& word)
    {
        const std::uint32_t letters = word.letters();
        ++m_asciiWords;
        m_lettersOver3 += letters > 3 ? letters - 3 : 0;
        // Not &&: whether a word is common is a toss-up, and a branch on it would be guessed wrong.
        const bool isCommon = (letters <= common_words::longest) & common_words::contain(word.packed);
        m_commonWords += isCommon;
        if (word.hasInnerCapital)
            countPieces(word);
        else
            countPiece(letters, isCommon);
    }

    /// A word of so many letters, not all of them ASCII.
    void countAccented(std::uint32_t letters)
    {
        ++m_sum[TextCounter::AccentedWord];
        m_sum[TextCounter::AccentedOver2] += letters > 2 ? letters - 2 : 0;
    }

    /// A Latin text of some length that hardly uses English words is foreign: its plain words cost more tokens.
    void settle()
    {
        using enum TextCounter;
        const double accented = m_sum[AccentedWord];
        const double words = accented + m_asciiWords;
        if (words < 20 || accented / words <= 0.02 || m_commonWords / words >= 0.12)
            return;
        for (const TextCounter counter : {CommonWord, WordTo3, Word4To6, Word7To9, Word10Up, LettersOver13, Capitals})
            m_sum[counter] = 0;
        m_sum[ForeignWord] = m_asciiWords;
        m_sum[ForeignOver3] = m_lettersOver3;
    }

private:
    /// The pieces of a word that has a capital behind its first letter. Capitals before small letters leave their last
    /// to the next piece: HTMLParser is HTML and Parser.
    void countPieces(const Word& word)
    {
        const auto isSmall = [](unsigned char c) { return (characters::classes[c] & characters::Small) != 0; };
        for (const unsigned char* at = word.start; at != word.end;) {
            Word piece{.start = at, .end = std::find_if(at, word.end, isSmall)};
            if (piece.letters() > 1 && piece.end != word.end)
                --piece.end;
            if (piece.letters() > 1) {
                m_sum[TextCounter::Capitals] += piece.letters();
            } else {
                piece.end = std::find_if_not(piece.end, word.end, isSmall);
                countPiece(piece.letters(), isCommon(piece));
            }
            at = piece.end;
        }
    }

    void countPiece(std::uint32_t letters, bool isCommon)
    {
        constexpr auto counters = [] {
            std::array<std::array<TextCounter, 14>, 2> table = {};
            for (std::size_t i = 0; i < table[0].size(); ++i) {
                table[0][i] = i <= 3   ? TextCounter::WordTo3
                              : i <= 6 ? TextCounter::Word4To6
                              : i <= 9 ? TextCounter::Word7To9
                                       : TextCounter::Word10Up;
                table[1][i] = TextCounter::CommonWord;
            }
            return table;
        }();
        if (letters > 13)
            m_sum[TextCounter::LettersOver13] += letters - 13;
        ++m_sum[counters[isCommon][std::min<std::uint32_t>(letters, 13)]];
    }

    bool isCommon(const Word& piece) const
    {
        if (piece.letters() > common_words::longest)
            return false;
        const std::uint64_t isPiece = ~std::uint64_t{0} >> (64 - 8 * piece.letters());
        return common_words::contain((load(piece.start) | eachByte(0x20)) & isPiece);
    }

    static constexpr std::uint64_t eachByte(std::uint8_t value) { return 0x0101010101010101U * value; }

    static_assert(std::endian::native == std::endian::little, "words are packed as they lie in memory");
    /// Eight bytes of the text, zeros behind its end.
    std::uint64_t load(const unsigned char* at) const
    {
        std::uint64_t bytes = 0;
        if (m_end - at >= 8)
            std::memcpy(&bytes, at, 8);
        else if (at != m_end)
            std::memcpy(&bytes, at, static_cast<std::size_t>(m_end - at));
        return bytes;
    }

    /// How many of the eight bytes are letters before the first that is none. One sum sets the top bit of a byte where
    /// a letter made small is at least 'a', the other where it is above 'z'.
    static unsigned lettersIn(std::uint64_t bytes)
    {
        const std::uint64_t small = (bytes | eachByte(0x20)) & eachByte(0x7F);
        const std::uint64_t fromA = small + eachByte(0x80 - 'a');
        const std::uint64_t overZ = small + eachByte(0x7F - 'z');
        const std::uint64_t others = ~(fromA & ~overZ & ~bytes) & eachByte(0x80);
        return others == 0 ? 8 : static_cast<unsigned>(std::countr_zero(others)) / 8;
    }

    const unsigned char* m_end;
    TextCounters& m_sum;
    std::uint32_t m_asciiWords = 0;
    std::uint32_t m_commonWords = 0;
    std::uint32_t m_lettersOver3 = 0; ///< of ASCII words: what they count if the text turns out to be foreign
};

} // namespace plumbline
