// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/core/usage.h"

namespace plumbline {

/// What a token of a call is for. Every token of every call is in exactly one.
enum class Segment : std::uint8_t
{
    System,     ///< instructions of the application
    Tools,      ///< definitions of tools
    History,    ///< messages that were answered already, and what the model itself said before
    Context,    ///< retrieved documents
    ToolResult, ///< what tools answered
    User,       ///< the last message of the user
    Other,      ///< images and files, the provider's own framing, and input nobody logged
    Output,     ///< visible output
    Reasoning,
};
constexpr std::size_t segmentCount = 9;
/// Those of the input come first.
constexpr std::size_t inputSegmentCount = 7;

/// `system`, `tool-result`, … as files and the command line spell it.
std::string_view idOf(Segment segment);
/// English titles for the window, translated there: `System prompt`, `Retrieved context`.
const char* titleOf(Segment segment);

/// What a prompt carries along, counted in messages rather than tokens.
struct PromptShape
{
    std::uint16_t historyTurns = 0; ///< messages of the user before the last one
    std::uint16_t documents = 0;    ///< retrieved ones

    bool operator==(const PromptShape&) const = default;
};

/// Tokens by segment.
using SegmentTokens = std::array<TokenCount, segmentCount>;

/// How the tokens of a segment were obtained: how far each figure may be off.
enum class SplitMethod : std::uint8_t
{
    Unsplit,    ///< nothing is known of the prompt
    Heuristic,  ///< fitted weights of the model's family: ± 5 to 10 %
    Calibrated, ///< weights calibrated on what this workspace's calls reported: ± 2 to 4 %
    Reconciled, ///< and block by block with the differences between calls: ± 1 to 2 %
};
constexpr std::size_t splitMethodCount = 4;
std::string_view idOf(SplitMethod method);

} // namespace plumbline
