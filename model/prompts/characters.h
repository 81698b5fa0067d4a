// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// Classes of ASCII characters and the scripts of all others, as the token weights know them.
namespace plumbline::characters {

enum Class : std::uint8_t
{
    Small = 1,
    Capital = 2,
    Digit = 4,
    Blank = 8, ///< space and tab
    CarriageReturn = 16,
    LineFeed = 32,
    Punctuation = 64,
    Encoding = 128, ///< the marks of base64: + / =
    Letter = Small | Capital,
};

constexpr auto classes = [] {
    std::array<std::uint8_t, 256> table = {};
    for (unsigned c = '!'; c <= '~'; ++c)
        table[c] = c >= '0' && c <= '9'   ? Digit
                   : c >= 'a' && c <= 'z' ? Small
                   : c >= 'A' && c <= 'Z' ? Capital
                                          : Punctuation;
    for (const unsigned char c : {'+', '/', '='})
        table[c] |= Encoding;
    table[' '] = table['\t'] = Blank;
    table['\r'] = CarriageReturn;
    table['\n'] = LineFeed;
    return table;
}();

enum class Script : std::uint8_t
{
    Other,
    Latin,
    Cyrillic,
    Greek,
    ArabicHebrew,
    Indic,
    Thai,
    Georgian,
    Kana,
    Han,
    Hangul,
};

/// The script of a code point outside ASCII. No page of 256 code points has two.
constexpr Script scriptOf(char32_t codePoint)
{
    struct Page
    {
        Script script = Script::Other;
        std::uint8_t first = 0;
        std::uint8_t last = 255;
    };
    constexpr auto pages = [] {
        std::array<Page, 256> table = {};
        const auto fill = [&table](unsigned first, unsigned last, Script script) {
            for (unsigned page = first >> 8; page <= last >> 8; ++page)
                table[page] = {script, static_cast<std::uint8_t>(page == first >> 8 ? first & 255 : 0),
                               static_cast<std::uint8_t>(page == last >> 8 ? last & 255 : 255)};
        };
        fill(0x00C0, 0x024F, Script::Latin);
        fill(0x0370, 0x03FF, Script::Greek);
        fill(0x0400, 0x04FF, Script::Cyrillic);
        fill(0x0590, 0x06FF, Script::ArabicHebrew);
        fill(0x0900, 0x0DFF, Script::Indic);
        fill(0x0E00, 0x0EFF, Script::Thai);
        fill(0x10A0, 0x10FF, Script::Georgian);
        fill(0x1100, 0x11FF, Script::Hangul);
        fill(0x1E00, 0x1EFF, Script::Latin);
        fill(0x3040, 0x30FF, Script::Kana);
        fill(0x3400, 0x9FFF, Script::Han);
        fill(0xAC00, 0xD7AF, Script::Hangul);
        fill(0xF900, 0xFAFF, Script::Han);
        fill(0xFB50, 0xFEFC, Script::ArabicHebrew);
        return table;
    }();
    if (codePoint > 0xFFFF)
        return Script::Other;
    const Page& page = pages[codePoint >> 8];
    const unsigned low = codePoint & 255;
    return low >= page.first && low <= page.last ? page.script : Script::Other;
}

/// White space outside ASCII, by Unicode's property White_Space.
constexpr bool isWideSpace(char32_t codePoint)
{
    return codePoint == 0x85 || codePoint == 0xA0 || codePoint == 0x1680 ||
           (codePoint >= 0x2000 && codePoint <= 0x200A) || codePoint == 0x2028 || codePoint == 0x2029 ||
           codePoint == 0x202F || codePoint == 0x205F || codePoint == 0x3000;
}

/// White space in ASCII; the four separators are among it for Python, whose definition the weights were fitted with.
constexpr bool isSpace(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
}

struct Decoded
{
    char32_t codePoint = 0xFFFFFFFF; ///< this if the byte begins no well-formed sequence
    std::uint8_t size = 1;
};

/// The code point that begins at `at`, before `end`; by table 3-7 of the Unicode Standard.
constexpr Decoded decode(const unsigned char* at, const unsigned char* end)
{
    const unsigned lead = *at;
    if (lead < 0x80)
        return {lead, 1};
    const std::ptrdiff_t left = end - at;
    const auto continues = [at](int i) { return (at[i] & 0xC0) == 0x80; };
    const auto bits = [at](int i) { return static_cast<char32_t>(at[i] & 0x3F); };
    if (lead >= 0xC2 && lead <= 0xDF && left >= 2 && continues(1))
        return {(lead & 0x1F) << 6 | bits(1), 2};
    if (lead >= 0xE0 && lead <= 0xEF && left >= 3 && continues(1) && continues(2)) {
        const char32_t codePoint = (lead & 0x0F) << 12 | bits(1) << 6 | bits(2);
        if (codePoint >= 0x800 && (codePoint < 0xD800 || codePoint > 0xDFFF))
            return {codePoint, 3};
    }
    if (lead >= 0xF0 && lead <= 0xF4 && left >= 4 && continues(1) && continues(2) && continues(3)) {
        const char32_t codePoint = (lead & 0x07) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3);
        if (codePoint >= 0x10000 && codePoint <= 0x10FFFF)
            return {codePoint, 4};
    }
    return {};
}

} // namespace plumbline::characters
