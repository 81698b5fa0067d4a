// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prompts/text_counters.h"

#include <limits>

namespace plumbline {

std::string_view idOf(TextCounter counter)
{
    constexpr std::string_view ids[] = {
        "en_w1",    "w_le3",    "w_4_6", "w_7_9",    "w_10_13",  "w_14p_x", "caps",    "f_words", "f_xchars",
        "le_words", "le_chars", "dig3",  "digch",    "p_runs",   "p_ch",    "nl",      "nlx",     "ind",
        "ws_x",     "blob",     "cyr_w", "cyr_c",    "greek_c",  "arheb_w", "arheb_c", "indic_c", "thai_c",
        "geor_c",   "kana_c",   "han_c", "hangul_c", "hangul_w", "other_b",
    };
    static_assert(std::size(ids) == textCounterCount);
    return ids[static_cast<std::size_t>(counter)];
}

TextCounters& TextCounters::operator+=(const TextCounters& other)
{
    for (std::size_t i = 0; i < textCounterCount; ++i)
        values[i] += other.values[i];
    return *this;
}

void appendEncoded(std::string& into, const TextCounters& counters)
{
    std::size_t zeros = 0;
    for (std::uint32_t value : counters.values) {
        if (value == 0) {
            ++zeros;
            continue;
        }
        if (zeros > 0) {
            into.push_back('\0');
            into.push_back(static_cast<char>(zeros));
            zeros = 0;
        }
        for (; value >= 0x80; value >>= 7)
            into.push_back(static_cast<char>(value | 0x80));
        into.push_back(static_cast<char>(value));
    }
}

std::optional<TextCounters> TextCounters::decode(std::string_view bytes)
{
    TextCounters counters;
    std::size_t index = 0;
    for (std::size_t i = 0; i < bytes.size();) {
        if (bytes[i] == '\0') {
            if (i + 1 == bytes.size())
                return {};
            index += static_cast<unsigned char>(bytes[i + 1]);
            i += 2;
            continue;
        }
        std::uint64_t value = 0;
        unsigned shift = 0;
        for (bool goesOn = true; goesOn; ++i, shift += 7) {
            if (i == bytes.size() || shift > 28)
                return {};
            value |= std::uint64_t{static_cast<unsigned char>(bytes[i]) & 0x7FU} << shift;
            goesOn = (static_cast<unsigned char>(bytes[i]) & 0x80) != 0;
        }
        if (index >= textCounterCount || value > std::numeric_limits<std::uint32_t>::max())
            return {};
        counters.values[index++] = static_cast<std::uint32_t>(value);
    }
    if (index > textCounterCount)
        return {};
    return counters;
}

} // namespace plumbline
