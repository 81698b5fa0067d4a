// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "model/core/usage.h"

namespace plumbline {

/// How many tokens a text is for a model, without its tokenizer: by the fitted weights of its family, to some percent
/// (drains-and-simulation.md §4).
TokenCount estimatedTokens(std::string_view text, std::string_view model);

} // namespace plumbline
