// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prompts/text_sketch.h"

#include <algorithm>
#include <array>
#include <limits>

#include "model/core/ascii.h"

namespace plumbline {

namespace {

constexpr std::uint64_t prime = 0x9E3779B97F4A7C15ULL;

constexpr std::uint64_t mixed(std::uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= 0xD6E8FEB86659FD93ULL;
    return hash ^ (hash >> 29);
}

constexpr bool isOfWord(char c)
{
    return isDigit(c) || isCapital(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

struct HashedWord
{
    std::string_view text;
    std::uint64_t hash = 0; ///< whatever its case
    bool beginsSentence = false;
};

/// Calls `visit` with each word.
template <class Visit>
void forEachWord(std::string_view text, Visit visit)
{
    bool beginsSentence = true;
    for (std::size_t at = 0; at < text.size();) {
        if (!isOfWord(text[at])) {
            beginsSentence |= text[at] == '.' || text[at] == '!' || text[at] == '?' || text[at] == '\n';
            ++at;
            continue;
        }
        const std::size_t begin = at;
        std::uint64_t hash = prime;
        for (; at < text.size() && isOfWord(text[at]); ++at)
            hash = (hash ^ static_cast<unsigned char>(lowerCase(text[at]))) * 0x100000001B3ULL;
        visit(HashedWord{text.substr(begin, at - begin), hash, beginsSentence});
        beginsSentence = false;
    }
}

/// The hash that forEachWord() gives a word in lower case.
constexpr std::uint64_t hashOf(std::string_view word)
{
    std::uint64_t hash = prime;
    for (const char c : word)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    return hash;
}

/// Words that are looked for, by their hashes; and which of the last six bits of a hash any of them has.
template <std::size_t count>
struct WordSet
{
    std::array<std::uint64_t, count> hashes = {};
    std::uint64_t marks = 0;

    consteval explicit WordSet(const std::array<std::string_view, count>& words)
    {
        for (std::size_t i = 0; i < count; ++i) {
            hashes[i] = hashOf(words[i]);
            marks |= std::uint64_t{1} << (hashes[i] & 63);
        }
    }
    bool contains(std::uint64_t hash) const
    {
        return marks >> (hash & 63) & 1 && std::find(hashes.begin(), hashes.end(), hash) != hashes.end();
    }
};

constexpr WordSet negations(std::array<std::string_view, 11>{"not", "no", "never", "without", "don", "doesn", "isn",
                                                             "cannot", "kein", "nicht", "ne"});
constexpr WordSet wordsOfNow(std::array<std::string_view, 13>{"today", "tonight", "tomorrow", "yesterday", "now",
                                                              "currently", "current", "latest", "nowadays", "heute",
                                                              "jetzt", "hoy", "aujourd"});

} // namespace

WordFacts wordFactsOf(std::string_view text)
{
    WordFacts facts;
    constexpr std::size_t fewestWords = 16;
    std::array<std::uint64_t, TextSketch::bins> least;
    least.fill(std::numeric_limits<std::uint64_t>::max());
    std::uint64_t figures = 0;
    std::uint64_t before = 0, beforeThat = 0;
    std::size_t words = 0;
    forEachWord(text, [&](const HashedWord& word) {
        facts.asksForNow |= wordsOfNow.contains(word.hash);
        if (isDigit(word.text.front()) || negations.contains(word.hash) ||
            (isCapital(word.text.front()) && !word.beginsSentence && word.text.size() > 1))
            figures = mixed(figures ^ word.hash) * prime;
        if (++words >= 3) {
            const std::uint64_t hash = mixed(word.hash + mixed(before + mixed(beforeThat)));
            std::uint64_t& bin = least[hash % TextSketch::bins];
            bin = std::min(bin, hash / TextSketch::bins);
        }
        beforeThat = before;
        before = word.hash;
    });
    if (words < fewestWords)
        return facts;
    TextSketch& sketch = facts.sketch;
    for (std::size_t i = 0; i < TextSketch::bins; ++i)
        sketch.least[i] = least[i] == std::numeric_limits<std::uint64_t>::max()
                              ? 0
                              : static_cast<std::uint16_t>(std::max<std::uint64_t>(1, mixed(least[i]) & 0xFFFF));
    sketch.figures = std::max<std::uint64_t>(1, figures);
    return facts;
}

double TextSketch::similarity(const TextSketch& other) const
{
    std::size_t filled = 0, equal = 0;
    for (std::size_t i = 0; i < bins; ++i) {
        filled += least[i] != 0 || other.least[i] != 0;
        equal += least[i] != 0 && least[i] == other.least[i];
    }
    return filled == 0 ? 0 : static_cast<double>(equal) / static_cast<double>(filled);
}

std::vector<std::uint32_t> wordRunsOf(std::string_view text)
{
    std::vector<std::uint32_t> runs;
    std::array<std::uint64_t, 3> before{};
    std::size_t words = 0;
    forEachWord(text, [&](const HashedWord& word) {
        if (++words > before.size())
            runs.push_back(
                static_cast<std::uint32_t>(mixed(word.hash + mixed(before[0] + mixed(before[1] + mixed(before[2]))))));
        before = {word.hash, before[0], before[1]};
    });
    std::sort(runs.begin(), runs.end());
    runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
    return runs;
}

} // namespace plumbline
