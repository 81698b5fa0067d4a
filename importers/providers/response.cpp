// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/providers/response.h"

#include "importers/facts/amounts.h"
#include "importers/facts/raw_usage.h"

namespace plumbline::providers {

namespace {

std::string_view firstText(std::initializer_list<json::Value> values)
{
    for (const json::Value value : values)
        if (!value.text().empty())
            return value.text();
    return {};
}

json::Value usageOf(json::Value response, Api api)
{
    if (api == Api::Gemini)
        for (const std::string_view key : {"usageMetadata", "usage_metadata"})
            if (response[key].isObject())
                return response[key];
    if (api == Api::Cohere) // it counts more tokens than it bills
        return response[response["usage"].isObject() ? "usage" : "meta"]["billed_units"];
    return response["usage"];
}

std::string_view finishReasonOf(json::Value response)
{
    for (const std::string_view list : {"choices", "candidates"})
        for (const json::Value choice : response[list].array())
            if (const std::string_view reason = firstText({choice["finish_reason"], choice["finishReason"]});
                !reason.empty())
                return reason;
    return firstText({response["stop_reason"], response["stopReason"], response["incomplete_details"]["reason"]});
}

std::optional<Timestamp> timeOf(json::Value response)
{
    for (const std::string_view key : {"created", "created_at"}) {
        const auto seconds = response[key].integer();
        constexpr std::int64_t latest = 4'000'000'000;
        if (seconds && *seconds > 0 && *seconds < latest)
            return Timestamp(*seconds * 1'000'000);
    }
    return parseTimestamp(firstText({response["createTime"], response["created"]}));
}

} // namespace

Api apiOf(json::Value response)
{
    const json::Object object = response.object();
    const std::string_view kind = object["object"].text();
    const json::Value usage = object["usage"];
    if (object["usageMetadata"].isObject() || (object["usage_metadata"].isObject() && object["candidates"].isArray()))
        return Api::Gemini;
    if (usage["billed_units"].isObject() || object["meta"]["billed_units"].isObject())
        return Api::Cohere;
    if (!usage.isObject())
        return Api::Unknown;
    if (usage["total_input_tokens"].exists() && usage["total_output_tokens"].exists())
        return Api::Gemini; // its Interactions
    if (kind == "response" || (object["output"].isArray() && usage["input_tokens"].exists()))
        return Api::OpenAiResponses;
    if (object["type"].text() == "message" || (object["content"].isArray() && usage["input_tokens"].exists()))
        return Api::AnthropicMessages;
    if (usage["inputTokens"].exists() && (object["output"].isObject() || object["stopReason"].exists()))
        return Api::BedrockConverse;
    if (kind == "list" && object["data"].isArray())
        return Api::OpenAiEmbeddings;
    if (kind.starts_with("chat.completion") || kind == "text_completion" ||
        (object["choices"].isArray() && usage["prompt_tokens"].exists()))
        return Api::OpenAiChat;
    return Api::Unknown;
}

void addCacheDetails(json::Value usage, ObservedSpan& span)
{
    for (const json::Value part : usage["cacheDetails"].array()) {
        const auto tokens = facts::tokenCount(part["inputTokens"]);
        const std::string_view lifetime = part["ttl"].text();
        if (tokens && (lifetime == "1h" || lifetime == "5m"))
            span.reportedUsage.emplace_back(lifetime == "1h" ? "cacheDetails.1h" : "cacheDetails.5m", *tokens);
    }
}

void readResponseUsage(json::Value response, Api api, ObservedSpan& span, std::deque<std::string>& texts)
{
    const json::Value usage = usageOf(response, api);
    facts::addRawUsage(usage, span, texts);
    addCacheDetails(usage, span);
    UsageContext context;
    const bool isExclusive = api == Api::AnthropicMessages || api == Api::BedrockConverse;
    context.convention = isExclusive ? CacheConvention::Disjoint : CacheConvention::Inclusive;
    context.isEmbedding = api == Api::OpenAiEmbeddings;
    context.totalMayHoldReasoning = api == Api::Gemini;
    facts::bucketsOf(span, context);
}

bool readResponse(json::Value response, ObservedSpan& span, PromptSplitter& splitter, std::deque<std::string>& texts)
{
    const Api api = apiOf(response);
    if (api == Api::Unknown)
        return false;
    span.kind = api == Api::OpenAiEmbeddings ? SpanKind::Embedding : SpanKind::Llm;
    const auto take = [](std::string_view& mine, std::string_view theirs) {
        if (!theirs.empty())
            mine = theirs;
    };
    take(span.model, firstText({response["modelVersion"], response["model_version"], response["model"]}));
    take(span.responseId,
         firstText({response["responseId"], response["response_id"], response["generation_id"], response["id"]}));
    take(span.serviceTier,
         firstText({response["service_tier"], response["usage"]["service_tier"], response["serviceTier"]}));
    if (response["usage"]["speed"].text() == "fast")
        span.serviceTier = "fast";
    take(span.finishReason, finishReasonOf(response));
    if (span.provider.empty() && api == Api::AnthropicMessages)
        span.provider = "anthropic";
    if (span.provider.empty() && api == Api::BedrockConverse)
        span.provider = "aws.bedrock";
    if (span.provider.empty() && api == Api::Cohere)
        span.provider = "cohere";
    if (!span.start)
        span.start = timeOf(response);
    // Routers and search engines say what they charged: in dollars, alone or as the sum of its parts.
    if (const json::Value cost = response["usage"]["cost"]; cost.exists())
        span.reportedCost = facts::money(cost.isObject() ? cost["total_cost"] : cost);
    if (response["error"].isObject() || response["status"].text() == "failed")
        span.status = SpanStatus::Error;
    else if (span.status == SpanStatus::Unknown)
        span.status = SpanStatus::Ok;
    readResponseUsage(response, api, span, texts);
    splitter.splitOutput(response, span.blocks);
    return true;
}

void readRequest(json::Value request, ObservedSpan& span, PromptSplitter& splitter)
{
    if (!request.isObject())
        return;
    if (span.model.empty())
        span.model = request["model"].text();
    if (span.serviceTier.empty())
        span.serviceTier = request["service_tier"].text();
    splitter.splitInput(request, span.blocks);
    span.isPromptTruncated = splitter.sawTruncation();
}

} // namespace plumbline::providers
