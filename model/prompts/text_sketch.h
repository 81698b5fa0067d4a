// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/prompts/text_facts.h"

namespace plumbline {

/// Empty for texts of fewer than sixteen words.
TextSketch sketchOf(std::string_view text);

/// Hashes of every run of four words, sorted, each once: what a text shares with one that quotes it. Words are runs of
/// letters and digits, whatever their case.
std::vector<std::uint32_t> wordRunsOf(std::string_view text);

/// Whether a text speaks of today, now, the latest … so that an answer to it ages.
bool asksForNow(std::string_view text);

} // namespace plumbline
