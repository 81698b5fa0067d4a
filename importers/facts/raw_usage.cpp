// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/facts/raw_usage.h"

#include <algorithm>

#include "importers/facts/amounts.h"

namespace plumbline::facts {

namespace {

constexpr int deepestUsage = 2;

void add(json::Value usage, const std::string& prefix, int depth, ObservedSpan& span, std::deque<std::string>& texts)
{
    for (const auto [key, value] : usage.object()) {
        if (value.isObject()) {
            if (depth < deepestUsage)
                add(value, prefix + std::string(key) + ".", depth + 1, span, texts);
        } else if (const auto tokens = tokenCount(value)) {
            const std::string_view name =
                prefix.empty() ? key : std::string_view(texts.emplace_back(prefix + std::string(key)));
            span.reportedUsage.emplace_back(name, *tokens);
        }
    }
}

} // namespace

void addRawUsage(json::Value usage, ObservedSpan& span, std::deque<std::string>& texts)
{
    add(usage, {}, 0, span, texts);
    // What Anthropic spends on making room in the context is billed, but not in its totals.
    for (const json::Value iteration : usage["iterations"].array()) {
        if (iteration["type"].text() != "compaction")
            continue;
        ObservedSpan more;
        add(iteration, {}, 0, more, texts);
        for (const auto& [name, tokens] : more.reportedUsage) {
            const auto same = std::find_if(span.reportedUsage.begin(), span.reportedUsage.end(),
                                           [&, &of = name](const auto& known) { return known.first == of; });
            if (same != span.reportedUsage.end())
                same->second += tokens;
            else
                span.reportedUsage.emplace_back(name, tokens);
        }
    }
}

void bucketsOf(ObservedSpan& span, const UsageContext& context)
{
    bool anyTokens = false;
    for (const auto& [name, tokens] : span.reportedUsage)
        anyTokens |= tokens != 0;
    if (!anyTokens)
        span.reportedUsage.clear();
    const UsageBuckets buckets = bucketsFrom(span.reportedUsage, context);
    span.usage = buckets.usage;
    span.usageRule = buckets.rule;
}

} // namespace plumbline::facts
