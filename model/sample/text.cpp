// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "model/sample/random.h"
#include "model/sample/trace.h"

namespace plumbline {

namespace {

enum class Letter : std::uint8_t
{
    Sign,
    Alphabetic,
    Digit,
    Space,
    Newline,
};

constexpr std::array<Letter, 256> letterClasses = [] {
    std::array<Letter, 256> classes{};
    for (int c = 0; c < 256; ++c) {
        const bool isAlphabetic = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
        classes[static_cast<std::size_t>(c)] = isAlphabetic            ? Letter::Alphabetic
                                               : c >= '0' && c <= '9'  ? Letter::Digit
                                               : c == ' ' || c == '\t' ? Letter::Space
                                               : c == '\n'             ? Letter::Newline
                                                                       : Letter::Sign;
    }
    return classes;
}();

Letter classOf(char c)
{
    return letterClasses[static_cast<unsigned char>(c)];
}

TokenCount tokensOfRun(Letter letter, TokenCount length)
{
    switch (letter) {
    case Letter::Alphabetic:
        return length <= 7 ? 1 : 1 + (length - 7 + 4) / 5;
    case Letter::Digit:
        return (length + 2) / 3;
    case Letter::Sign:
        return (length + 1) / 2;
    case Letter::Space:
        return length > 1;
    case Letter::Newline:
        return 1;
    }
    return 0;
}

std::uint64_t hashOf(std::string_view text)
{
    std::uint64_t hash = text.size();
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word = 0; // assembled by hand: the same on either endianness
        for (std::size_t i = 0; i < 8; ++i)
            word |= std::uint64_t{static_cast<unsigned char>(text[at + i])} << (8 * i);
        hash = (hash ^ word) * 0x9fb21c651e98df25u;
        hash ^= hash >> 29;
    }
    return sample::mix(hash, text.substr(at));
}

} // namespace

TokenCount countTokens(std::string_view text)
{
    TokenCount tokens = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Letter letter = classOf(text[at]);
        const std::size_t begin = at;
        while (at < text.size() && classOf(text[at]) == letter)
            ++at;
        tokens += tokensOfRun(letter, static_cast<TokenCount>(at - begin));
    }
    return tokens;
}

SharedText sharedText(std::string text)
{
    SampleText shared{.text = std::move(text)};
    shared.tokens = countTokens(shared.text);
    shared.hash = hashOf(shared.text);
    return std::make_shared<const SampleText>(std::move(shared));
}

std::optional<SampleDrain> sampleDrainOf(std::string_view id)
{
    for (const SampleDrainFacts& facts : sampleDrains)
        if (facts.id == id)
            return facts.drain;
    return {};
}

} // namespace plumbline
