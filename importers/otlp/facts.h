// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "importers/otlp/attributes.h"
#include "importers/otlp/instrumentation.h"
#include "model/core/span.h"

namespace plumbline::otlp {

/// What a span is, by the words of OpenTelemetry, OpenInference, OpenLLMetry, the AI SDK, MLflow, Langfuse, LangSmith.
SpanKind kindOf(const Attributes& attributes, std::string_view name);

/// Writes the facts of a span that stand in attributes of one name or another: model, provider, who asked, which
/// prompt. `resource` speaks where the span itself does not. The span's name, parent and times are there already.
void readFacts(const Attributes& attributes, const Attributes& resource, const Instrumentation& instrumentation,
               ObservedSpan& span);

} // namespace plumbline::otlp
