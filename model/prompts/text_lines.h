// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "model/prompts/text_facts.h"

namespace plumbline {

/// Counts the lines of at least twenty characters that stand above already.
void countRepeatedLines(std::string_view text, TextFacts& into);

/// Counts what log files and pages bring along: lines that begin with a time and a level, frames of stack traces, tags
/// of HTML. Nothing where there are only a few.
void countBallast(std::string_view text, TextFacts& into);

} // namespace plumbline
