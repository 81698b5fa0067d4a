// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prompts/text_lines.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "model/core/ascii.h"

namespace plumbline {

namespace {

constexpr bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Of lines that are said again: shorter ones are headings and brackets.
constexpr std::size_t shortestLine = 20;

template <class Visit>
void forEachLine(std::string_view text, Visit visit)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        visit(text.substr(0, end));
        text.remove_prefix(end);
    }
}

/// `2026-10-06 09:23:11,123 ERROR …`, `[12:01:33] INFO …`
bool isLogLine(std::string_view line)
{
    const std::string_view head = line.substr(0, 48);
    std::size_t colons = 0;
    for (std::size_t i = 1; i + 1 < head.size(); ++i)
        colons += head[i] == ':' && isDigit(head[i - 1]) && isDigit(head[i + 1]);
    if (colons < 2)
        return false;
    for (const std::string_view level : {"DEBUG", "INFO", "WARN", "ERROR", "TRACE", "FATAL"})
        if (line.substr(0, 80).find(level) != std::string_view::npos)
            return true;
    return false;
}

/// `at shop.Cart.total(Cart.java:93)`, `File "cart.py", line 93, in total`
bool isStackFrame(std::string_view line)
{
    if (line.substr(0, 6) == "File \"")
        return line.find(", line ") != std::string_view::npos;
    return line.substr(0, 3) == "at " && line.back() == ')' && line.find(':') != std::string_view::npos;
}

/// Behind the tag that begins at `at`, or `at`.
std::size_t endOfTag(std::string_view text, std::size_t at)
{
    std::size_t next = at + 1;
    if (next < text.size() && text[next] == '/')
        ++next;
    if (next >= text.size() || !isLetter(text[next]))
        return at;
    constexpr std::size_t longestTag = 400;
    const std::string_view rest = text.substr(next, longestTag);
    const std::size_t end = rest.find_first_of("<>\n");
    return end == std::string_view::npos || rest[end] != '>' ? at : next + end + 1;
}

} // namespace

std::vector<std::pair<std::string_view, int>> repeatedLines(std::string_view text)
{
    std::unordered_map<std::string_view, std::size_t> placeOf;
    std::vector<std::pair<std::string_view, int>> lines;
    forEachLine(text, [&](std::string_view line) {
        const std::string_view said = trimmed(line);
        if (said.size() < shortestLine)
            return;
        const auto [place, isNew] = placeOf.try_emplace(said, lines.size());
        if (isNew)
            lines.emplace_back(said, 0);
        ++lines[place->second].second;
    });
    std::erase_if(lines, [](const auto& line) { return line.second < 2; });
    std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return lines;
}

void countRepeatedLines(std::string_view text, TextFacts& into)
{
    std::unordered_set<std::string_view> known;
    std::string again;
    forEachLine(text, [&](std::string_view line) {
        const std::string_view said = trimmed(line);
        if (said.size() < shortestLine || known.insert(said).second)
            return;
        again.append(line);
        ++into.repeatedLines;
    });
    if (!again.empty())
        into.repeated.add(countText(again), 1);
}

void countBallast(std::string_view text, TextFacts& into)
{
    constexpr std::size_t fewestLines = 5, fewestTags = 20;
    std::string lines, tags;
    std::size_t lineCount = 0, tagCount = 0;
    forEachLine(text, [&](std::string_view line) {
        const std::string_view said = trimmed(line);
        if (said.size() < 12 || !(isLogLine(said) || isStackFrame(said)))
            return;
        lines.append(line);
        ++lineCount;
    });
    for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
        const std::size_t end = endOfTag(text, at);
        if (end != at) {
            tags.append(text.substr(at, end - at));
            ++tagCount;
        }
        at = std::max(end, at + 1);
    }
    if (lineCount >= fewestLines)
        into.ballast.add(countText(lines), 1);
    if (tagCount >= fewestTags && lineCount < fewestLines)
        into.ballast.add(countText(tags), 1);
}

} // namespace plumbline
