// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/langfuse/usage.h"

#include "importers/facts/amounts.h"
#include "model/core/usage_buckets.h"

namespace plumbline::langfuse {

namespace {

using facts::money;
using facts::tokenCount;

void collect(json::Object usage, const std::string& prefix, ObservedSpan& span, std::deque<std::string>& names)
{
    for (const auto [key, value] : usage) {
        if (value.isObject()) {
            if (prefix.empty())
                collect(value.object(), std::string(key) + ".", span, names);
            continue;
        }
        const auto tokens = tokenCount(value);
        if (!tokens)
            continue;
        std::string_view name = key;
        if (!prefix.empty())
            name = names.emplace_back(prefix + std::string(key));
        span.reportedUsage.emplace_back(name, *tokens);
    }
}

bool countsTokens(std::string_view unit)
{
    return unit.empty() || unit == "TOKENS";
}

void add(ObservedSpan& span, std::string_view name, json::Value value)
{
    if (const auto tokens = tokenCount(value))
        span.reportedUsage.emplace_back(name, *tokens);
}

bool anyTokens(const ObservedSpan& span)
{
    for (const auto& [name, tokens] : span.reportedUsage)
        if (tokens != 0)
            return true;
    return false;
}

} // namespace

void readUsage(const Row& row, ObservedSpan& span, json::Nested& nested, std::deque<std::string>& names)
{
    span.reportedUsage.clear();
    collect(nested.unwrapped(row[Field::UsageDetails]).object(), {}, span, names);
    // Of the deprecated `usage` object only what usageDetails does not say; its unit may be characters or images.
    const json::Object usage = nested.unwrapped(row[Field::Usage]).object();
    if (!anyTokens(span) && !usage.isEmpty() && countsTokens(usage["unit"].text())) {
        span.reportedUsage.clear();
        collect(usage, {}, span, names);
    }
    if (!anyTokens(span))
        collect(nested.unwrapped(row[Field::ProvidedUsageDetails]).object(), {}, span, names);
    if (!anyTokens(span) && countsTokens(row.text(Field::Unit))) {
        span.reportedUsage.clear();
        add(span, "promptTokens", row[Field::PromptTokens]);
        add(span, "completionTokens", row[Field::CompletionTokens]);
        add(span, "totalTokens", row[Field::TotalTokens]);
    }
    if (!anyTokens(span))
        span.reportedUsage.clear();

    UsageContext context;
    context.isEmbedding = span.kind == SpanKind::Embedding;
    context.totalMayHoldReasoning = span.model.find("gemini") != std::string_view::npos;
    // LiteLLM's callback sends inclusive input beside cache counts (BerriAI/litellm#26919).
    if (span.name.starts_with("litellm-"))
        context.convention = CacheConvention::Inclusive;
    const UsageBuckets buckets = bucketsFrom(span.reportedUsage, context);
    span.usage = buckets.usage;
    span.usageRule = buckets.rule;

    // Langfuse counts text by itself where a client provided nothing.
    const json::Value provided = nested.unwrapped(row[Field::ProvidedUsageDetails]);
    span.usageMayBeEstimated = span.usage.isKnown() && provided.isObject() && provided.object().isEmpty();
}

std::optional<Money> readCost(const Row& row, json::Nested& nested)
{
    const json::Object details = nested.unwrapped(row[Field::CostDetails]).object();
    if (const auto total = money(details["total"]))
        return total;
    if (!details.isEmpty()) {
        MoneySum sum;
        bool any = false;
        for (const auto [key, value] : details) {
            if (const auto part = money(value)) {
                sum += *part;
                any = true;
            }
        }
        constexpr MoneySum::Integer limit = std::numeric_limits<std::int64_t>::max();
        if (any && sum.picodollars() <= limit)
            return Money(static_cast<std::int64_t>(sum.picodollars()));
    }
    for (const Field field : {Field::TotalCost, Field::CalculatedTotalCost})
        if (const auto cost = money(row[field]); cost && cost->picodollars() > 0)
            return cost;
    const json::Value usage = nested.unwrapped(row[Field::Usage]);
    return money(usage["totalCost"]);
}

} // namespace plumbline::langfuse
