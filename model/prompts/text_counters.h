// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plumbline {

/// What countText() counts, in the order of the fitted token weights: tokens ≈ weights · counters. "Piece" is what
/// camel case makes of a word (`HTMLParser` is two), a character is a code point.
enum class TextCounter : std::uint8_t
{
    CommonWord,    ///< pieces among the hundred most frequent words of English
    WordTo3,       ///< other pieces of up to 3 letters
    Word4To6,      ///< … of 4 to 6
    Word7To9,      ///< … of 7 to 9
    Word10Up,      ///< … of 10 and more
    LettersOver13, ///< letters of pieces beyond their 13th
    Capitals,      ///< letters of pieces written in capitals
    ForeignWord,   ///< ASCII words of a text that is Latin but not English: instead of the six above
    ForeignOver3,  ///< letters of those beyond their 3rd
    AccentedWord,  ///< words with a Latin letter outside ASCII
    AccentedOver2, ///< letters of those beyond their 2nd
    DigitTriple,   ///< groups of up to three digits
    Digit,
    PunctuationRun,
    PunctuationMore, ///< marks of runs beyond their first
    LineBreak,       ///< runs of white space with a line feed
    LineFeedOver2,   ///< line feeds of those beyond their 2nd
    Indent,          ///< runs of more than one blank, and blanks after a line break
    BlankSixteenth,  ///< blanks of those. The weight is per sixteen of them: multiply by 1/16
    Blob,            ///< characters of runs of base64 or hex
    CyrillicWord,
    Cyrillic,
    Greek,
    ArabicHebrewWord,
    ArabicHebrew,
    Indic,
    Thai,
    Georgian,
    Kana,
    Han,
    Hangul,
    HangulWord,
    OtherByte, ///< UTF-8 bytes of everything else, and every byte that is not UTF-8
};
constexpr std::size_t textCounterCount = 33;
/// The name of the counter in the table of token weights.
std::string_view idOf(TextCounter counter);

/// The counts of one text, or of several: they add up. Whether a text is foreign is decided text by text.
struct TextCounters
{
    std::array<std::uint32_t, textCounterCount> values = {};

    std::uint32_t& operator[](TextCounter counter) { return values[static_cast<std::size_t>(counter)]; }
    std::uint32_t operator[](TextCounter counter) const { return values[static_cast<std::size_t>(counter)]; }
    TextCounters& operator+=(const TextCounters& other);
    bool operator==(const TextCounters&) const = default;

    /// Reads what appendEncoded() wrote; nothing if it wrote no such thing.
    static std::optional<TextCounters> decode(std::string_view bytes);
};

/// Counts a text in one pass. Any bytes will do.
TextCounters countText(std::string_view utf8);

/// The counters in few bytes: a varint for each count, a zero byte and a length for a run of zeros, none for the last.
void appendEncoded(std::string& into, const TextCounters& counters);

} // namespace plumbline
