// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/json_text.h"
#include "model/sample/langfuse_fields.h"
#include "model/sample/writers.h"

namespace plumbline {

namespace {

using namespace sample;

constexpr TimeStyle asDatabasesPrint{.joint = ' ', .digits = 6, .suffix = ""};

void appendRow(std::string& into, const SampleTrace& trace, const SampleSpan& span, std::string& scratch)
{
    JsonObject row(into);
    row.text("id", span.spanId);
    row.text("traceId", trace.traceId);
    row.text("traceName", trace.name);
    row.text("type", langfuseType(span.kind));
    row.text("name", span.name);
    row.time("startTime", span.start, asDatabasesPrint);
    row.time("endTime", span.end, asDatabasesPrint);
    if (span.firstToken)
        row.time("completionStartTime", *span.firstToken, asDatabasesPrint);
    else
        row.json("completionStartTime", "null");
    row.text("environment", trace.environment);
    row.text("version", "");
    row.text("userId", trace.user);
    row.text("sessionId", trace.session);
    row.text("level", langfuseLevel(span.status));
    row.text("statusMessage", span.statusMessage);
    row.text("promptName", span.promptName);
    row.text("promptId", "");
    if (span.promptVersion > 0)
        row.number("promptVersion", span.promptVersion);
    else
        row.json("promptVersion", "null");
    row.text("modelId", "");
    row.text("providedModelName", span.model);
    scratch.clear();
    appendParametersOrEmpty(scratch, span);
    row.text("modelParameters", scratch);
    appendUsageDetails(row.member("usageDetails"), span);
    appendCostDetails(row.member("costDetails"), span);
    row.json("totalCost", totalCostText(span));
    // Whatever it is, it is kept as a string: JSON is escaped a second time.
    scratch.clear();
    appendInput(scratch, trace, span);
    row.text("input", scratch);
    scratch.clear();
    appendOutput(scratch, trace, span);
    row.text("output", scratch);
    appendMetadata(row.member("metadata"), trace, span);
    row.number("latencyMs", (span.end.microseconds() - span.start.microseconds()) / 1000);
    if (span.firstToken)
        row.number("timeToFirstTokenMs", (span.firstToken->microseconds() - span.start.microseconds()) / 1000);
    else
        row.json("timeToFirstTokenMs", "null");
    appendTags(row.member("tags"), trace);
    row.text("release", trace.release);
    row.text("parentObservationId", span.parentId);
    row.json("comments", "[]");
}

} // namespace

void langfuse_writer::append(std::string& into, const SampleTrace& trace)
{
    std::string scratch;
    for (const SampleSpan& span : trace.spans) {
        appendRow(into, trace, span, scratch);
        into += '\n';
    }
}

} // namespace plumbline
