// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/langsmith/run_reader.h"

#include "importers/facts/times.h"
#include "importers/langsmith/usage.h"
#include "model/core/feature_rules.h"

namespace plumbline::langsmith {

namespace {

constexpr int deepestRun = 100;
constexpr std::size_t mostKinds = 200'000;

std::string_view firstText(std::initializer_list<json::Value> values)
{
    for (const json::Value value : values)
        if (!value.text().empty())
            return value.text();
    return {};
}

bool isResponseId(std::string_view id)
{
    for (const std::string_view prefix : {"chatcmpl-", "msg_", "resp_", "cmpl-", "gen-"})
        if (id.starts_with(prefix))
            return true;
    return false;
}

std::string_view finishReasonOf(json::Value outputs, json::Value message)
{
    for (const json::Value choice : outputs["choices"].array())
        if (const std::string_view reason = choice["finish_reason"].text(); !reason.empty())
            return reason;
    for (const json::Value batch : outputs["generations"].array())
        for (const json::Value generation : batch.array())
            if (const std::string_view reason = firstText(
                    {generation["generation_info"]["finish_reason"], generation["generationInfo"]["finish_reason"]});
                !reason.empty())
                return reason;
    const json::Value facts = message["response_metadata"];
    return firstText({outputs["finish_reason"], outputs["stop_reason"], facts["finish_reason"], facts["stop_reason"],
                      facts["stopReason"]});
}

} // namespace

bool isRun(json::Value value)
{
    const json::Object object = value.object();
    if (object["run_type"].text().empty() || object["traceId"].exists())
        return false;
    return object["run_id"].exists()
               ? object["trace_id"].exists()
               : object["id"].exists() && (object["dotted_order"].exists() || object["session_id"].exists() ||
                                           object["project_id"].exists() || object["trace_id"].exists());
}

bool isFeedback(json::Value value)
{
    const json::Object object = value.object();
    return object["run_id"].exists() && !object["key"].text().empty() &&
           (object["score"].exists() || object["value"].exists());
}

void RunReader::begin()
{
    m_nested.clear();
    m_names.clear();
    m_splitter.begin();
}

Result<> RunReader::read(const input::Record& record, json::Value value, RecordSink& sink)
{
    begin();
    if (isFeedback(value))
        return readFeedback(value, sink);
    if (isRun(value))
        return readRun(value.object(), {}, sink);
    // Pages keep their cursor and third-party exports their own words beside the rows.
    if (record.container == "envelope") {
        const bool hasMore = !value["cursors"]["next"].text().empty() || !value["next_cursor"].text().empty();
        if (hasMore)
            sink.note("this is one page of an answer with more: import the next pages as well");
        return {};
    }
    // One line may be a whole page, and one export a list of nested traces.
    for (const std::string_view list : {"runs", "items", "traces"})
        if (const json::Array runs = value[list].array(); !runs.isEmpty()) {
            for (const json::Value run : runs)
                if (isRun(run))
                    TRY(readRun(run.object(), {}, sink));
                else
                    sink.skip("no LangSmith run");
            return {};
        }
    sink.skip(value.isObject() ? "no LangSmith run" : "not a JSON object");
    return {};
}

Result<> RunReader::readRun(json::Object object, const About& about, RecordSink& sink)
{
    // The children's texts would be the parent's: each run begins anew, and its own children come behind it.
    const Run run(object, m_nested);
    const std::string trace = run.trace().empty() ? std::string(about.trace) : run.trace();
    const std::string parent = run.parent().empty() ? std::string(about.parent) : run.parent();
    if (run.id().empty()) {
        sink.skip("a run without id");
        return {};
    }

    m_splitter.begin();
    std::vector<ObservedBlock> blocks = std::move(m_span.blocks);
    m_span = {};
    blocks.clear();
    m_span.blocks = std::move(blocks);
    ObservedSpan& span = m_span;
    const std::string ownTrace = trace.empty() ? run.id() : trace;
    span.traceId = ownTrace;
    span.spanId = run.id();
    span.parentId = parent;
    span.isPartial = about.isPartial;
    if (m_kinds.size() > mostKinds)
        m_kinds.clear();
    if (const auto kind = run.kind())
        span.kind = m_kinds.insert_or_assign(run.id(), *kind).first->second;
    else if (const auto known = m_kinds.find(run.id()); known != m_kinds.end())
        span.kind = known->second;
    span.name = run["name"].text();
    span.start = run.start();
    span.end = run.end();
    span.firstToken = run.firstToken();
    span.recordedAt = span.end ? span.end : span.start;
    span.status = run.status();
    span.statusMessage = run["error"].text();
    if (!span.start && !about.isPartial) {
        sink.skip("a run without start");
        return {};
    }
    readMetadata(run);
    // What an SDK calls the model's call names nobody's feature.
    if (parent.empty() && !isOperationName(span.name))
        span.traceName = span.name;
    // The end of a run whose beginning came before a restart does not say what it is: its beginning does, once both are
    // composed, and usage of what asked no model is nobody's.
    const bool isAnything = about.isPartial && span.kind == SpanKind::Other && !run.kind();
    const bool isModel = span.kind == SpanKind::Llm || span.kind == SpanKind::Embedding || isAnything;
    if (isModel) {
        readModel(run);
        readUsage(run, span, m_nested, m_names);
        span.reportedCost = reportedCost(run);
    }
    if (isModel || span.kind == SpanKind::Retriever || span.kind == SpanKind::Tool)
        readBlocks(run);
    TRY(sink.add(span));
    TRY(readFeedbackStats(run, sink));

    if (about.depth < deepestRun)
        for (const json::Value child : m_nested.unwrapped(run["child_runs"]).array())
            if (child.isObject())
                TRY(readRun(child.object(),
                            {.trace = ownTrace, .parent = run.id(), .isPartial = false, .depth = about.depth + 1},
                            sink));
    return {};
}

void RunReader::readModel(const Run& run)
{
    ObservedSpan& span = m_span;
    const json::Value outputs = run.outputs();
    const json::Value message = generatedMessage(outputs);
    const json::Value facts = message["response_metadata"];
    const json::Value invocation = run.extra()["invocation_params"];
    const auto model = [](json::Value holder) { return firstText({holder["model_name"], holder["model"]}); };
    for (const std::string_view name :
         {outputs["model"].text(), model(facts), model(outputs["llm_output"]), model(outputs["llmOutput"]),
          run.metadata()["ls_model_name"].text(), model(invocation), run.inputs()["model"].text()})
        if (span.model.empty())
            span.model = name;
    span.provider = run.metadata()["ls_provider"].text();
    span.serviceTier = firstText(
        {outputs["service_tier"], facts["service_tier"], invocation["service_tier"], run.inputs()["service_tier"]});
    for (const std::string_view id : {outputs["id"].text(), facts["id"].text(), message["id"].text()})
        if (span.responseId.empty() && isResponseId(id))
            span.responseId = id;
    span.finishReason = finishReasonOf(outputs, message);

    // What shapes an answer, as the run's metadata has it.
    std::string& parameters = m_names.emplace_back("{");
    for (const std::string_view key : {"ls_temperature", "ls_max_tokens", "ls_stop"}) {
        const json::Value value = run.metadata()[key];
        if (value.isNull())
            continue;
        if (parameters.size() > 1)
            parameters += ",";
        json::appendQuoted(parameters, key.substr(3));
        parameters += ":";
        value.appendCompact(parameters);
    }
    parameters += "}";
    if (parameters.size() > 2)
        span.parameters = parameters;
}

void RunReader::readBlocks(const Run& run)
{
    ObservedSpan& span = m_span;
    const json::Value extra = run.extra();
    m_splitter.splitInput(run.inputs(), span.blocks);
    for (const json::Value tools : {extra["invocation_params"]["tools"], extra["options"]["tools"]})
        m_splitter.splitToolDefinitions(tools, span.blocks);
    m_splitter.splitOutput(run.outputs(), span.blocks);
    span.isPromptTruncated = m_splitter.sawTruncation();
}

void RunReader::readMetadata(const Run& run)
{
    ObservedSpan& span = m_span;
    m_metadata.read(run.metadata(), m_nested);
    // Kept as a copy: children are read while their parent's texts are still in use.
    span.attributes = m_names.emplace_back(m_metadata.attributes());
    span.feature = m_metadata.feature();
    const auto kept = [this](std::string_view text) -> std::string_view {
        return text.empty() ? text : std::string_view(m_names.emplace_back(text));
    };
    span.user = kept(run.metadataText({"user_id", "userId", "user", "end_user", "ls_user_id"}));
    span.session = run["thread_id"].text();
    if (span.session.empty())
        span.session = kept(run.metadataText({"session_id", "thread_id", "conversation_id"}));
    span.environment = kept(run.metadataText({"environment", "env", "deployment_environment"}));
    span.release = kept(run.metadataText({"revision_id", "release", "LANGSMITH_REVISION_ID", "git_commit"}));
    span.promptName = kept(run.metadataText({"lc_hub_repo", "prompt_name"}));
    span.promptVersion = kept(run.metadataText({"lc_hub_commit_hash", "prompt_version"}));
    span.service = run["session_name"].text();

    m_tags = "[";
    for (const json::Value tag : m_nested.unwrapped(run["tags"]).array()) {
        const std::string_view text = tag.text();
        // LangChain marks the steps of its own sequences.
        if (text.empty() || text.starts_with("seq:step:") || text.starts_with("map:key:"))
            continue;
        if (span.feature.empty() && text.starts_with("feature:"))
            span.feature = text.substr(8);
        if (m_tags.size() > 1)
            m_tags += ",";
        json::appendQuoted(m_tags, text);
    }
    m_tags += "]";
    if (m_tags.size() > 2)
        span.tags = m_tags;
}

Result<> RunReader::readFeedbackStats(const Run& run, RecordSink& sink)
{
    for (const auto [key, stats] : m_nested.unwrapped(run["feedback_stats"]).object()) {
        const auto average = stats["avg"].number();
        if (!average)
            continue;
        const std::string id = run.id() + "/" + std::string(key);
        const std::string trace = run.trace().empty() ? run.id() : run.trace();
        TRY(sink.add(ObservedScore{
            .scoreId = id, .traceId = trace, .spanId = run.id(), .name = key, .value = *average, .time = run.end()}));
    }
    return {};
}

Result<> RunReader::readFeedback(json::Value value, RecordSink& sink)
{
    const std::string run = normalId(value["run_id"].text());
    std::string trace = normalId(value["trace_id"].text());
    if (run.empty()) {
        sink.skip("a feedback without run");
        return {};
    }
    if (trace.empty())
        trace = run; // right for feedback on roots, where most of it is given
    ObservedScore score{.scoreId = value["id"].text(), .traceId = trace, .spanId = run, .name = value["key"].text()};
    score.value = value["score"].number();
    if (!score.value)
        if (const auto truth = value["score"].boolean())
            score.value = *truth ? 1 : 0;
    if (!score.value)
        score.value = value["value"].number();
    score.text = value["value"].text();
    score.time = facts::timeOf(value["created_at"]);
    return sink.add(score);
}

} // namespace plumbline::langsmith
