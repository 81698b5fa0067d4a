// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/token_estimate.h"

#include <cmath>

#include "model/prompts/token_weights.h"

namespace plumbline {

TokenCount estimatedTokens(std::string_view text, std::string_view model)
{
    return std::llround(std::max(0.0, tokensBy(weightsOf(tokenizerFamilyOf(model)), countText(text))));
}

} // namespace plumbline
