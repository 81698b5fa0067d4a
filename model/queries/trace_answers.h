// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/core/span.h"
#include "model/queries/call_answers.h"

namespace plumbline {

/// What a step of a trace is for the bill.
enum class StepBilling
{
    NoUsage,
    Billed,
    Wrapper,      ///< repeats what steps below it are billed for
    OtherWitness, ///< the same request as a step that is billed
};

/// A step of a trace: a span, made of all its witnesses.
struct TraceStep
{
    std::int32_t parent = -1; ///< place in TraceAnswer::steps
    std::int32_t depth = 0;
    std::string spanId = {};
    std::string name = {}, model = {};
    SpanKind kind = SpanKind::Other;
    SpanStatus status = SpanStatus::Unknown;
    std::string statusMessage = {};
    std::optional<Timestamp> start = {}, end = {};
    StepBilling billing = StepBilling::NoUsage;
    std::optional<CallId> call = {}; ///< where it is billed
    std::optional<TokenCount> tokens = {};
    std::optional<Money> cost = {};
    std::optional<TokenCount> claimedTokens = {}; ///< what a step that is not billed says of itself
    // Of the step and all below it:
    std::int64_t calls = 0, unpricedCalls = 0;
    std::optional<TokenCount> allTokens = {};
    std::optional<MoneySum> allCost = {};
};

/// "What exactly happened in this request?" Steps in the order of the tree: parents first, children by their start.
struct TraceAnswer
{
    std::string traceId = {};
    std::string name = {}, feature = {}, user = {}, session = {}, environment = {};
    std::optional<Timestamp> start = {}, end = {}; ///< of all steps
    std::vector<TraceStep> steps = {};
    std::int64_t calls = 0, unpricedCalls = 0;
    std::optional<TokenCount> tokens = {};
    std::optional<MoneySum> cost = {};
};

} // namespace plumbline
