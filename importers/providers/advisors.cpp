// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/providers/advisors.h"

#include <deque>

#include "importers/facts/raw_usage.h"

namespace plumbline::providers {

Result<> addAdvisors(json::Value usage, const ObservedSpan& call, RecordSink& sink)
{
    int place = 0;
    for (const json::Value iteration : usage["iterations"].array()) {
        if (iteration["type"].text() != "advisor_message")
            continue;
        const std::string suffix = "/advisor-" + std::to_string(++place);
        const std::string spanId = std::string(call.spanId) + suffix;
        const std::string responseId = call.responseId.empty() ? std::string() : std::string(call.responseId) + suffix;
        std::deque<std::string> texts;
        ObservedSpan advisor = call;
        advisor.spanId = spanId;
        advisor.responseId = responseId;
        advisor.name = "advisor";
        advisor.model = iteration["model"].text();
        advisor.finishReason = {};
        advisor.reportedCost = {};
        advisor.reportedUsage.clear();
        advisor.blocks.clear();
        facts::addRawUsage(iteration, advisor, texts);
        facts::bucketsOf(advisor, {.convention = CacheConvention::Disjoint});
        TRY(sink.add(advisor));
    }
    return {};
}

} // namespace plumbline::providers
