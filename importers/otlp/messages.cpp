// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/otlp/messages.h"

#include "importers/otlp/indexed.h"

namespace plumbline::otlp {

namespace {

constexpr std::string_view choice = "gen_ai.choice";

/// The speaker in the name of an event: `gen_ai.user.message`.
std::string_view roleIn(std::string_view eventName)
{
    constexpr std::string_view before = "gen_ai.";
    constexpr std::string_view behind = ".message";
    if (!eventName.starts_with(before) || !eventName.ends_with(behind) ||
        eventName.size() <= before.size() + behind.size())
        return {};
    const std::string_view role = eventName.substr(before.size(), eventName.size() - before.size() - behind.size());
    for (const std::string_view known : {"system", "user", "assistant", "tool", "developer"})
        if (role == known)
            return role;
    return {};
}

bool isSaid(json::Value value)
{
    return !value.isNull() && !(value.isString() && value.text().empty()) &&
           !(value.isArray() && value.array().isEmpty());
}

/// What an event says: its body, or the attributes that stood for it before there were bodies.
json::Value contentOf(const SpanEvent& event, Scratch& scratch)
{
    json::Value body = valueOf(event.body, scratch);
    if (body.text().starts_with('{'))
        if (const json::Value inner = scratch.parse(body.text()); inner.exists())
            body = inner;
    if (isSaid(body))
        return body;
    Attributes attributes(scratch);
    attributes.read(event.attributes);
    if (const json::Value whole = attributes.parsed({"gen_ai.event.content", "body"}); whole.isObject())
        return whole;
    std::string text = "{";
    for (const Attributes::Entry& entry : attributes.entries()) {
        if (entry.key.starts_with("gen_ai.") || entry.key.starts_with("event."))
            continue;
        if (text.size() > 1)
            text.push_back(',');
        json::appendQuoted(text, entry.key);
        text.push_back(':');
        // Lists of calls and messages are JSON in strings there; a content is a text.
        const json::Value value = entry.key == "content" ? attributes.value(entry.key) : attributes.parsed(entry.key);
        value.appendCompact(text);
    }
    text.push_back('}');
    return scratch.parse(text);
}

/// A message as APIs have it: with its role, and the id of a tool's call under the name that says so.
void appendMessage(std::string& text, json::Value content, std::string_view role)
{
    const std::string_view own = content["role"].text();
    text += "{\"role\":";
    json::appendQuoted(text, own.empty() ? role : own);
    if (content.isString()) {
        text += ",\"content\":";
        content.appendCompact(text);
    }
    for (const auto [key, value] : content.object()) {
        if (key == "role" || value.isNull())
            continue;
        text.push_back(',');
        json::appendQuoted(text, role == "tool" && key == "id" ? "tool_call_id" : key);
        text.push_back(':');
        value.appendCompact(text);
    }
    text.push_back('}');
}

/// The messages of events, each of which holds one.
struct Told
{
    std::string input, output;

    void add(const SpanEvent& event, Scratch& scratch)
    {
        const std::string_view role = roleIn(event.name);
        if (role.empty() && event.name != choice)
            return;
        const json::Value content = contentOf(event, scratch);
        std::string& into = role.empty() ? output : input;
        into.push_back(into.empty() ? '[' : ',');
        if (!role.empty())
            return appendMessage(into, content, role);
        json::Value message = content["message"];
        if (message.text().starts_with('{'))
            message = scratch.parse(message.text());
        appendMessage(into, isSaid(message) ? message : content, "assistant");
    }
};

json::Value finished(std::string& list, Scratch& scratch)
{
    if (list.empty())
        return {};
    list.push_back(']');
    return scratch.parse(list);
}

/// The AI SDK keeps the text, the calls and the reasoning of an answer apart.
json::Value aiSdkAnswer(const Attributes& attributes)
{
    const json::Value calls = attributes.parsed({"ai.response.toolCalls", "ai.result.toolCalls"});
    const json::Value text = attributes.value({"ai.response.text", "ai.result.text"});
    const std::string_view reasoning = attributes.text("ai.response.reasoning");
    if (!isSaid(calls) && reasoning.empty())
        return text.exists() ? text : attributes.value({"ai.response.object", "ai.result.object"});
    std::string message = "{\"role\":\"assistant\"";
    if (isSaid(text)) {
        message += ",\"content\":";
        text.appendCompact(message);
    }
    if (!reasoning.empty()) {
        message += ",\"reasoning_content\":";
        json::appendQuoted(message, reasoning);
    }
    if (isSaid(calls)) {
        message += ",\"tool_calls\":";
        calls.appendCompact(message);
    }
    message.push_back('}');
    return attributes.scratch().parse(message);
}

json::Value firstIndexed(const Attributes& attributes, Attributes::Keys prefixes)
{
    for (const std::string_view prefix : prefixes)
        if (const json::Value list = indexedList(attributes, prefix); isSaid(list))
            return list;
    return {};
}

/// Everything said in attributes, most trustworthy place first.
json::Value inputIn(const Attributes& attributes)
{
    if (const json::Value own = attributes.value(
            {"langfuse.observation.input", "gen_ai.input.messages", "ai.prompt.messages", "ai.prompt", "ai.values"});
        isSaid(own))
        return own;
    return firstIndexed(attributes, {"llm.input_messages.", "gen_ai.prompt.", "llm.prompts."});
}

json::Value outputIn(const Attributes& attributes)
{
    if (const json::Value own = attributes.value({"langfuse.observation.output", "gen_ai.output.messages"});
        isSaid(own))
        return own;
    if (const json::Value answer = aiSdkAnswer(attributes); isSaid(answer))
        return answer;
    return firstIndexed(attributes, {"llm.output_messages.", "gen_ai.completion.", "llm.completions.", "llm.choices.",
                                     "retrieval.documents.", "reranker.output_documents."});
}

/// Places where wrappers put whatever went in and out.
json::Value anyInputIn(const Attributes& attributes)
{
    return attributes.value({"gen_ai.prompt", "gcp.vertex.agent.llm_request", "pydantic_ai.all_messages",
                             "all_messages_events", "mlflow.spanInputs", "traceloop.entity.input",
                             "gen_ai.retrieval.query.text", "gen_ai.tool.call.arguments", "ai.toolCall.args",
                             "ai.value", "input.value", "langfuse.trace.input", "prompt", "input"});
}

json::Value anyOutputIn(const Attributes& attributes)
{
    return attributes.value({"gen_ai.completion", "gcp.vertex.agent.llm_response", "gen_ai.retrieval.documents",
                             "mlflow.spanOutputs", "traceloop.entity.output", "gen_ai.tool.call.result",
                             "ai.toolCall.result", "output.value", "langfuse.trace.output", "output"});
}

json::Value toolsIn(const Attributes& attributes)
{
    const json::Value tools =
        attributes.parsed({"gen_ai.tool.definitions", "ai.prompt.tools", "mlflow.chat.tools", "gen_ai.request.tools"});
    if (isSaid(tools))
        return tools;
    if (const json::Value functions = indexedList(attributes, "llm.request.functions."); isSaid(functions))
        return functions;
    // OpenInference: a list of objects with one JSON schema each.
    std::string list;
    for (const json::Value tool : indexedList(attributes, "llm.tools.").array()) {
        list.push_back(list.empty() ? '[' : ',');
        (tool["json_schema"].exists() ? tool["json_schema"] : tool).appendCompact(list);
    }
    return finished(list, attributes.scratch());
}

} // namespace

bool isMessageEvent(std::string_view name)
{
    return !roleIn(name).empty() || name == choice || name == operationDetails;
}

void readMessages(const Attributes& attributes, const std::vector<SpanEvent>& events, PromptSplitter& splitter,
                  ObservedSpan& span)
{
    Scratch& scratch = attributes.scratch();
    json::Value system = attributes.parsed("gen_ai.system_instructions");
    json::Value tools = toolsIn(attributes);
    json::Value input = inputIn(attributes);
    json::Value output = outputIn(attributes);
    Told told;
    Attributes inEvent(scratch);
    for (const SpanEvent& event : events) {
        told.add(event, scratch);
        const bool isOlder = event.name == "gen_ai.content.prompt" || event.name == "gen_ai.content.completion";
        if (event.name != operationDetails && !isOlder)
            continue;
        inEvent.read(event.attributes);
        const auto take = [](json::Value& mine, json::Value other) {
            if (!isSaid(mine))
                mine = other;
        };
        take(system, inEvent.parsed("gen_ai.system_instructions"));
        take(tools, inEvent.parsed("gen_ai.tool.definitions"));
        take(input, inEvent.value({"gen_ai.input.messages", "gen_ai.prompt"}));
        take(output, inEvent.value({"gen_ai.output.messages", "gen_ai.completion"}));
    }
    if (!isSaid(input))
        input = finished(told.input, scratch);
    if (!isSaid(output))
        output = finished(told.output, scratch);
    if (!isSaid(input))
        input = anyInputIn(attributes);
    if (!isSaid(input))
        input = indexedList(attributes, "embedding.embeddings.");
    if (!isSaid(output))
        output = anyOutputIn(attributes);

    splitter.splitSystemInstructions(system, span.blocks);
    splitter.splitInput(input, span.blocks);
    splitter.splitToolDefinitions(tools, span.blocks);
    splitter.splitOutput(output, span.blocks);
    span.isPromptTruncated = splitter.sawTruncation();
}

} // namespace plumbline::otlp
