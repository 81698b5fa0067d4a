// SPDX-License-Identifier: GPL-3.0-or-later
#include <optional>
#include <vector>

#include "model/sample/chat_json.h"
#include "model/sample/json_text.h"
#include "model/sample/writers.h"

namespace plumbline {

namespace {

using namespace sample;

constexpr TimeStyle iso{.joint = 'T', .digits = 6, .suffix = "Z"};

/// A span's id and half of its trace's make the 32 digits of a run's id.
std::string runId(const SampleTrace& trace, std::string_view spanId)
{
    std::string id(spanId);
    id.append(trace.traceId, 16, 16);
    for (const std::size_t dash : {8, 13, 18, 23})
        id.insert(dash, 1, '-');
    return id;
}

/// `20260820T100000120000Z`, then the run's id: how LangSmith orders the runs of a trace.
std::string orderKey(const SampleSpan& span, const std::string& id)
{
    std::string time;
    appendTime(time, span.start, iso);
    std::erase_if(time, [](char c) { return c == '-' || c == ':' || c == '.'; });
    return time + id;
}

std::string_view runType(SpanKind kind)
{
    switch (kind) {
    case SpanKind::Llm:
        return "llm";
    case SpanKind::Embedding:
        return "embedding";
    case SpanKind::Retriever:
        return "retriever";
    case SpanKind::Tool:
        return "tool";
    default:
        return "chain";
    }
}

/// A run with what it and its descendants add up to.
struct Run
{
    std::string id = {};
    std::string order = {};
    std::optional<std::size_t> parent = {};
    SampleTokens tokens = {};
    MoneySum cost = {};
};

/// Of each span, in their order: parents stand before their children.
std::vector<Run> runsOf(const SampleTrace& trace)
{
    std::vector<Run> runs;
    for (const SampleSpan& span : trace.spans) {
        Run run{.id = runId(trace, span.spanId)};
        run.tokens = tokensOf(span.usage);
        run.cost = span.cost.value_or(Money());
        run.order = orderKey(span, run.id);
        for (std::size_t i = runs.size(); i-- > 0 && !run.parent;)
            if (trace.spans[i].spanId == span.parentId)
                run.parent = i;
        if (run.parent)
            run.order = runs[*run.parent].order + '.' + run.order;
        runs.push_back(std::move(run));
    }
    for (std::size_t i = runs.size(); i-- > 1;) {
        if (!runs[i].parent)
            continue;
        runs[*runs[i].parent].tokens += runs[i].tokens;
        runs[*runs[i].parent].cost += runs[i].cost;
    }
    return runs;
}

/// LangSmith's input counts what was cached; the parts stand beside it.
void appendUsage(std::string& into, const SampleSpan& call)
{
    const SampleTokens tokens = tokensOf(call.usage);
    JsonObject usage(into);
    usage.number("input_tokens", tokens.input());
    usage.number("output_tokens", tokens.visibleOutput + tokens.reasoning);
    usage.number("total_tokens", tokens.total());
    if (call.usage.cacheRead) {
        JsonObject details(usage.member("input_token_details"));
        details.number("cache_read", tokens.cacheRead);
        if (call.usage.cacheWrite5m)
            details.number("cache_creation", tokens.cacheWrite);
    }
    if (call.usage.reasoning) {
        JsonObject details(usage.member("output_token_details"));
        details.number("reasoning", tokens.reasoning);
    }
}

void appendInputs(std::string& into, const SampleTrace& trace, const SampleSpan& span)
{
    JsonObject inputs(into);
    if (span.isCall())
        inputs.text("model", span.requestModel);
    if (!trace.hasBodies || span.input.empty())
        return;
    const std::string& first = span.input.front().text->text;
    switch (span.kind) {
    case SpanKind::Llm:
        appendMessages(inputs.member("messages"), span.input);
        if (hasToolDefinitions(span))
            appendToolDefinitions(inputs.member("tools"), span.input);
        if (span.temperaturePercent)
            appendHundredths(inputs.member("temperature"), *span.temperaturePercent);
        if (span.maxTokens > 0)
            inputs.number("max_tokens", span.maxTokens);
        return;
    case SpanKind::Tool:
        inputs.json("input", first); // arguments are JSON
        return;
    case SpanKind::Retriever:
        inputs.text("query", first);
        return;
    default:
        inputs.text("input", first);
    }
}

void appendDocuments(std::string& into, const SampleSpan& span)
{
    JsonArray documents(into);
    for (const SampleBlock& block : span.output) {
        JsonObject document(documents.element());
        document.text("page_content", block.text->text);
        document.json("type", "\"Document\"");
        JsonObject metadata(document.member("metadata"));
        metadata.text("id", block.documentId);
    }
}

void appendOutputs(std::string& into, const SampleTrace& trace, const SampleSpan& span)
{
    JsonObject outputs(into);
    if (span.isCall() && span.usage.isKnown())
        appendUsage(outputs.member("usage_metadata"), span);
    if (span.kind == SpanKind::Llm && span.isBilled) {
        outputs.text("id", span.responseId);
        outputs.text("model", span.model);
    }
    if (!trace.hasBodies || span.output.empty())
        return;
    if (span.kind == SpanKind::Llm) {
        JsonArray choices(outputs.member("choices"));
        JsonObject choice(choices.element());
        choice.number("index", 0);
        choice.text("finish_reason", span.finishReason);
        appendAnswer(choice.member("message"), span);
    } else if (span.kind == SpanKind::Retriever) {
        appendDocuments(outputs.member("documents"), span);
    } else {
        outputs.text("output", span.output.front().text->text);
    }
}

void appendMetadata(std::string& into, const SampleTrace& trace, const SampleSpan& span)
{
    JsonObject metadata(into);
    metadata.text("feature", trace.feature);
    metadata.text("tenant", trace.tenant);
    metadata.text("team", trace.team);
    metadata.text("environment", trace.environment);
    metadata.text("revision_id", trace.release);
    if (!trace.user.empty())
        metadata.text("user_id", trace.user);
    if (!trace.session.empty())
        metadata.text("thread_id", trace.session);
    if (!span.isCall())
        return;
    metadata.text("ls_provider", span.provider == "google" ? "google_genai" : span.provider);
    metadata.text("ls_model_name", span.requestModel);
    metadata.json("ls_model_type", "\"chat\"");
    if (!span.promptName.empty())
        metadata.text("prompt_name", span.promptName);
    if (span.promptVersion > 0)
        metadata.number("prompt_version", span.promptVersion);
    if (!span.finishReason.empty())
        metadata.text("finish_reason", span.finishReason);
    if (span.temperaturePercent)
        appendHundredths(metadata.member("ls_temperature"), *span.temperaturePercent);
    if (span.maxTokens > 0)
        metadata.number("ls_max_tokens", span.maxTokens);
    if (!span.reasoningEffort.empty() || !span.serviceTier.empty()) {
        JsonObject parameters(metadata.member("ls_invocation_params"));
        if (!span.reasoningEffort.empty())
            parameters.text("reasoning_effort", span.reasoningEffort);
        if (!span.serviceTier.empty())
            parameters.text("service_tier", span.serviceTier);
    }
    if (span.usage.isKnown())
        appendUsage(metadata.member("usage_metadata"), span);
}

void appendRow(std::string& into, const SampleTrace& trace, std::size_t index, const std::vector<Run>& runs)
{
    const SampleSpan& span = trace.spans[index];
    const Run& run = runs[index];
    const bool hasFailed = span.status == SpanStatus::Error || span.finishReason == "cancelled";
    JsonObject row(into);
    row.text("id", run.id);
    row.text("name", span.name);
    row.text("run_type", runType(span.kind));
    row.time("start_time", span.start, iso);
    row.time("end_time", span.end, iso);
    row.json("status", hasFailed ? "\"error\"" : "\"success\"");
    row.textOrNull("error", hasFailed ? span.statusMessage : std::string_view());
    appendInputs(row.member("inputs"), trace, span);
    appendOutputs(row.member("outputs"), trace, span);
    {
        JsonObject extra(row.member("extra"));
        appendMetadata(extra.member("metadata"), trace, span);
        extra.json("runtime", R"({"sdk":"langsmith-py","library":"langsmith","runtime":"python"})");
    }
    row.json("events", "[]");
    {
        JsonArray tags(row.member("tags"));
        for (const std::string& tag : trace.tags)
            appendJsonString(tags.element(), tag);
    }
    row.text("trace_id", runs.front().id);
    row.text("dotted_order", run.order);
    row.textOrNull("parent_run_id", run.parent ? std::string_view(runs[*run.parent].id) : std::string_view());
    row.json("session_id", "\"5f0c6d1e-7f1b-4c55-9e0a-3b1f7f0d2a11\""); // the project, which exports call session
    row.json("reference_example_id", "null");
    row.json("feedback_stats", "{}");
    row.number("prompt_tokens", run.tokens.input());
    row.number("completion_tokens", run.tokens.visibleOutput + run.tokens.reasoning);
    row.number("total_tokens", run.tokens.total());
    row.text("total_cost", decimalText(run.cost));
    if (span.firstToken)
        row.time("first_token_time", *span.firstToken, iso);
    else
        row.json("first_token_time", "null");
}

} // namespace

void langsmith_writer::append(std::string& into, const SampleTrace& trace)
{
    const std::vector<Run> runs = runsOf(trace);
    for (std::size_t i = 0; i < trace.spans.size(); ++i) {
        appendRow(into, trace, i, runs);
        into += '\n';
    }
}

} // namespace plumbline
