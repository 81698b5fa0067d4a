// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/json_text.h"
#include "model/sample/langfuse_fields.h"
#include "model/sample/writers.h"

namespace plumbline {

namespace {

using namespace sample;

constexpr TimeStyle iso{.joint = 'T', .digits = 3, .suffix = "Z"};
constexpr TimeStyle asDatabasesPrint{.joint = ' ', .digits = 3, .suffix = ""};

/// Microseconds as seconds.
void seconds(JsonObject& row, std::string_view name, std::int64_t microseconds)
{
    row.json(name, decimalText(Money(microseconds * 1'000'000)));
}

template <class Append>
void payload(JsonObject& row, std::string_view name, std::string& scratch, const Append& append)
{
    std::string& into = row.member(name);
    scratch.clear();
    switch (append(scratch)) {
    case Payload::None:
        into += "null";
        return;
    case Payload::Text:
        appendJsonString(into, scratch);
        return;
    case Payload::Json:
        into += scratch;
        return;
    }
}

void nulls(JsonObject& row, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names)
        row.json(name, "null");
}

void appendRow(std::string& into, const SampleTrace& trace, const SampleSpan& span, std::string& scratch)
{
    const SampleTokens tokens = tokensOf(span.usage);
    JsonObject row(into);
    row.text("id", span.spanId);
    row.text("traceId", trace.traceId);
    row.time("startTime", span.start, iso);
    row.time("endTime", span.end, iso);
    row.text("projectId", "northfell");
    row.textOrNull("parentObservationId", span.parentId);
    row.text("type", langfuseType(span.kind));
    row.text("environment", trace.environment);
    row.text("name", span.name);
    row.text("level", langfuseLevel(span.status));
    row.textOrNull("statusMessage", span.statusMessage);
    row.json("version", "null");
    row.time("createdAt", span.end, iso);
    row.time("updatedAt", span.end, iso);
    payload(row, "input", scratch, [&](std::string& json) { return appendInput(json, trace, span); });
    payload(row, "output", scratch, [&](std::string& json) { return appendOutput(json, trace, span); });
    appendMetadata(row.member("metadata"), trace, span);
    row.textOrNull("model", span.model);
    row.json("internalModelId", "null");
    appendParametersOrEmpty(row.member("modelParameters"), span);
    if (span.firstToken)
        row.time("completionStartTime", *span.firstToken, iso);
    else
        row.json("completionStartTime", "null");
    row.json("promptId", "null");
    row.textOrNull("promptName", span.promptName);
    row.json("promptVersion", span.promptVersion > 0 ? std::to_string(span.promptVersion) : "null");
    seconds(row, "latency", span.end.microseconds() - span.start.microseconds());
    if (span.firstToken)
        seconds(row, "timeToFirstToken", span.firstToken->microseconds() - span.start.microseconds());
    else
        row.json("timeToFirstToken", "null");
    appendUsageDetails(row.member("providedUsageDetails"), span);
    appendUsageDetails(row.member("usageDetails"), span);
    appendCostDetails(row.member("costDetails"), span);
    row.json("providedCostDetails", "{}");
    nulls(row, {"inputCost", "outputCost"});
    row.json("totalCost", totalCostText(span));
    row.number("inputUsage", tokens.input());
    row.number("outputUsage", tokens.visibleOutput + tokens.reasoning);
    row.number("totalUsage", tokens.total());
    nulls(row, {"usagePricingTierId", "usagePricingTierName", "toolDefinitions", "toolCalls", "toolCallNames"});
    row.text("traceName", trace.name);
    appendTags(row.member("traceTags"), trace);
    row.time("traceTimestamp", trace.spans.front().start, asDatabasesPrint);
    row.textOrNull("userId", trace.user);
    nulls(row, {"toolDefinitionsCount", "toolCallsCount", "modelId", "inputPrice", "outputPrice", "totalPrice"});
    row.json("comments", "[]");
}

} // namespace

void langfuse_observations_writer::append(std::string& into, const SampleTrace& trace)
{
    std::string scratch;
    for (const SampleSpan& span : trace.spans) {
        appendRow(into, trace, span, scratch);
        into += '\n';
    }
}

} // namespace plumbline
