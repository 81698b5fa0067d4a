// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/otlp/facts.h"

#include <optional>

#include "model/core/ascii.h"

namespace plumbline::otlp {

namespace {

std::optional<SpanKind> kindNamed(std::string_view word)
{
    constexpr std::pair<std::string_view, SpanKind> kinds[] = {
        {"llm", SpanKind::Llm},
        {"chat", SpanKind::Llm},
        {"chat_model", SpanKind::Llm},
        {"generation", SpanKind::Llm},
        {"generate_content", SpanKind::Llm},
        {"generate", SpanKind::Llm},
        {"text_completion", SpanKind::Llm},
        {"completion", SpanKind::Llm},
        {"rerank", SpanKind::Llm},
        {"embedding", SpanKind::Embedding},
        {"embeddings", SpanKind::Embedding},
        {"retriever", SpanKind::Retriever},
        {"retrieval", SpanKind::Retriever},
        {"reranker", SpanKind::Retriever},
        {"tool", SpanKind::Tool},
        {"execute_tool", SpanKind::Tool},
        {"agent", SpanKind::Agent},
        {"invoke_agent", SpanKind::Agent},
        {"create_agent", SpanKind::Agent},
        {"chain", SpanKind::Chain},
        {"workflow", SpanKind::Chain},
        {"invoke_workflow", SpanKind::Chain},
        {"task", SpanKind::Chain},
        {"plan", SpanKind::Chain},
        {"prompt", SpanKind::Chain},
        {"parser", SpanKind::Chain},
        {"memory", SpanKind::Chain},
        {"guardrail", SpanKind::Chain},
        {"evaluator", SpanKind::Chain},
        {"step", SpanKind::Chain},
        {"span", SpanKind::Other},
        {"fetch_response", SpanKind::Other},
        {"event", SpanKind::Event},
    };
    if (word.empty() || word.size() > 32)
        return {};
    const std::string lower = lowerCase(word);
    for (const auto& [known, kind] : kinds)
        if (known == lower)
            return kind;
    return {};
}

/// `ai.streamText` sums up what its `ai.streamText.doStream` did. Older versions put the function's name behind it.
std::optional<SpanKind> kindOfAiOperation(std::string_view operation)
{
    operation = operation.substr(0, operation.find(' '));
    if (!operation.starts_with("ai."))
        return {};
    if (operation == "ai.toolCall")
        return SpanKind::Tool;
    if (operation.ends_with(".doEmbed"))
        return SpanKind::Embedding;
    if (operation.ends_with(".doGenerate") || operation.ends_with(".doStream") || operation.ends_with(".doRerank"))
        return SpanKind::Llm;
    return SpanKind::Chain;
}

std::string_view firstOf(std::initializer_list<std::string_view> texts)
{
    for (const std::string_view text : texts)
        if (!text.empty())
            return text;
    return {};
}

std::string_view orResource(const Attributes& attributes, const Attributes& resource, Attributes::Keys keys)
{
    return firstOf({attributes.text(keys), resource.text(keys)});
}

std::string_view finishReasonOf(const Attributes& attributes)
{
    const json::Value reasons = attributes.parsed("gen_ai.response.finish_reasons");
    for (const json::Value reason : reasons.array())
        if (!reason.text().empty())
            return reason.text();
    return firstOf({reasons.text(),
                    attributes.text({"gen_ai.response.finish_reason", "llm.finish_reason", "ai.response.finishReason",
                                     "gen_ai.completion.0.finish_reason", "llm.completions.0.finish_reason",
                                     "llm.response.finish_reason", "stop_reason"})});
}

std::string_view parametersOf(const Attributes& attributes)
{
    const json::Value whole =
        attributes.parsed({"langfuse.observation.model.parameters", "llm.invocation_parameters", "model_config"});
    if (!whole.object().isEmpty())
        return attributes.scratch().keep(whole.compact());
    std::string text = "{";
    for (const std::string_view prefix : {"gen_ai.request.", "ai.settings."}) {
        const auto range = attributes.withPrefix(prefix);
        for (const Attributes::Entry* entry = range.first; entry != range.second; ++entry) {
            const std::string_view name = entry->key.substr(prefix.size());
            if (name == "model" || name == "user" || name.starts_with("context."))
                continue;
            if (text.size() > 1)
                text.push_back(',');
            json::appendQuoted(text, name);
            text.push_back(':');
            appendPlain(text, entry->anyValue);
        }
    }
    text.push_back('}');
    return text.size() > 2 ? attributes.scratch().keep(std::move(text)) : std::string_view();
}

std::string_view tierOf(const Attributes& attributes, std::string_view parameters)
{
    const std::string_view tier =
        attributes.text({"openai.response.service_tier", "gen_ai.openai.response.service_tier",
                         "openai.request.service_tier", "gen_ai.openai.request.service_tier", "gen_ai.service_tier"});
    if (!tier.empty())
        return tier;
    if (attributes.text("speed") == "fast")
        return "fast";
    if (parameters.find("service_tier") == std::string_view::npos)
        return {};
    return attributes.scratch().parse(parameters)["service_tier"].text();
}

std::optional<Timestamp> firstTokenOf(const Attributes& attributes, std::optional<Timestamp> start)
{
    if (const auto stated = parseTimestamp(attributes.text("langfuse.observation.completion_start_time")))
        return stated;
    if (const auto seconds = attributes.number("gen_ai.response.time_to_first_chunk"))
        return later(start, *seconds * 1000);
    for (const std::string_view key : {"ai.response.msToFirstChunk", "ai.stream.msToFirstChunk", "ttft_ms"})
        if (const auto milliseconds = attributes.number(key))
            return later(start, *milliseconds);
    return {};
}

/// Beside the code that OTLP has, Langfuse's clients send a level.
SpanStatus statusOf(const Attributes& attributes, SpanStatus status)
{
    const std::string_view level = attributes.text("langfuse.observation.level");
    if (level == "ERROR" || (status == SpanStatus::Unknown && attributes.has("error.type")))
        return SpanStatus::Error;
    if (level == "WARNING" && status != SpanStatus::Error)
        return SpanStatus::Warning;
    return status;
}

/// The name of the whole that a span is a step of. An SDK's root is named after its operation; what the user calls it
/// stands beside.
std::string_view traceNameOf(const Attributes& attributes, const ObservedSpan& span)
{
    const std::string_view name =
        attributes.text({"langfuse.trace.name", "traceloop.workflow.name", "gen_ai.workflow.name", "mlflow.traceName"});
    if (!name.empty() || !span.parentId.empty())
        return name;
    // LangSmith's SDK calls every run's own name so.
    if (const std::string_view run = attributes.text("langsmith.trace.name"); !run.empty())
        return run;
    if (span.name.starts_with("ai."))
        return attributes.text({"ai.telemetry.functionId", "resource.name"});
    if (span.name.starts_with("invoke_agent"))
        return attributes.text("gen_ai.agent.name");
    return {};
}

} // namespace

SpanKind kindOf(const Attributes& attributes, std::string_view name)
{
    for (const std::string_view key :
         {"langfuse.observation.type", "langsmith.span.kind", "openinference.span.kind", "gen_ai.operation.name"})
        if (const auto kind = kindNamed(attributes.text(key)))
            return *kind;
    for (const std::string_view operation :
         {attributes.text("ai.operationId"), attributes.text("operation.name"), name})
        if (const auto kind = kindOfAiOperation(operation))
            return *kind;
    for (const std::string_view key : {"mlflow.spanType", "traceloop.span.kind", "llm.request.type"})
        if (const auto kind = kindNamed(attributes.text(key)))
            return *kind;
    if (name.starts_with("claude_code."))
        return name == "claude_code.llm_request"             ? SpanKind::Llm
               : name.starts_with("claude_code.tool")        ? SpanKind::Tool
               : name.starts_with("claude_code.interaction") ? SpanKind::Agent
                                                             : SpanKind::Other;
    if (attributes.has("gen_ai.tool.name") || attributes.has("gen_ai.tool.call.id"))
        return SpanKind::Tool;
    for (const std::string_view key : {"langfuse.observation.model.name", "gen_ai.request.model",
                                       "gen_ai.response.model", "llm.model_name", "mlflow.llm.model"})
        if (attributes.has(key))
            return SpanKind::Llm;
    return SpanKind::Other;
}

void readFacts(const Attributes& attributes, const Attributes& resource, const Instrumentation& instrumentation,
               ObservedSpan& span)
{
    const bool isClaudeCode = instrumentation.isClaudeCode() || span.name.starts_with("claude_code.");
    span.kind = kindOf(attributes, span.name);
    span.model =
        attributes.text({"langfuse.observation.model.name", "langfuse.observation.model", "gen_ai.response.model",
                         "llm.response.model", "llm.response.model_name", "ai.response.model", "gen_ai.request.model",
                         "ai.model.id", "llm.request.model_name", "llm.request.model", "llm.model_name",
                         "embedding.model_name", "reranker.model_name", "mlflow.llm.model"});
    span.provider = attributes.text({"gen_ai.provider.name", "llm.provider", "mlflow.llm.provider", "gen_ai.system",
                                     "ai.model.provider", "llm.system", "llm.vendor"});
    span.responseId = attributes.text({"gen_ai.response.id", "ai.response.id", "llm.response.id"});
    if (isClaudeCode) {
        span.model = firstOf({span.model, attributes.text("model")});
        span.provider = firstOf({span.provider, "anthropic"});
        span.responseId = firstOf({span.responseId, attributes.text("request_id")});
    }
    span.parameters = parametersOf(attributes);
    span.serviceTier = tierOf(attributes, span.parameters);
    span.finishReason = finishReasonOf(attributes);
    span.firstToken = firstTokenOf(attributes, span.start);
    span.status = statusOf(attributes, span.status);
    span.statusMessage = firstOf({attributes.text("langfuse.observation.status_message"), span.statusMessage,
                                  attributes.text({"exception.message", "error.message"})});
    if (span.status == SpanStatus::Error && span.statusMessage.empty())
        span.statusMessage = attributes.text("error.type");

    span.traceName = traceNameOf(attributes, span);
    span.environment = orResource(
        attributes, resource,
        {"langfuse.environment", "deployment.environment.name", "deployment.environment", "gen_ai.environment"});
    span.release = orResource(attributes, resource, {"langfuse.release", "service.version"});
    span.version = orResource(attributes, resource, {"langfuse.version"});
    span.service =
        firstOf({resource.text("service.name"), attributes.text("service.name"),
                 orResource(attributes, resource, {"gen_ai.application_name", "openinference.project.name"})});
    span.user = orResource(attributes, resource,
                           {"langfuse.user.id", "user.id", "enduser.id", "ai.telemetry.metadata.userId",
                            "ai.settings.context.userId", "traceloop.association.properties.user_id",
                            "traceloop.association.properties.userId", "langfuse.observation.metadata.langfuse_user_id",
                            "langfuse.trace.metadata.langfuse_user_id", "langsmith.metadata.user_id",
                            "gen_ai.request.user", "mlflow.trace.user", "user.email"});
    span.session =
        orResource(attributes, resource,
                   {"langfuse.session.id", "session.id", "gen_ai.conversation.id", "ai.telemetry.metadata.sessionId",
                    "ai.settings.context.sessionId", "traceloop.association.properties.session_id",
                    "traceloop.association.properties.sessionId", "langfuse.observation.metadata.langfuse_session_id",
                    "langfuse.trace.metadata.langfuse_session_id", "langsmith.metadata.session_id",
                    "langsmith.metadata.thread_id", "langsmith.metadata.conversation_id", "mlflow.trace.session"});
    const json::Value prompt = attributes.parsed("ai.telemetry.metadata.langfusePrompt");
    span.promptName = firstOf({attributes.text({"langfuse.observation.prompt.name", "langfuse.prompt.name",
                                                "gen_ai.prompt.name", "traceloop.prompt.key"}),
                               prompt["name"].text()});
    span.promptVersion =
        attributes.text({"langfuse.observation.prompt.version", "langfuse.prompt.version", "gen_ai.prompt.version",
                         "traceloop.prompt.version", "llm.prompt_template.version"});
    if (span.promptVersion.empty() && prompt["version"].exists())
        span.promptVersion = textOf(prompt["version"], attributes.scratch());
}

} // namespace plumbline::otlp
