// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/core/error.h"
#include "model/sample/trace.h"

// Traces as the files that tracing services and collectors write. A writer is a function: `append(into, trace)`
// appends the trace's lines, each ending in a newline.
namespace plumbline {

/// The rows of Langfuse's table of events: an observation a line, inputs and outputs as strings of JSON.
namespace langfuse_writer {
void append(std::string& into, const SampleTrace& trace);
}

/// The rows of Langfuse's table of observations: inputs and outputs as JSON.
namespace langfuse_observations_writer {
void append(std::string& into, const SampleTrace& trace);
}

/// A LangSmith run a line, as a dump of `list_runs` by `model_dump_json`; totals of parents are sums, as there.
namespace langsmith_writer {
void append(std::string& into, const SampleTrace& trace);
}

/// An OTLP/JSON request a line, in today's words of the GenAI conventions; input tokens include what was cached.
namespace otlp_writer {
void append(std::string& into, const SampleTrace& trace);
}

enum class SampleFormat
{
    Langfuse,
    LangfuseObservations,
    Langsmith,
    Otlp,
};
/// `langfuse`, `langfuse-observations`, `langsmith` or `otlp`. Usage: anything else.
Result<SampleFormat> sampleFormatOf(std::string_view name);
void append(std::string& into, const SampleTrace& trace, SampleFormat format);

} // namespace plumbline
