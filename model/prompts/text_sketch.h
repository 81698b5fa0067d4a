// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/prompts/text_facts.h"

namespace plumbline {

/// What the words of a text show, read in one pass.
struct WordFacts
{
    TextSketch sketch = {};  ///< empty for texts of fewer than sixteen words
    bool asksForNow = false; ///< speaks of today, now, the latest …: an answer to it ages
};
WordFacts wordFactsOf(std::string_view text);

/// Hashes of every run of four words, sorted, each once: what a text shares with one that quotes it. Words are runs of
/// letters and digits, whatever their case.
std::vector<std::uint32_t> wordRunsOf(std::string_view text);

} // namespace plumbline
