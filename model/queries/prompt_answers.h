// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
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
    std::shared_ptr<const std::string> text = {}; ///< null: not kept, or not to be shown
    Segment segment = Segment::Other;
    std::optional<TokenCount> tokens = {}; ///< of an analysed call: together its input, or its output
    TokenCount cached = 0;                 ///< of them read from a cache: they lie at the beginning of the prompt
    std::optional<Money> cost = {};        ///< by where they lie
};

/// What a drain claims in a segment of a call.
struct SegmentClaim
{
    std::string drain = {}; ///< id
    Confidence confidence = Confidence::High;
    Segment segment = Segment::Other;
    TokenCount tokens = 0;
    Money money = {};
};

/// "What was sent, and what came back?"
struct PromptAnswer
{
    CallRow call = {};
    std::vector<PromptBlock> blocks = {}; ///< of the prompt, then of the answer
    /// What is no block: the provider's framing, and what nobody logged; and reasoning that was not shown.
    std::vector<PromptBlock> unlogged = {};
    SplitMethod method = SplitMethod::Unsplit; ///< how tokens were split
    bool isAnalysed = false;
    std::vector<SegmentClaim> claims = {};
};

} // namespace plumbline
