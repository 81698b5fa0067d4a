// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// The most frequent words of English, found without a comparison of texts: none is longer than eight letters, so a
/// word is a number and a multiplication tells its only possible place.
namespace plumbline::common_words {

constexpr std::string_view words[] = {
    "a",     "about",   "after",  "all",     "also", "an",   "and",      "any",   "are",   "as",      "at",   "be",
    "been",  "before",  "being",  "between", "both", "but",  "by",       "can",   "could", "default", "do",   "does",
    "each",  "example", "file",   "first",   "for",  "from", "function", "had",   "has",   "have",    "how",  "if",
    "in",    "into",    "is",     "it",      "its",  "like", "make",     "may",   "more",  "most",    "must", "name",
    "new",   "no",      "not",    "of",      "on",   "one",  "only",     "or",    "other", "out",     "over", "same",
    "see",   "set",     "should", "so",      "some", "such", "than",     "that",  "the",   "their",   "then", "there",
    "these", "they",    "this",   "through", "time", "to",   "two",      "type",  "up",    "use",     "used", "using",
    "value", "was",     "way",    "we",      "were", "what", "when",     "where", "which", "while",   "who",  "will",
    "with",  "would",   "you",    "your",
};
constexpr std::size_t longest = 8;

/// The letters of a word, the first in the lowest byte.
constexpr std::uint64_t packed(std::string_view word)
{
    std::uint64_t value = 0;
    for (std::size_t i = word.size(); i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(word[i]);
    return value;
}

constexpr std::size_t placeOf(std::uint64_t letters)
{
    return (letters * 0x4a1a8c6c8ac80d95U) >> 55;
}

constexpr auto table = [] {
    std::array<std::uint64_t, 512> places = {};
    for (const std::string_view word : words)
        places[placeOf(packed(word))] = packed(word);
    return places;
}();

/// Whether the packed letters of a word in small letters are a common word.
constexpr bool contain(std::uint64_t letters)
{
    return table[placeOf(letters)] == letters;
}

// A word that lost its place to another would not be found.
static_assert([] {
    for (const std::string_view word : words)
        if (!contain(packed(word)))
            return false;
    return true;
}());

} // namespace plumbline::common_words
