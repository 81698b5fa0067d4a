// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/core/span.h"
#include "model/queries/call_answers.h"

namespace plumbline {

/// A block of a prompt or an answer, to be looked at.
struct PromptBlock
{
    std::int64_t block = 0; ///< equal for equal content
    BlockRole role = BlockRole::Unknown;
    BlockKind kind = BlockKind::Text;
    bool isOutput = false;
    std::uint16_t message = 0;
    std::string tool = {};
    std::string document = {};
    std::int64_t bytes = 0;
    std::optional<std::string> text = {}; ///< empty: not kept, or not to be shown
};

/// "What was sent, and what came back?"
struct PromptAnswer
{
    CallRow call = {};
    std::vector<PromptBlock> blocks = {}; ///< of the prompt, then of the answer
};

} // namespace plumbline
