// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/queries/prompt_answers.h"
#include "model/queries/request_list.h"
#include "model/queries/trace_answers.h"

namespace plumbline {

/// Traces or calls as a table, with how many there are in all; the same as JSON.
std::string requestsText(const std::vector<RequestRow>& rows, std::size_t all, RequestUnit unit);
std::string requestsJson(const std::vector<RequestRow>& rows, std::size_t all, RequestUnit unit);

/// The steps of a trace as a tree, with what each cost; below it the prompt of a call, segment by segment.
std::string traceText(const TraceAnswer& trace, const PromptAnswer& prompt);
std::string traceJson(const TraceAnswer& trace, const PromptAnswer& prompt);

} // namespace plumbline
