// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "importers/otlp/attributes.h"

namespace plumbline::otlp {

/// Attributes cannot be lists of objects, so instrumentations number their keys: `gen_ai.prompt.0.content`,
/// `llm.input_messages.1.message.tool_calls.0.tool_call.id`. The list that those behind `prefix` (with its last dot)
/// spell, in the order of their numbers; holes close up. Does not exist if there are none.
json::Value indexedList(const Attributes& attributes, std::string_view prefix);

} // namespace plumbline::otlp
