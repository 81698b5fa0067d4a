// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "importers/otlp/attributes.h"
#include "importers/otlp/instrumentation.h"
#include "model/core/span.h"

namespace plumbline::otlp {

/// Writes what the attributes say about tokens into the span: as named there, and in buckets. Whether the input holds
/// the cached tokens is told by who wrote the span, and by the provider's own usage object where there is one. Needs
/// the span's kind, model and provider.
void readUsage(const Attributes& attributes, const Instrumentation& instrumentation, ObservedSpan& span);

/// The cost that the attributes state.
std::optional<Money> readCost(const Attributes& attributes);

} // namespace plumbline::otlp
