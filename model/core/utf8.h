// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace plumbline {

/// What stands in place of bytes that are no character: U+FFFD.
constexpr std::string_view replacementCharacter = "\xEF\xBF\xBD";

/// How many bytes of a character begin `text`, which is not empty; 0 if they are no UTF-8: overlong forms, surrogates,
/// and what lies beyond Unicode are none (RFC 3629 §4).
inline std::size_t characterSize(std::string_view text)
{
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return 1;
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || size > text.size())
        return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((byte(i) & 0xC0U) != 0x80)
            return 0;
    const unsigned char second = byte(1);
    const bool isWrong = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second >= 0xA0) ||
                         (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second >= 0x90);
    return isWrong ? 0 : size;
}

} // namespace plumbline
