// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <span>

#include "model/sample/chat_json.h"
#include "model/sample/json_text.h"
#include "model/sample/writers.h"

namespace plumbline {

namespace {

using namespace sample;

/// OpenTelemetry's list of named values.
class Attributes
{
public:
    Attributes(std::string& into, std::string& scratch) : m_array(into), m_scratch(scratch) {}

    void text(std::string_view key, std::string_view value)
    {
        if (!value.empty())
            appendJsonString(open(key, "stringValue"), value).append("}}");
    }
    void number(std::string_view key, std::int64_t value)
    {
        std::string& into = open(key, "intValue");
        into += '"'; // 64-bit integers are strings in protobuf's JSON
        appendNumber(into, value);
        into += "\"}}";
    }
    void decimal(std::string_view key, int hundredths)
    {
        std::string& into = open(key, "doubleValue");
        appendHundredths(into, hundredths);
        into += "}}";
    }
    void texts(std::string_view key, std::span<const std::string> values)
    {
        std::string& into = open(key, "arrayValue");
        into += R"({"values":[)";
        for (const std::string& value : values) {
            into.append(&value == values.data() ? "" : ",").append(R"({"stringValue":)");
            appendJsonString(into, value) += '}';
        }
        into += "]}}}";
    }
    /// A value that is JSON, kept as a string: attributes cannot be nested where most SDKs are.
    template <class Append>
    void json(std::string_view key, const Append& append)
    {
        m_scratch.clear();
        append(m_scratch);
        text(key, m_scratch);
    }

private:
    static std::string& appendJsonString(std::string& into, std::string_view text)
    {
        sample::appendJsonString(into, text);
        return into;
    }
    std::string& open(std::string_view key, std::string_view type)
    {
        std::string& into = m_array.element();
        into.append(R"({"key":")").append(key).append(R"(","value":{")").append(type).append("\":");
        return into;
    }

    JsonArray m_array;
    std::string& m_scratch;
};

void appendPart(std::string& into, const SampleBlock& block)
{
    JsonObject part(into);
    switch (block.kind) {
    case BlockKind::ToolCall:
        part.json("type", "\"tool_call\"");
        part.text("id", block.toolCallId);
        part.text("name", block.toolName);
        part.json("arguments", block.text->text);
        return;
    case BlockKind::ToolResult:
        part.json("type", "\"tool_call_response\"");
        part.text("id", block.toolCallId);
        part.text("response", block.text->text);
        return;
    default:
        part.json("type", "\"text\"");
        part.text("content", block.text->text);
    }
}

/// `[{"role","parts":[…]},…]` of everything that is neither a tool definition nor the system prompt.
void appendConversation(std::string& into, std::span<const SampleBlock> blocks, std::string_view finishReason)
{
    JsonArray messages(into);
    std::size_t begin = 0;
    while (begin < blocks.size() && blocks[begin].role == BlockRole::System)
        ++begin;
    while (begin < blocks.size()) {
        const std::uint16_t number = blocks[begin].message;
        JsonObject message(messages.element());
        message.text("role", idOf(blocks[begin].role));
        {
            JsonArray parts(message.member("parts"));
            for (; begin < blocks.size() && blocks[begin].message == number; ++begin)
                appendPart(parts.element(), blocks[begin]);
        }
        if (!finishReason.empty())
            message.text("finish_reason", finishReason);
    }
}

void appendInstructions(std::string& into, const SampleSpan& call)
{
    JsonArray parts(into);
    for (const SampleBlock& block : call.input)
        if (block.role == BlockRole::System && block.kind == BlockKind::Text)
            appendPart(parts.element(), block);
}

void appendTools(std::string& into, const SampleSpan& call)
{
    JsonArray tools(into);
    for (const SampleBlock& block : call.input)
        if (block.kind == BlockKind::ToolDefinition) // {"name",… becomes {"type":"function","name",…
            tools.element().append(R"({"type":"function",)").append(block.text->text, 1);
}

void callAttributes(Attributes& attributes, const SampleTrace& trace, const SampleSpan& call)
{
    const bool isLlm = call.kind == SpanKind::Llm;
    attributes.text("gen_ai.operation.name", isLlm ? "chat" : "embeddings");
    attributes.text("gen_ai.provider.name", call.provider == "google" ? "gcp.gemini" : call.provider);
    attributes.text("gen_ai.request.model", call.requestModel);
    if (call.isBilled)
        attributes.text("gen_ai.response.model", call.model);
    attributes.text("gen_ai.response.id", call.responseId);
    if (!call.finishReason.empty())
        attributes.texts("gen_ai.response.finish_reasons", std::array{std::string(call.finishReason)});
    if (call.temperaturePercent)
        attributes.decimal("gen_ai.request.temperature", *call.temperaturePercent);
    if (call.maxTokens > 0)
        attributes.number("gen_ai.request.max_tokens", call.maxTokens);
    attributes.text("gen_ai.request.reasoning.level", call.reasoningEffort);
    attributes.text("openai.response.service_tier", call.serviceTier);
    attributes.text("gen_ai.prompt.name", call.promptName);
    if (call.promptVersion > 0)
        attributes.text("gen_ai.prompt.version", std::to_string(call.promptVersion));
    if (call.firstToken)
        attributes.decimal("gen_ai.response.time_to_first_chunk",
                           static_cast<int>((call.firstToken->microseconds() - call.start.microseconds()) / 10'000));
    if (call.usage.isKnown()) {
        const SampleTokens tokens = tokensOf(call.usage);
        attributes.number("gen_ai.usage.input_tokens", tokens.input());
        if (call.usage.cacheRead)
            attributes.number("gen_ai.usage.cache_read.input_tokens", tokens.cacheRead);
        if (call.usage.cacheWrite5m)
            attributes.number("gen_ai.usage.cache_creation.input_tokens", tokens.cacheWrite);
        if (isLlm)
            attributes.number("gen_ai.usage.output_tokens", tokens.visibleOutput + tokens.reasoning);
        if (call.usage.reasoning)
            attributes.number("gen_ai.usage.reasoning.output_tokens", tokens.reasoning);
    }
    if (!trace.hasBodies)
        return;
    if (isLlm)
        attributes.json("gen_ai.system_instructions", [&](std::string& json) { appendInstructions(json, call); });
    attributes.json("gen_ai.input.messages", [&](std::string& json) { appendConversation(json, call.input, {}); });
    if (!call.output.empty())
        attributes.json("gen_ai.output.messages",
                        [&](std::string& json) { appendConversation(json, call.output, call.finishReason); });
    if (hasToolDefinitions(call))
        attributes.json("gen_ai.tool.definitions", [&](std::string& json) { appendTools(json, call); });
}

void stepAttributes(Attributes& attributes, const SampleTrace& trace, const SampleSpan& span)
{
    const bool hasInput = trace.hasBodies && !span.input.empty();
    const bool hasOutput = trace.hasBodies && !span.output.empty();
    switch (span.kind) {
    case SpanKind::Agent:
        attributes.text("gen_ai.operation.name", "invoke_agent");
        attributes.text("gen_ai.agent.name", span.name);
        return;
    case SpanKind::Tool:
        attributes.text("gen_ai.operation.name", "execute_tool");
        attributes.text("gen_ai.tool.name", span.name);
        if (!span.output.empty())
            attributes.text("gen_ai.tool.call.id", span.output.front().toolCallId);
        if (hasInput)
            attributes.text("gen_ai.tool.call.arguments", span.input.front().text->text);
        if (hasOutput)
            attributes.text("gen_ai.tool.call.result", span.output.front().text->text);
        return;
    case SpanKind::Retriever:
        attributes.text("gen_ai.operation.name", "retrieval");
        if (hasInput)
            attributes.text("gen_ai.retrieval.query.text", span.input.front().text->text);
        if (hasOutput)
            attributes.json("gen_ai.retrieval.documents", [&](std::string& json) {
                JsonArray documents(json);
                for (const SampleBlock& block : span.output) {
                    JsonObject document(documents.element());
                    document.text("id", block.documentId);
                    document.text("content", block.text->text);
                }
            });
        return;
    default:
        attributes.text("gen_ai.operation.name", span.kind == SpanKind::Chain ? "invoke_workflow" : "");
    }
}

void appendSpan(std::string& into, const SampleTrace& trace, const SampleSpan& span, std::string& scratch)
{
    JsonObject row(into);
    row.text("traceId", trace.traceId);
    row.text("spanId", span.spanId);
    if (!span.parentId.empty())
        row.text("parentSpanId", span.parentId);
    row.text("name", span.name);
    row.number("kind", span.isCall() ? 3 : 1); // client, internal
    row.text("startTimeUnixNano", std::to_string(span.start.microseconds() * 1000));
    row.text("endTimeUnixNano", std::to_string(span.end.microseconds() * 1000));
    {
        Attributes attributes(row.member("attributes"), scratch);
        attributes.text("feature", trace.feature);
        attributes.text("tenant", trace.tenant);
        attributes.text("team", trace.team);
        attributes.text("user.id", trace.user);
        attributes.text("session.id", trace.session);
        attributes.text("gen_ai.conversation.id", trace.session);
        if (span.parentId.empty())
            attributes.texts("tags", trace.tags);
        if (span.isCall())
            callAttributes(attributes, trace, span);
        else
            stepAttributes(attributes, trace, span);
        if (span.status == SpanStatus::Error)
            attributes.text("error.type", span.isBilled ? "timeout" : "429");
        else if (span.finishReason == "cancelled")
            attributes.text("error.type", "cancelled");
    }
    JsonObject status(row.member("status"));
    if (span.status == SpanStatus::Error || span.status == SpanStatus::Warning) {
        status.number("code", 2);
        status.text("message", span.statusMessage);
    }
}

} // namespace

void otlp_writer::append(std::string& into, const SampleTrace& trace)
{
    std::string scratch;
    into += R"({"resourceSpans":[{"resource":{"attributes":)";
    {
        Attributes resource(into, scratch);
        resource.text("service.name", "northfell-assistants");
        resource.text("service.version", trace.release);
        resource.text("deployment.environment.name", trace.environment);
    }
    into += R"(},"scopeSpans":[{"scope":{"name":"northfell.telemetry","version":"1.4"},"spans":)";
    {
        JsonArray spans(into);
        for (const SampleSpan& span : trace.spans)
            appendSpan(spans.element(), trace, span, scratch);
    }
    into += "}]}]}\n";
}

} // namespace plumbline
