// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace plumbline {

/// What a name in a usage map means. `…Inside` names are parts of input or output by their definition.
enum class UsagePart : std::uint8_t
{
    Unknown,
    Total,
    Input,
    InputExtra, ///< further input that the input bucket does not hold: text or image by modality, tool-use prompts
    InputAudio,
    InputAudioInside,
    CacheRead,
    CacheReadInside,
    CacheWrite,
    CacheWriteInside,
    CacheWrite5m,
    CacheWrite1h,
    Output,
    OutputExtra, ///< audio, text or prediction tokens split off the output bucket
    OutputExtraInside,
    Reasoning,
    ReasoningInside,
    WebSearches,
};

/// The part a name stands for, as OpenAI, Anthropic, Google, Langfuse, LangChain and OpenTelemetry spell it.
UsagePart usagePartNamed(std::string_view text);

} // namespace plumbline
