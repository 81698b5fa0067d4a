// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "importers/otlp/attributes.h"
#include "importers/prompts/split_prompt.h"
#include "model/core/span.h"

namespace plumbline::otlp {

/// The event that tells everything about a call; others tell one message each.
constexpr std::string_view operationDetails = "gen_ai.client.inference.operation.details";

/// What was said at one moment of a span: one of its events, or a log record that names it.
struct SpanEvent
{
    std::string_view name = {};
    json::Value attributes = {};
    json::Value body = {}; ///< AnyValue; events have none
};

/// Splits what attributes and events say of a span's prompt and answer into its blocks. Each of prompt, answer and
/// tools is taken from the first place that has it: instrumentations repeat them in each other's words.
void readMessages(const Attributes& attributes, const std::vector<SpanEvent>& events, PromptSplitter& splitter,
                  ObservedSpan& span);

/// Whether an event of that name holds messages.
bool isMessageEvent(std::string_view name);

} // namespace plumbline::otlp
