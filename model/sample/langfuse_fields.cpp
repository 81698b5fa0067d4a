// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/langfuse_fields.h"

#include "model/sample/chat_json.h"
#include "model/sample/json_text.h"

namespace plumbline::sample {

namespace {

void appendDocuments(std::string& into, const SampleSpan& span)
{
    JsonArray documents(into);
    int rank = 0;
    for (const SampleBlock& block : span.output) {
        JsonObject document(documents.element());
        document.text("id", block.documentId);
        appendHundredths(document.member("score"), 92 - 3 * rank++);
        document.text("text", block.text->text);
    }
}

} // namespace

std::string_view langfuseType(SpanKind kind)
{
    switch (kind) {
    case SpanKind::Other:
        return "SPAN";
    case SpanKind::Llm:
        return "GENERATION";
    case SpanKind::Embedding:
        return "EMBEDDING";
    case SpanKind::Retriever:
        return "RETRIEVER";
    case SpanKind::Tool:
        return "TOOL";
    case SpanKind::Agent:
        return "AGENT";
    case SpanKind::Chain:
        return "CHAIN";
    case SpanKind::Event:
        return "EVENT";
    }
    return "SPAN";
}

std::string_view langfuseLevel(SpanStatus status)
{
    return status == SpanStatus::Error ? "ERROR" : status == SpanStatus::Warning ? "WARNING" : "DEFAULT";
}

void appendUsageDetails(std::string& into, const SampleSpan& span)
{
    JsonObject details(into);
    if (!span.usage.isKnown())
        return;
    const bool isAnthropic = span.provider == "anthropic";
    details.number("input", *span.usage.uncachedInput);
    if (span.usage.cacheRead)
        details.number(isAnthropic ? "cache_read_input_tokens" : "input_cached_tokens", *span.usage.cacheRead);
    if (span.usage.cacheWrite5m)
        details.number("cache_creation_input_tokens", *span.usage.cacheWrite5m);
    if (span.usage.visibleOutput)
        details.number("output", *span.usage.visibleOutput);
    if (span.usage.reasoning)
        details.number("output_reasoning_tokens", *span.usage.reasoning);
    details.number("total", tokensOf(span.usage).total());
}

void appendCostDetails(std::string& into, const SampleSpan& span)
{
    JsonObject details(into);
    if (span.cost)
        details.json("total", totalCostText(span));
}

std::string totalCostText(const SampleSpan& span)
{
    return span.cost ? decimalText(*span.cost) : "0";
}

void appendTags(std::string& into, const SampleTrace& trace)
{
    JsonArray tags(into);
    for (const std::string& tag : trace.tags)
        appendJsonString(tags.element(), tag);
}

void appendParametersOrEmpty(std::string& into, const SampleSpan& span)
{
    if (span.isCall())
        appendParameters(into, span);
    else
        into += "{}";
}

void appendMetadata(std::string& into, const SampleTrace& trace, const SampleSpan& span)
{
    JsonObject metadata(into);
    metadata.text("feature", trace.feature);
    if (!trace.tenant.empty())
        metadata.text("tenant", trace.tenant);
    if (!trace.team.empty())
        metadata.text("team", trace.team);
    if (!span.finishReason.empty())
        metadata.text("finish_reason", span.finishReason);
    if (!span.responseId.empty())
        metadata.text("response_id", span.responseId);
}

Payload appendInput(std::string& into, const SampleTrace& trace, const SampleSpan& span)
{
    if (!trace.hasBodies || span.input.empty())
        return Payload::None;
    const SampleBlock& first = span.input.front();
    switch (span.kind) {
    case SpanKind::Llm: {
        JsonObject input(into);
        appendMessages(input.member("messages"), span.input);
        if (hasToolDefinitions(span))
            appendToolDefinitions(input.member("tools"), span.input);
        return Payload::Json;
    }
    case SpanKind::Tool:
        into += first.text->text; // arguments are JSON
        return Payload::Json;
    default:
        into += first.text->text;
        return Payload::Text;
    }
}

Payload appendOutput(std::string& into, const SampleTrace& trace, const SampleSpan& span)
{
    if (!trace.hasBodies || span.output.empty())
        return Payload::None;
    switch (span.kind) {
    case SpanKind::Llm:
        appendAnswer(into, span);
        return Payload::Json;
    case SpanKind::Retriever:
        appendDocuments(into, span);
        return Payload::Json;
    default:
        into += span.output.front().text->text;
        return Payload::Text;
    }
}

} // namespace plumbline::sample
