// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/sample/trace.h"

// What Langfuse's tables of events and of observations say alike.
namespace plumbline::sample {

std::string_view langfuseType(SpanKind kind);
std::string_view langfuseLevel(SpanStatus status);

/// Langfuse's disjoint buckets by their names there, and their total; `{}` without usage.
void appendUsageDetails(std::string& into, const SampleSpan& span);
void appendCostDetails(std::string& into, const SampleSpan& span);
std::string totalCostText(const SampleSpan& span);
void appendTags(std::string& into, const SampleTrace& trace);
/// `{}` of what is no call.
void appendParametersOrEmpty(std::string& into, const SampleSpan& span);
/// Every value a string.
void appendMetadata(std::string& into, const SampleTrace& trace, const SampleSpan& span);

/// What an input or output is: nothing, plain text, or JSON.
enum class Payload
{
    None,
    Text,
    Json,
};
/// Appends a span's input, or output; nothing where the trace has no bodies.
Payload appendInput(std::string& into, const SampleTrace& trace, const SampleSpan& span);
Payload appendOutput(std::string& into, const SampleTrace& trace, const SampleSpan& span);

} // namespace plumbline::sample
