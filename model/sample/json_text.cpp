// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/json_text.h"

#include <algorithm>

namespace plumbline::sample {

namespace {

/// Whether one of eight bytes is a control character, a quote or a backslash. False alarms, from bytes above 0x7f, only
/// cost time.
bool mayNeedEscape(std::uint64_t word)
{
    constexpr std::uint64_t ones = 0x0101010101010101u;
    constexpr std::uint64_t highs = 0x8080808080808080u;
    const auto hasZero = [](std::uint64_t value) { return (value - ones) & ~value & highs; };
    const std::uint64_t isControl = (word - ones * 0x20) & ~word & highs;
    return (isControl | hasZero(word ^ (ones * '"')) | hasZero(word ^ (ones * '\\'))) != 0;
}

constexpr bool needsEscape(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void appendEscape(std::string& into, char c)
{
    switch (c) {
    case '"':
        into += "\\\"";
        return;
    case '\\':
        into += "\\\\";
        return;
    case '\n':
        into += "\\n";
        return;
    case '\t':
        into += "\\t";
        return;
    case '\r':
        into += "\\r";
        return;
    default:
        into += "\\u00";
        into += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
        into += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
    }
}

void writeDigits(char* at, std::int64_t number, int digits)
{
    for (int i = digits; i-- > 0; number /= 10)
        at[i] = static_cast<char>('0' + number % 10);
}

} // namespace

void appendTime(std::string& into, Timestamp time, const TimeStyle& style)
{
    const std::int32_t day = floorDivide(time.microseconds(), microsecondsPerDay);
    const std::int64_t ofDay = time.microseconds() - day * microsecondsPerDay;
    const CivilDate date = civilDate(day);
    char text[] = "0000-00-00T00:00:00.000000";
    text[10] = style.joint;
    writeDigits(text, date.year, 4);
    writeDigits(text + 5, date.month, 2);
    writeDigits(text + 8, date.day, 2);
    writeDigits(text + 11, ofDay / 3'600'000'000, 2);
    writeDigits(text + 14, ofDay / 60'000'000 % 60, 2);
    writeDigits(text + 17, ofDay / 1'000'000 % 60, 2);
    writeDigits(text + 20, ofDay % 1'000'000, 6);
    into.append(text, static_cast<std::size_t>(20 + style.digits)).append(style.suffix);
}

void appendEscaped(std::string& into, std::string_view text)
{
    std::size_t begin = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        while (at + sizeof(std::uint64_t) <= text.size()) {
            std::uint64_t word;
            std::memcpy(&word, text.data() + at, sizeof word);
            if (mayNeedEscape(word))
                break;
            at += sizeof word;
        }
        const std::size_t end = std::min(text.size(), at + sizeof(std::uint64_t));
        for (; at < end; ++at) {
            if (!needsEscape(text[at]))
                continue;
            into.append(text, begin, at - begin);
            appendEscape(into, text[at]);
            begin = at + 1;
        }
    }
    into.append(text, begin, text.size() - begin);
}

} // namespace plumbline::sample
