// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/otlp/usage.h"

#include <algorithm>
#include <limits>

#include "importers/facts/amounts.h"
#include "importers/facts/token_details.h"
#include "model/core/usage_buckets.h"
#include "model/core/usage_names.h"

namespace plumbline::otlp {

namespace {

using facts::money;
using facts::tokenCount;

using Reported = std::vector<std::pair<std::string_view, TokenCount>>;

/// What a source says about whether its input holds the cached tokens.
enum class Rule : std::uint8_t
{
    Inclusive,
    Exclusive,
    Unknown,
    Langfuse, ///< exclusive unless the total says otherwise, and so is reasoning
};

/// Names that only instrumentations use, as the providers have them. By the conventions reasoning is part of the
/// output; the total corrects those who do otherwise.
std::string_view providersName(std::string_view name)
{
    constexpr std::pair<std::string_view, std::string_view> namings[] = {
        {"cachedInputTokens", "cache_read_input_tokens"},
        {"cachedPromptTokens", "cache_read_input_tokens"},
        {"cacheReadInputTokens", "cache_read_input_tokens"},
        {"cacheWriteInputTokens", "cache_creation_input_tokens"},
        {"cache_creation_tokens", "cache_creation_input_tokens"},
        {"inputTokenDetails.cacheReadTokens", "cache_read_input_tokens"},
        {"inputTokenDetails.cacheWriteTokens", "cache_creation_input_tokens"},
        {"input_token_details.audio", "input_tokens_details.audio_tokens"},
        {"input_token_details.cache_creation", "cache_creation_input_tokens"},
        {"input_token_details.cache_read", "cache_read_input_tokens"},
        {"input_token_details.ephemeral_1h_input_tokens", "cache_creation_ephemeral_1h_input_tokens"},
        {"input_token_details.ephemeral_5m_input_tokens", "cache_creation_ephemeral_5m_input_tokens"},
        {"outputTokenDetails.reasoningTokens", "reasoning.output_tokens"},
        {"output_token_details.audio", "output_tokens_details.audio_tokens"},
        {"output_token_details.reasoning", "reasoning.output_tokens"},
        {"output_tokens_details.thinking_tokens", "reasoning.output_tokens"},
        {"prompt_tokens_details.cache_creation_tokens", "cache_creation_input_tokens"},
        {"reasoningTokens", "reasoning.output_tokens"},
        {"reasoning_tokens", "reasoning.output_tokens"},
        {"tokens", "input_tokens"},
    };
    constexpr std::string_view details = "details.";
    if (name.starts_with(details))
        name.remove_prefix(details.size());
    for (const auto& [own, providers] : namings)
        if (own == name)
            return providers;
    return name;
}

/// The members of a usage object with a number, nested ones joined by dots. Of LangSmith's details those of one name at
/// several prices are added; the service's tier that they name is answered.
std::string_view collect(json::Object usage, const std::string& prefix, Reported& into, Scratch& scratch)
{
    const bool areDetails = prefix == "input_token_details." || prefix == "output_token_details.";
    const auto first = static_cast<std::ptrdiff_t>(into.size());
    std::string_view tier;
    for (const auto [key, value] : usage) {
        const auto tokens = tokenCount(value);
        if (value.isObject() && prefix.empty()) {
            const std::string_view named = collect(value.object(), std::string(key) + ".", into, scratch);
            tier = named.empty() ? tier : named;
        }
        if (!tokens)
            continue;
        const facts::TokenDetail detail =
            areDetails ? facts::tokenDetail(key) : facts::TokenDetail{.name = key, .tier = {}};
        if (!detail.tier.empty() && *tokens > 0)
            tier = detail.tier;
        if (detail.name.empty())
            continue;
        const std::string name = prefix + std::string(detail.name);
        const auto same =
            std::find_if(into.begin() + first, into.end(), [&](const auto& known) { return known.first == name; });
        if (areDetails && same != into.end())
            same->second += *tokens;
        else
            into.emplace_back(prefix.empty() ? key : scratch.keep(name), *tokens);
    }
    return tier;
}

/// What follows one of the prefixes under which instrumentations put usage.
std::string_view usageNameIn(std::string_view key)
{
    for (const std::string_view prefix : {"gen_ai.usage.", "llm.usage.", "llm.token_count.", "ai.usage."})
        if (key.starts_with(prefix))
            return key.substr(prefix.size());
    return {};
}

/// LangSmith's SDK for Python writes a dict as Python shows it: `{'cache_read': 1500}` (langsmith.md §2.8).
std::string_view asJson(std::string_view text, Scratch& scratch)
{
    if (text.find('"') != std::string_view::npos || text.find('\'') == std::string_view::npos)
        return text;
    std::string json(text);
    std::replace(json.begin(), json.end(), '\'', '"');
    return scratch.keep(std::move(json));
}

/// A bare name: Claude Code's spans and events have no prefix.
bool isClaudeName(std::string_view key)
{
    return key == "input_tokens" || key == "output_tokens" || key == "cache_read_tokens" ||
           key == "cache_creation_tokens";
}

bool anyTokens(const Reported& reported)
{
    for (const auto& [name, tokens] : reported)
        if (tokens != 0)
            return true;
    return false;
}

bool holds(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

bool isAnthropicOrBedrock(const ObservedSpan& span)
{
    for (const std::string_view name : {"nthropic", "edrock", "AWS"})
        if (holds(span.provider, name))
            return true;
    return false;
}

bool isClaudeCode(const Instrumentation& instrumentation, const ObservedSpan& span)
{
    return instrumentation.isClaudeCode() || span.name.starts_with("claude_code.");
}

/// Reference: otel-and-pricing.md §2.9.
Rule ruleOf(const Attributes& attributes, const Instrumentation& instrumentation, const ObservedSpan& span)
{
    const std::string_view scope = instrumentation.name;
    if (isClaudeCode(instrumentation, span))
        return Rule::Exclusive;
    if (instrumentation.isAiSdk() || attributes.hasPrefix("ai.usage.")) {
        // From version 6 on it tells the parts of the input, which is their sum.
        const bool isOld = !attributes.hasPrefix("ai.usage.inputTokenDetails.") &&
                           (instrumentation.version.empty() || isBefore(instrumentation.version, 6, 0));
        return isOld && isAnthropicOrBedrock(span) ? Rule::Exclusive : Rule::Inclusive;
    }
    if (holds(scope, "instrumentation.bedrock") || holds(scope, "instrumentation-bedrock"))
        return Rule::Exclusive;
    if (holds(scope, "instrumentation.anthropic") && isBefore(instrumentation.version, 0, 34))
        return Rule::Exclusive;
    // The conventions say so wherever their own name for cached tokens is in use.
    const bool isConventional = attributes.has("gen_ai.usage.cache_read.input_tokens") ||
                                attributes.has("gen_ai.usage.cache_creation.input_tokens") ||
                                attributes.has("gen_ai.usage.cache_write.input_tokens") ||
                                attributes.hasPrefix("llm.token_count.");
    if (isConventional || holds(scope, "instrumentation") || scope == "litellm")
        return Rule::Inclusive;
    return Rule::Unknown;
}

/// `reported` by the providers' names, one number a meaning: the same one stands under several.
Reported withProvidersNames(const Reported& reported)
{
    Reported named;
    std::uint32_t seen = 0;
    for (const auto& [name, tokens] : reported) {
        std::string_view own = usageNameIn(name);
        own = providersName(own.empty() ? name : own);
        const UsagePart part = usagePartNamed(own);
        if (part == UsagePart::Unknown)
            continue;
        const bool isSummed = part == UsagePart::InputAudio || part == UsagePart::InputAudioInside ||
                              part == UsagePart::Total || part == UsagePart::WebSearches;
        const std::uint32_t mark = 1U << static_cast<unsigned>(part);
        if (isSummed && (seen & mark))
            continue;
        seen |= mark;
        named.emplace_back(own, tokens);
    }
    return named;
}

TokenCount largestOf(const Reported& reported, std::initializer_list<UsagePart> parts)
{
    TokenCount largest = 0;
    for (const auto& [name, tokens] : reported)
        for (const UsagePart part : parts)
            if (usagePartNamed(name) == part)
                largest = std::max(largest, tokens);
    return largest;
}

void setBuckets(ObservedSpan& span, Rule rule, bool isGemini)
{
    Reported named = rule == Rule::Langfuse ? span.reportedUsage : withProvidersNames(span.reportedUsage);
    const TokenCount input = largestOf(named, {UsagePart::Input});
    const TokenCount output = largestOf(named, {UsagePart::Output});
    const TokenCount total = largestOf(named, {UsagePart::Total});
    const TokenCount cache = largestOf(named, {UsagePart::CacheRead, UsagePart::CacheReadInside}) +
                             largestOf(named, {UsagePart::CacheWrite, UsagePart::CacheWriteInside});
    // An SDK that adds input and output up does not know about the cache either: its total proves nothing.
    const bool isTotalMade = total == input + output;
    if (rule == Rule::Exclusive && isTotalMade)
        std::erase_if(named, [](const auto& part) { return usagePartNamed(part.first) == UsagePart::Total; });
    UsageContext context;
    context.convention =
        rule == Rule::Exclusive || rule == Rule::Langfuse ? CacheConvention::Disjoint : CacheConvention::Inclusive;
    context.isEmbedding = span.kind == SpanKind::Embedding;
    context.totalMayHoldReasoning = isGemini;
    const UsageBuckets buckets = bucketsFrom(named, context);
    span.usage = buckets.usage;
    span.usageRule = buckets.rule;
    const bool isDecided = cache == 0 || input < cache || (total != 0 && !isTotalMade);
    if (rule == Rule::Unknown && !isDecided && isAnthropicOrBedrock(span))
        span.usageRule = UsageRule::Ambiguous;
}

/// The provider's own words beside the AI SDK's figures; where they say everything, instead of those.
void readProviderMetadata(const Attributes& attributes, Reported& reported, Rule& rule)
{
    const json::Value metadata =
        attributes.parsed({"ai.response.providerMetadata", "ai.result.providerMetadata", "ai.providerMetadata"});
    Scratch& scratch = attributes.scratch();
    Reported own;
    if (collect(metadata["anthropic"]["usage"].object(), {}, own, scratch); anyTokens(own)) {
        reported = std::move(own);
        rule = Rule::Exclusive;
        return;
    }
    for (const std::string_view google : {"google", "vertex"}) {
        if (collect(metadata[google]["usageMetadata"].object(), {}, own, scratch); anyTokens(own)) {
            reported = std::move(own);
            rule = Rule::Inclusive;
            return;
        }
    }
    if (const auto written = tokenCount(metadata["anthropic"]["cacheCreationInputTokens"]))
        reported.emplace_back("cache_creation_input_tokens", *written);
    for (const std::string_view provider : {"openai", "azure"})
        for (const std::string_view name : {"cachedPromptTokens", "reasoningTokens"})
            if (const auto tokens = tokenCount(metadata[provider][name]))
                reported.emplace_back(name, *tokens);
    for (const std::string_view name : {"cacheReadInputTokens", "cacheWriteInputTokens"})
        if (const auto tokens = tokenCount(metadata["bedrock"]["usage"][name]))
            reported.emplace_back(name, *tokens);
}

std::optional<Money> sumOf(json::Object costs)
{
    MoneySum sum;
    bool any = false;
    for (const auto [key, value] : costs) {
        const auto part = money(value);
        if (key == "total" || key == "total_cost")
            return part;
        if (part) {
            sum += *part;
            any = true;
        }
    }
    constexpr MoneySum::Integer limit = std::numeric_limits<std::int64_t>::max();
    return any && sum.picodollars() <= limit ? std::optional(Money(static_cast<std::int64_t>(sum.picodollars())))
                                             : std::nullopt;
}

} // namespace

void readUsage(const Attributes& attributes, const Instrumentation& instrumentation, ObservedSpan& span)
{
    Reported& reported = span.reportedUsage;
    reported.clear();
    // A poll for an answer that another span has reported.
    if (attributes.text("gen_ai.operation.name") == "fetch_response")
        return;
    Scratch& scratch = attributes.scratch();
    // Maps of one attribute say everything that their source knows.
    struct Map
    {
        std::string_view key;
        Rule rule;
    };
    constexpr Map maps[] = {{"langfuse.observation.usage_details", Rule::Langfuse},
                            {"langsmith.usage_metadata", Rule::Inclusive},
                            {"mlflow.chat.tokenUsage", Rule::Unknown}};
    Rule rule = ruleOf(attributes, instrumentation, span);
    const auto takeTier = [&](std::string_view tier) {
        if (span.serviceTier.empty())
            span.serviceTier = tier;
    };
    bool isWhole = false;
    for (const Map& map : maps) {
        if (isWhole || !attributes.has(map.key))
            continue;
        takeTier(collect(attributes.parsed(map.key).object(), {}, reported, scratch));
        isWhole = anyTokens(reported);
        if (isWhole)
            rule = map.rule;
        else
            reported.clear();
    }
    if (!isWhole) {
        for (const Attributes::Entry& entry : attributes.entries()) {
            const bool isBare = isClaudeName(entry.key) && isClaudeCode(instrumentation, span);
            const std::string_view name = usageNameIn(entry.key);
            if ((name.empty() && !isBare) || name.starts_with("cost"))
                continue;
            const json::Value value = scalarOf(entry.anyValue);
            if (const auto tokens = tokenCount(value))
                reported.emplace_back(entry.key, *tokens);
            else if (value.text().starts_with('{'))
                takeTier(collect(json::Object(scratch.parse(asJson(value.text(), scratch)).object()),
                                 std::string(name) + ".", reported, scratch));
        }
        readProviderMetadata(attributes, reported, rule);
    }
    if (!anyTokens(reported))
        reported.clear();
    setBuckets(span, rule, holds(span.model, "gemini"));
}

std::optional<Money> readCost(const Attributes& attributes)
{
    for (const std::string_view key : {"langfuse.observation.cost_details", "mlflow.llm.cost"})
        if (const auto cost = sumOf(attributes.parsed(key).object()))
            return cost;
    if (const auto cost = money(attributes.parsed("langsmith.usage_metadata")["total_cost"]))
        return cost;
    for (const std::string_view key : {"gen_ai.usage.cost", "llm.cost.total", "cost_usd"})
        if (const auto cost = money(attributes.value(key)))
            return cost;
    const auto prompt = money(attributes.value("llm.cost.prompt"));
    const auto completion = money(attributes.value("llm.cost.completion"));
    return prompt && completion && prompt->picodollars() <= std::numeric_limits<std::int64_t>::max() / 2 &&
                   completion->picodollars() <= std::numeric_limits<std::int64_t>::max() / 2
               ? std::optional(*prompt + *completion)
               : prompt;
}

} // namespace plumbline::otlp
