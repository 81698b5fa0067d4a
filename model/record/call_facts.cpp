// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/call_facts.h"

namespace plumbline::record {

namespace {

bool isCorrected(UsageRule rule)
{
    return rule == UsageRule::InputIncludedCache || rule == UsageRule::OutputIncludedReasoning ||
           rule == UsageRule::BothIncluded || rule == UsageRule::ReasoningFromTotal;
}

} // namespace

std::optional<std::int64_t> latencyOf(const Observation& span)
{
    if (!span.started || !span.ended || *span.ended < *span.started)
        return {};
    return *span.ended - *span.started;
}

unsigned flagsOf(const Observation& call, bool isLongContext)
{
    unsigned flags = call.flags & (UsageMayBeEstimated | PromptTruncated);
    if (isCorrected(call.rule))
        flags |= UsageCorrected;
    if (call.rule == UsageRule::Ambiguous)
        flags |= UsageAmbiguous;
    if (isLongContext)
        flags |= LongContext;
    return flags;
}

unsigned knownOf(const Observation& call, bool isPriced)
{
    const Usage& usage = call.usage;
    const std::pair<bool, unsigned> figures[] = {
        {usage.input().has_value(), KnowsInput},
        {usage.cacheRead.has_value(), KnowsCacheRead},
        {usage.cacheWrite().has_value(), KnowsCacheWrite},
        {usage.output().has_value(), KnowsOutput},
        {usage.reasoning.has_value(), KnowsReasoning},
        {isPriced, KnowsCost},
        {call.reportedCost.has_value(), KnowsReportedCost},
        {latencyOf(call).has_value(), KnowsLatency},
    };
    unsigned known = 0;
    for (const auto& [isKnown, bit] : figures)
        known |= isKnown ? bit : 0U;
    return known;
}

} // namespace plumbline::record
