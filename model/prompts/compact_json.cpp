// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prompts/compact_json.h"

#include <algorithm>

namespace plumbline {

namespace {

constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// Behind the string that begins at `at`; npos if it does not end.
std::size_t endOfString(std::string_view text, std::size_t at)
{
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
        else if (text[at] == '\n')
            break;
    }
    return std::string_view::npos;
}

/// What may stand outside of strings.
constexpr bool isJsonSign(char c)
{
    return isBlank(c) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == ',' || c == ':' || c == '-' ||
           c == '+' || c == '.' || c == 'E';
}

/// Behind the bracket that closes the one at `begin`, or npos: not JSON.
std::size_t endOfValue(std::string_view text, std::size_t begin, std::size_t& lines)
{
    std::string open;
    std::size_t at = begin;
    lines = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = endOfString(text, at);
            if (at == std::string_view::npos)
                return at;
            continue;
        }
        if (c == '{' || c == '[') {
            open.push_back(c == '{' ? '}' : ']');
        } else if (c == '}' || c == ']') {
            if (open.empty() || open.back() != c)
                return std::string_view::npos;
            open.pop_back();
            if (open.empty())
                return at + 1;
        } else if (!isJsonSign(c)) {
            return std::string_view::npos;
        }
        lines += c == '\n';
        ++at;
    }
    return std::string_view::npos;
}

/// `find_first_of` asks memchr about every character of a text, and texts are long.
std::size_t findBracket(std::string_view text, std::size_t from)
{
    for (std::size_t at = from; at < text.size(); ++at)
        if (text[at] == '{' || text[at] == '[')
            return at;
    return std::string_view::npos;
}

} // namespace

JsonRegion findLooseJson(std::string_view text, std::size_t from)
{
    constexpr std::size_t fewestLines = 3;
    while (from < text.size()) {
        const std::size_t begin = findBracket(text, from);
        if (begin == std::string_view::npos)
            return {};
        // A bracket that a line break follows: prose and code in one line are not looked into.
        const std::size_t next = text.find_first_not_of(" \t\r", begin + 1);
        if (next == std::string_view::npos)
            return {};
        if (text[next] != '\n') {
            from = begin + 1;
            continue;
        }
        std::size_t lines = 0;
        const std::size_t end = endOfValue(text, begin, lines);
        if (end == std::string_view::npos) {
            from = next + 1;
            continue;
        }
        if (lines >= fewestLines)
            return {begin, end};
        from = end;
    }
    return {};
}

std::string compactJson(std::string_view region)
{
    std::string compact;
    compact.reserve(region.size());
    std::size_t at = 0;
    while (at < region.size()) {
        if (region[at] == '"') {
            const std::size_t end = std::min(endOfString(region, at), region.size());
            compact.append(region.substr(at, end - at));
            at = end;
        } else {
            if (!isBlank(region[at]))
                compact.push_back(region[at]);
            ++at;
        }
    }
    return compact;
}

} // namespace plumbline
