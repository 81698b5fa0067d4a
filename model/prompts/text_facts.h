// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/span.h"
#include "model/prompts/token_weights.h"

namespace plumbline {

/// Text counters that a change takes away from a text; negative where it adds some.
class CounterDelta
{
public:
    bool operator==(const CounterDelta&) const = default;
    bool isEmpty() const { return m_values.empty(); }
    std::int32_t at(std::size_t counter) const { return m_values.empty() ? 0 : m_values[counter]; }
    void set(std::size_t counter, std::int32_t value);
    CounterDelta& add(const TextCounters& counters, int sign);

private:
    /// None where all are 0, as of most texts: they are kept by the hundred thousand.
    std::vector<std::int32_t> m_values;
};
/// weights · delta, in tokens.
double tokensBy(const TokenWeights& weights, const CounterDelta& delta);

/// A sketch of what a text says: the least hash of its word triples in each of so many bins (one-permutation MinHash).
/// All zero: the text is too short for one.
struct TextSketch
{
    static constexpr std::size_t bins = 32;
    std::array<std::uint16_t, bins> least = {};
    std::uint64_t figures = 0; ///< digest of the numbers, negations and names in it: texts that differ there differ
    bool operator==(const TextSketch&) const = default;
    bool isEmpty() const { return *this == TextSketch(); }
    /// Estimate of the Jaccard similarity of the triples, 0 to 1.
    double similarity(const TextSketch& other) const;
};

/// What a text shows beside its counters, found in one reading at which the text may be thrown away afterwards.
struct TextFacts
{
    CounterDelta lossless = {}; ///< what JSON in it loses when it is written without blanks: nothing else changes
    CounterDelta ballast = {};  ///< what lines of logs, stack traces and marks of HTML make up
    CounterDelta repeated = {}; ///< lines that stand above already
    std::uint32_t repeatedLines = 0;
    bool asksForNow = false;      ///< speaks of today, now, the latest …: an answer to it ages
    std::uint64_t stable = 0;     ///< digest of the text without what changes in it; 0: nothing does
    std::uint32_t volatileAt = 0; ///< byte of the first time, UUID or large number, where something changes
    CounterDelta changing = {};   ///< what those make up
    TextSketch sketch = {};       ///< of texts of people

    bool operator==(const TextFacts&) const = default;
    bool isEmpty() const { return *this == TextFacts(); }
};

/// Reads a text of a prompt once. Any bytes will do; linear in them.
TextFacts textFactsOf(std::string_view text, BlockRole role, BlockKind kind);

void appendPacked(std::string& into, const TextFacts& facts);
/// Nothing if appendPacked() did not write it.
std::optional<TextFacts> textFactsFromPacked(std::string_view bytes);

} // namespace plumbline
