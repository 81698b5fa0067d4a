// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <string>

#include "importers/json/json.h"
#include "importers/prompts/split_prompt.h"
#include "model/core/span.h"

namespace plumbline::providers {

/// Whose API an answer is of, told by its shape.
enum class Api
{
    Unknown,
    OpenAiChat, ///< also of everybody who speaks it
    OpenAiResponses,
    OpenAiEmbeddings,
    AnthropicMessages,
    Gemini,
    BedrockConverse,
    Cohere,
};
Api apiOf(json::Value response);

/// Takes over what an answer says of itself: model, id, tier, finish reason, usage, time, and its contents as blocks.
/// False if it is no answer with usage. `texts` keeps names made here for as long as the span is used.
bool readResponse(json::Value response, ObservedSpan& span, PromptSplitter& splitter, std::deque<std::string>& texts);

/// The same for what was asked: model, tier and prompt.
void readRequest(json::Value request, ObservedSpan& span, PromptSplitter& splitter);

/// Only the usage of an answer, in its API's convention.
void readResponseUsage(json::Value response, Api api, ObservedSpan& span, std::deque<std::string>& texts);

/// Bedrock splits cache writes by lifetime in a list, `cacheDetails`.
void addCacheDetails(json::Value usage, ObservedSpan& span);

} // namespace plumbline::providers
