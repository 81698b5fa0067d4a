// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "model/prompts/text_facts.h"

namespace plumbline {

/// Lines of at least twenty characters that a text says more than once, and how often: those that it says most first,
/// else in their order.
std::vector<std::pair<std::string_view, int>> repeatedLines(std::string_view text);
/// Counts those that stand above already.
void countRepeatedLines(std::string_view text, TextFacts& into);

/// Counts what log files and pages bring along: lines that begin with a time and a level, frames of stack traces, tags
/// of HTML. Nothing where there are only a few.
void countBallast(std::string_view text, TextFacts& into);

} // namespace plumbline
