// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/langsmith/usage.h"

#include <algorithm>

#include "importers/facts/amounts.h"
#include "importers/facts/token_details.h"
#include "model/core/usage_buckets.h"

namespace plumbline::langsmith {

namespace {

using facts::tokenCount;

/// `0.5.9` as 5'009; enough to compare.
int versionNumber(std::string_view text)
{
    int parts[3] = {0, 0, 0};
    std::size_t part = 0;
    for (const char c : text) {
        if (c == '.') {
            if (++part == 3)
                break;
        } else if (c >= '0' && c <= '9') {
            if (parts[part] < 100'000)
                parts[part] = parts[part] * 10 + (c - '0');
        } else {
            break;
        }
    }
    return parts[0] * 1'000'000 + parts[1] * 1'000 + parts[2];
}

/// The provider's own counts decide, where they came along: Anthropic's input leaves cached tokens out.
std::optional<bool> excludesCache(json::Value usage, json::Value raw)
{
    const auto told = tokenCount(usage["input_tokens"]), own = tokenCount(raw["input_tokens"]);
    const TokenCount cached = tokenCount(raw["cache_read_input_tokens"]).value_or(0) +
                              tokenCount(raw["cache_creation_input_tokens"]).value_or(0);
    if (!told || !own || cached == 0)
        return {};
    if (*told == *own)
        return true;
    return *told == *own + cached ? std::optional(false) : std::nullopt;
}

/// Whether the input that this run's producer reports leaves cached tokens out. Anthropic's wrapper did in JavaScript
/// up to 0.5.8 and in Python up to March 2026; Bedrock's Converse in LangChain up to mid-2025.
bool excludesCache(const Run& run)
{
    const std::string_view provider = run.metadata()["ls_provider"].text();
    const json::Value runtime = run.extra()["runtime"];
    if (provider.find("bedrock") != std::string_view::npos) {
        static const auto mended = parseTimestamp("2025-08-01T00:00:00Z");
        return run.start() && *run.start() < *mended;
    }
    const bool isWrapper =
        !runtime["library"].text().starts_with("langchain") && run.metadata()["ls_integration"].text() != "claude-code";
    if (provider != "anthropic" || !isWrapper)
        return false;
    if (runtime["sdk"].text() == "langsmith-js")
        return versionNumber(runtime["sdk_version"].text()) < versionNumber("0.5.9");
    static const auto mended = parseTimestamp("2026-03-03T00:00:00Z");
    return runtime["sdk"].text() == "langsmith-py" && run.start() && *run.start() < *mended;
}

void add(ObservedSpan& span, std::string_view name, json::Value value)
{
    if (const auto tokens = tokenCount(value))
        span.reportedUsage.emplace_back(name, *tokens);
}

/// Details under their own names; those of one name at several prices are added.
void addDetails(json::Value details, std::string_view prefix, ObservedSpan& span, std::deque<std::string>& names)
{
    for (const auto [key, value] : details.object()) {
        const facts::TokenDetail detail = facts::tokenDetail(key);
        const auto tokens = tokenCount(value);
        if (!tokens)
            continue;
        if (span.serviceTier.empty() && *tokens > 0)
            span.serviceTier = detail.tier;
        if (detail.name.empty())
            continue;
        const std::string name = std::string(prefix) + std::string(detail.name);
        const auto same = std::find_if(span.reportedUsage.begin(), span.reportedUsage.end(),
                                       [&](const auto& known) { return known.first == name; });
        if (same != span.reportedUsage.end())
            same->second += *tokens;
        else
            span.reportedUsage.emplace_back(names.emplace_back(name), *tokens);
    }
}

/// `usage_metadata` and its details.
void addUsageMetadata(json::Value usage, bool isExclusive, ObservedSpan& span, std::deque<std::string>& names)
{
    for (const std::string_view key : {"input_tokens", "output_tokens"})
        add(span, key, usage[key]);
    // A total of input and output alone says nothing about cached tokens that both leave out.
    if (!isExclusive)
        add(span, "total_tokens", usage["total_tokens"]);
    // Writes in all beside their split by lifetime are the same writes (#2150).
    addDetails(usage["input_token_details"], isExclusive ? "exclusive_input." : "input_token_details.", span, names);
    addDetails(usage["output_token_details"], "output_token_details.", span, names);
}

/// A provider's own usage object, with its nested names joined by dots.
void addRaw(json::Value usage, const std::string& prefix, ObservedSpan& span, std::deque<std::string>& names)
{
    for (const auto [key, value] : usage.object()) {
        if (value.isObject() && prefix.empty())
            addRaw(value, std::string(key) + ".", span, names);
        else if (const auto tokens = tokenCount(value))
            span.reportedUsage.emplace_back(names.emplace_back(prefix + std::string(key)), *tokens);
    }
}

bool anyTokens(const ObservedSpan& span)
{
    for (const auto& [name, tokens] : span.reportedUsage)
        if (tokens != 0)
            return true;
    return false;
}

/// Where a provider's own usage object may stand.
json::Value rawUsage(json::Value outputs, json::Value message)
{
    for (const json::Value candidate :
         {outputs["usage"], message["response_metadata"]["usage"], message["response_metadata"]["token_usage"],
          message["response_metadata"]["tokenUsage"], outputs["llm_output"]["token_usage"],
          outputs["llm_output"]["usage"], outputs["llmOutput"]["tokenUsage"], outputs["llmOutput"]["usage"],
          message["additional_kwargs"]["usage"], outputs["usageMetadata"], outputs["usage_metadata"]})
        if (candidate.isObject())
            return candidate;
    return {};
}

json::Value usageMetadata(const Run& run, json::Nested& nested, json::Value message)
{
    const json::Value outputs = run.outputs();
    for (const json::Value candidate :
         {outputs["usage_metadata"], nested.unwrapped(run.metadata()["usage_metadata"]), message["usage_metadata"],
          outputs["output"]["usage_metadata"], outputs["message"]["usage_metadata"]})
        if (candidate.isObject())
            return candidate;
    for (const auto [key, output] : outputs.object())
        if (output["usage_metadata"].isObject())
            return output["usage_metadata"];
    return {};
}

/// The split of 5 minutes and 1 hour that LangChain drops and the provider's own object still has.
void refineWrites(ObservedSpan& span, json::Value raw, bool isExclusive)
{
    bool hasWrites = false;
    for (const auto& [name, tokens] : span.reportedUsage) {
        if (name.find("ephemeral_") != std::string_view::npos)
            return;
        hasWrites |= tokens > 0 && (name.ends_with(".cache_creation") || name.ends_with(".cache_write"));
    }
    if (!hasWrites)
        return;
    const json::Value split = raw["cache_creation"];
    const char* fiveMinutes =
        isExclusive ? "exclusive_input.ephemeral_5m_input_tokens" : "input_token_details.ephemeral_5m_input_tokens";
    const char* oneHour =
        isExclusive ? "exclusive_input.ephemeral_1h_input_tokens" : "input_token_details.ephemeral_1h_input_tokens";
    add(span, fiveMinutes, split["ephemeral_5m_input_tokens"]);
    add(span, oneHour, split["ephemeral_1h_input_tokens"]);
}

} // namespace

json::Value generatedMessage(json::Value outputs)
{
    for (const json::Value batch : outputs["generations"].array()) {
        if (batch.isObject()) {
            const json::Value message = batch["message"];
            return message["kwargs"].isObject() ? message["kwargs"] : message;
        }
        for (const json::Value generation : batch.array()) {
            const json::Value message = generation["message"];
            return message["kwargs"].isObject() ? message["kwargs"] : message;
        }
    }
    // LangChain's own runnables return a message under any name.
    for (const auto [key, output] : outputs.object())
        if (output["lc"].exists() && output["kwargs"].isObject())
            return output["kwargs"];
    return {};
}

void readUsage(const Run& run, ObservedSpan& span, json::Nested& nested, std::deque<std::string>& names)
{
    span.reportedUsage.clear();
    const json::Value message = generatedMessage(run.outputs());
    const json::Value usage = usageMetadata(run, nested, message);
    const json::Value raw = rawUsage(run.outputs(), message);
    const bool isExclusive = excludesCache(usage, raw).value_or(excludesCache(run));
    UsageContext context;
    context.convention = CacheConvention::Inclusive;
    context.isEmbedding = span.kind == SpanKind::Embedding;
    context.totalMayHoldReasoning = span.model.find("gemini") != std::string_view::npos;

    if (usage.isObject() && (usage["input_tokens"].exists() || usage["output_tokens"].exists())) {
        addUsageMetadata(usage, isExclusive, span, names);
        refineWrites(span, raw, isExclusive);
        context.convention = isExclusive ? CacheConvention::Disjoint : CacheConvention::Inclusive;
    } else if (raw.isObject()) {
        addRaw(raw, {}, span, names);
        context.convention = CacheConvention::Disjoint; // providers name what lies inside
    }
    if (!anyTokens(span)) {
        // The columns are totals; their details are there only if somebody selected them.
        span.reportedUsage.clear();
        const json::Value columns = run["token_usage"];
        const auto column = [&](std::string_view key) { return columns.isObject() ? columns[key] : run[key]; };
        for (const std::string_view key : {"prompt_tokens", "completion_tokens", "total_tokens"})
            add(span, key, column(key));
        const auto details = [&](std::string_view key, const char* prefix) {
            const json::Value value = nested.unwrapped(run[key]);
            addDetails(value["raw"].isObject() ? value["raw"] : value, prefix, span, names);
        };
        details("prompt_token_details", "input_token_details.");
        details("completion_token_details", "output_token_details.");
    }
    if (!anyTokens(span))
        span.reportedUsage.clear();
    const UsageBuckets buckets = bucketsFrom(span.reportedUsage, context);
    span.usage = buckets.usage;
    span.usageRule = buckets.rule;
}

std::optional<Money> reportedCost(const Run& run)
{
    const json::Value costs = run["costs"];
    const auto cost = facts::money(costs.isObject() ? costs["total_cost"] : run["total_cost"]);
    if (cost && cost->picodollars() > 0)
        return cost;
    return {};
}

} // namespace plumbline::langsmith
