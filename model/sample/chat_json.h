// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "model/sample/trace.h"

// Prompts and answers in the words of a chat API, which Langfuse and LangSmith keep as they were sent.
namespace plumbline::sample {

/// `[{"role","content"},…]`: content is a string, or parts where a message has several or is marked for the cache.
void appendMessages(std::string& into, std::span<const SampleBlock> blocks);
/// `[{"type":"function","function":{…}},…]`; the definitions must be there.
void appendToolDefinitions(std::string& into, std::span<const SampleBlock> blocks);
bool hasToolDefinitions(const SampleSpan& call);
/// `{"role":"assistant","content"|"tool_calls"}` of a call's output.
void appendAnswer(std::string& into, const SampleSpan& call);
/// `{"temperature":0.3,"max_tokens":1024}`.
void appendParameters(std::string& into, const SampleSpan& call);
/// 30 as 0.3.
void appendHundredths(std::string& into, int hundredths);

} // namespace plumbline::sample
