// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "importers/format.h"
#include "importers/json/json.h"

namespace plumbline::providers {

/// The models that Anthropic's advisor tool asked within `call`: each is a call of its own, at the rates of its own
/// model, which the totals of `usage` leave out (otel-and-pricing.md §3.2, iterations of type `advisor_message`).
Result<> addAdvisors(json::Value usage, const ObservedSpan& call, RecordSink& sink);

} // namespace plumbline::providers
