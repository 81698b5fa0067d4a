// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "model/record/compose.h"

namespace plumbline::record {

/// What a span is for the bill.
enum class Billing : std::uint8_t
{
    NotACall,
    Billed,
    Wrapper,      ///< has usage that repeats what spans below it are billed for
    OtherWitness, ///< the call itself is billed at the span above it, which knows its usage
};

/// Decides for every span of a trace whether it is a billed leaf: the innermost span that knows the usage of a request.
/// Agents, chains and plain spans are billed only where nothing below them is. A model span above another one wraps it,
/// unless a tool or retriever lies between and the figures differ: then a tool asked a model of its own.
/// Rules: double counting in traces (LangChain over OpenAI, AI SDK over its own steps, agent spans with summed usage).
std::vector<Billing> decideBilling(const std::vector<Span>& spans);

} // namespace plumbline::record
