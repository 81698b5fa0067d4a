// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prompts/volatile_text.h"

#include <algorithm>

#include "model/core/ascii.h"

namespace plumbline {

namespace {

/// Length of a match of `shape` at the front: `9` a digit, `x` a hex digit, everything else itself; `T` also a blank.
std::size_t matched(std::string_view text, std::string_view shape)
{
    if (text.size() < shape.size())
        return 0;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const char c = text[i];
        const char s = shape[i];
        const bool isSame = s == '9' ? isDigit(c) : s == 'x' ? isHexDigit(c) : s == 'T' ? c == 'T' || c == ' ' : c == s;
        if (!isSame)
            return 0;
    }
    return shape.size();
}

/// What follows a time of day and belongs to it: seconds, fractions, the zone.
std::size_t restOfTime(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size() && (isDigit(text[at]) || text[at] == ':' || text[at] == '.' || text[at] == 'Z' ||
                                (text[at] == '+' && at + 1 < text.size() && isDigit(text[at + 1]))))
        ++at;
    return at;
}

/// Length of what changes and begins here; 0 if nothing does. `text` begins a word.
std::size_t volatileLength(std::string_view text)
{
    for (const std::string_view time : {std::string_view("9999-99-99T99:99"), std::string_view("99:99:99")})
        if (const std::size_t length = matched(text, time))
            return length + restOfTime(text.substr(length));
    if (const std::size_t uuid = matched(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"))
        return uuid;
    std::size_t digits = 0;
    while (digits < text.size() && isDigit(text[digits]))
        ++digits;
    constexpr std::size_t largeNumber = 10;
    return digits >= largeNumber ? digits : 0;
}

std::uint64_t mixed(std::uint64_t hash, std::string_view text)
{
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    return hash;
}

} // namespace

std::optional<VolatileText> findVolatileText(std::string_view text)
{
    std::optional<VolatileText> found;
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    std::size_t copied = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (!isHexDigit(text[at])) {
            ++at;
            continue;
        }
        const bool beginsWord = at == 0 || !(isHexDigit(text[at - 1]) || text[at - 1] == '-');
        const std::size_t length = beginsWord ? volatileLength(text.substr(at)) : 0;
        if (length == 0) {
            ++at;
            continue;
        }
        if (!found)
            found = VolatileText{.first = at};
        hash = mixed(hash, text.substr(copied, at - copied));
        found->changing.append(text.substr(at, length)).push_back(' ');
        at += length;
        copied = at;
    }
    if (found) {
        found->stable = std::max<std::uint64_t>(1, mixed(hash, text.substr(copied)));
    }
    return found;
}

} // namespace plumbline
