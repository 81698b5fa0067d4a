// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/chat_json.h"

#include "model/sample/json_text.h"

namespace plumbline::sample {

namespace {

void appendPart(std::string& into, const SampleBlock& block)
{
    JsonObject part(into);
    part.json("type", "\"text\"");
    part.text("text", block.text->text);
    if (block.hasCacheControl)
        part.json("cache_control", R"({"type":"ephemeral"})");
}

void appendToolCalls(JsonObject& message, std::span<const SampleBlock> blocks)
{
    message.json("content", "null");
    JsonArray calls(message.member("tool_calls"));
    for (const SampleBlock& block : blocks) {
        JsonObject call(calls.element());
        call.text("id", block.toolCallId);
        call.json("type", "\"function\"");
        JsonObject function(call.member("function"));
        function.text("name", block.toolName);
        function.text("arguments", block.text->text);
    }
}

void appendMessage(std::string& into, std::span<const SampleBlock> blocks)
{
    const SampleBlock& first = blocks.front();
    JsonObject message(into);
    message.text("role", idOf(first.role));
    if (first.kind == BlockKind::ToolCall) {
        appendToolCalls(message, blocks);
        return;
    }
    if (first.kind == BlockKind::ToolResult) {
        message.text("tool_call_id", first.toolCallId);
        message.text("name", first.toolName);
    }
    if (blocks.size() == 1 && !first.hasCacheControl) {
        message.text("content", first.text->text);
        return;
    }
    JsonArray parts(message.member("content"));
    for (const SampleBlock& block : blocks)
        appendPart(parts.element(), block);
}

} // namespace

void appendMessages(std::string& into, std::span<const SampleBlock> blocks)
{
    JsonArray messages(into);
    std::size_t begin = 0;
    while (begin < blocks.size() && blocks[begin].kind == BlockKind::ToolDefinition)
        ++begin;
    while (begin < blocks.size()) {
        std::size_t end = begin + 1;
        while (end < blocks.size() && blocks[end].message == blocks[begin].message)
            ++end;
        appendMessage(messages.element(), blocks.subspan(begin, end - begin));
        begin = end;
    }
}

void appendToolDefinitions(std::string& into, std::span<const SampleBlock> blocks)
{
    JsonArray tools(into);
    for (const SampleBlock& block : blocks) {
        if (block.kind != BlockKind::ToolDefinition)
            break;
        tools.element().append(R"({"type":"function","function":)").append(block.text->text).append("}");
    }
}

bool hasToolDefinitions(const SampleSpan& call)
{
    return !call.input.empty() && call.input.front().kind == BlockKind::ToolDefinition;
}

void appendAnswer(std::string& into, const SampleSpan& call)
{
    appendMessage(into, call.output);
}

void appendParameters(std::string& into, const SampleSpan& call)
{
    JsonObject parameters(into);
    if (call.temperaturePercent)
        appendHundredths(parameters.member("temperature"), *call.temperaturePercent);
    if (call.maxTokens > 0)
        parameters.number("max_tokens", call.maxTokens);
    if (!call.reasoningEffort.empty())
        parameters.text("reasoning_effort", call.reasoningEffort);
    if (!call.serviceTier.empty())
        parameters.text("service_tier", call.serviceTier);
}

void appendHundredths(std::string& into, int hundredths)
{
    appendNumber(into, hundredths / 100);
    const int rest = hundredths % 100;
    if (rest == 0)
        return;
    into += '.';
    into += static_cast<char>('0' + rest / 10);
    if (rest % 10 != 0)
        into += static_cast<char>('0' + rest % 10);
}

} // namespace plumbline::sample
