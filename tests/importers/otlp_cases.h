// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <protozero/pbf_writer.hpp>

#include "importers/json/json.h"

/// Small requests of OTLP, written from what they say.
namespace plumbline::test::otlp {

using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr auto traceId = "0af7651916cd43dd8448eb211c80319c";
constexpr auto spanId = "b7ad6b7169203331";

/// JSON with its quotes as apostrophes.
inline std::string withQuotes(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

inline std::string quoted(const std::string& text)
{
    std::string into;
    json::appendQuoted(into, text);
    return into;
}

inline bool isWhole(const std::string& text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

/// Digits are an intValue, anything else a stringValue, and what begins with `=` an AnyValue as it stands.
inline std::string attributes(const Pairs& pairs)
{
    std::string list;
    for (const auto& [key, value] : pairs) {
        std::string any = withQuotes("{'stringValue':") + quoted(value) + "}";
        if (isWhole(value))
            any = withQuotes("{'intValue':'" + value + "'}");
        if (value.starts_with('='))
            any = value.substr(1);
        list += (list.empty() ? "" : ",") + withQuotes("{'key':") + quoted(key) + withQuotes(",'value':") + any + "}";
    }
    return "[" + list + "]";
}

inline std::string span(const std::string& name, const Pairs& pairs, const std::string& more = {},
                        const std::string& id = spanId)
{
    return withQuotes(
               "{'traceId':'" + std::string(traceId) + "','spanId':'" + id + "','name':'" + name +
               "','startTimeUnixNano':'1787220000000000000','endTimeUnixNano':'1787220002000000000','attributes':") +
           attributes(pairs) + more + "}";
}

inline std::string request(const std::string& spans, const std::string& scope = "acme",
                           const std::string& version = "1.0", const Pairs& resource = {{"service.name", "shop"}})
{
    return withQuotes("{'resourceSpans':[{'resource':{'attributes':") + attributes(resource) +
           withQuotes("},'scopeSpans':[{'scope':{'name':'" + scope + "','version':'" + version + "'},'spans':[") +
           spans + "]}]}]}";
}

/// A log record of the span; `body` is an AnyValue.
inline std::string logRecord(const std::string& name, const Pairs& pairs, const std::string& body)
{
    return withQuotes("{'timeUnixNano':'1787220000500000000','traceId':'" + std::string(traceId) + "','spanId':'" +
                      spanId + "','eventName':'" + name + "','body':" + body + ",'attributes':") +
           attributes(pairs) + "}";
}

inline std::string logs(const std::string& records, const std::string& scope = "acme")
{
    return withQuotes("{'resourceLogs':[{'resource':{'attributes':[]},'scopeLogs':[{'scope':{'name':'" + scope +
                      "'},'logRecords':[") +
           records + "]}]}]}";
}

/// A request, and what a span of it says.
struct Case
{
    const char* title = "";
    std::string record = {};
    const char* facts = "";
};

inline const Pairs& newestNames()
{
    static const Pairs pairs = {{"gen_ai.operation.name", "chat"},
                                {"gen_ai.provider.name", "openai"},
                                {"gen_ai.request.model", "gpt-5"},
                                {"gen_ai.response.model", "gpt-5-2025"},
                                {"gen_ai.usage.input_tokens", "900"},
                                {"gen_ai.usage.cache_read.input_tokens", "600"},
                                {"gen_ai.usage.output_tokens", "70"},
                                {"gen_ai.usage.reasoning.output_tokens", "50"},
                                {"app.feature", "basket"},
                                {"user.id", "u7"},
                                {"gen_ai.conversation.id", "c7"}};
    return pairs;
}

/// A model call in the words of each instrumentation: the kind, model and provider; uncached, read and written input,
/// output and the reasoning in it.
inline std::vector<Case> dialects()
{
    std::vector<Case> all;
    const auto add = [&all](const char* title, const std::string& record, const char* facts) {
        all.push_back({title, record, facts});
    };
    add("OpenTelemetry, newest", request(span("chat gpt-5", newestNames())),
        "llm gpt-5-2025 of openai: 300+600+? -> 70 (50), feature basket, user u7, session c7");
    add("OpenTelemetry, first names",
        request(span("chat", {{"gen_ai.system", "openai"},
                              {"gen_ai.request.model", "gpt-4"},
                              {"gen_ai.usage.prompt_tokens", "12"},
                              {"gen_ai.usage.completion_tokens", "3"},
                              {"session.id", "s1"}})),
        "llm gpt-4 of openai: 12+?+? -> 3 (?), feature , user , session s1");
    add("OpenInference",
        request(span("Embed", {{"openinference.span.kind", "EMBEDDING"},
                               {"embedding.model_name", "embed-3"},
                               {"llm.token_count.prompt", "40"},
                               {"llm.token_count.total", "40"},
                               {"llm.cost.total", withQuotes("={'doubleValue':0.5}")},
                               {"metadata", withQuotes("{'feature':'search'}")},
                               {"user.id", "u2"}})),
        "embedding embed-3 of : 40+?+? -> 0 (?), feature search, user u2, session , cost 0.5");
    add("OpenLLMetry",
        request(span("openai.chat", {{"llm.request.type", "chat"},
                                     {"gen_ai.system", "OpenAI"},
                                     {"gen_ai.response.model", "gpt-4o"},
                                     {"gen_ai.usage.prompt_tokens", "20"},
                                     {"gen_ai.usage.completion_tokens", "5"},
                                     {"llm.usage.total_tokens", "25"},
                                     {"traceloop.association.properties.feature", "faq"},
                                     {"traceloop.association.properties.user_id", "u3"},
                                     {"traceloop.association.properties.session_id", "s3"}}),
                "opentelemetry.instrumentation.openai"),
        "llm gpt-4o of OpenAI: 20+?+? -> 5 (?), feature faq, user u3, session s3");
    add("AI SDK 4",
        request(span("ai.generateText.doGenerate", {{"ai.operationId", "ai.generateText.doGenerate"},
                                                    {"ai.model.id", "gpt-4o"},
                                                    {"ai.model.provider", "openai.chat"},
                                                    {"ai.usage.promptTokens", "30"},
                                                    {"ai.usage.completionTokens", "6"},
                                                    {"ai.telemetry.metadata.feature", "help"},
                                                    {"ai.telemetry.metadata.userId", "u4"},
                                                    {"ai.telemetry.metadata.sessionId", "s4"}}),
                "ai"),
        "llm gpt-4o of openai.chat: 30+?+? -> 6 (?), feature help, user u4, session s4");
    add("AI SDK 6",
        request(span("ai.streamText.doStream", {{"ai.operationId", "ai.streamText.doStream"},
                                                {"ai.model.id", "claude-x"},
                                                {"ai.model.provider", "anthropic.messages"},
                                                {"ai.usage.inputTokens", "1000"},
                                                {"ai.usage.inputTokenDetails.noCacheTokens", "100"},
                                                {"ai.usage.inputTokenDetails.cacheReadTokens", "700"},
                                                {"ai.usage.inputTokenDetails.cacheWriteTokens", "200"},
                                                {"ai.usage.outputTokens", "9"}}),
                "ai"),
        "llm claude-x of anthropic.messages: 100+700+200 -> 9 (?), feature , user , session ");
    add("MLflow",
        request(span("Model", {{"mlflow.spanType", withQuotes("'CHAT_MODEL'")},
                               {"mlflow.llm.model", withQuotes("'gpt-4o'")},
                               {"mlflow.llm.provider", withQuotes("'openai'")},
                               {"mlflow.chat.tokenUsage", withQuotes("{'input_tokens':10,'output_tokens':2}")},
                               {"mlflow.llm.cost", withQuotes("{'input_cost':0.25,'total_cost':0.5}")}})),
        "llm gpt-4o of openai: 10+?+? -> 2 (?), feature , user , session , cost 0.5");
    add("Langfuse",
        request(span("answer", {{"langfuse.observation.type", "generation"},
                                {"langfuse.observation.model.name", "gpt-4o"},
                                {"langfuse.observation.usage_details",
                                 withQuotes("{'input':10,'input_cached_tokens':90,'output':2,'total':102}")},
                                {"langfuse.observation.cost_details", withQuotes("{'total':0.001}")},
                                {"langfuse.trace.tags", withQuotes("['feature:tips']")},
                                {"langfuse.user.id", "u5"},
                                {"langfuse.session.id", "s5"}})),
        "llm gpt-4o of : 10+90+? -> 2 (?), feature tips, user u5, session s5, cost 0.001");
    add("LangSmith",
        request(span("ChatOpenAI", {{"langsmith.span.kind", "llm"},
                                    {"gen_ai.request.model", "gpt-4o"},
                                    {"langsmith.usage_metadata",
                                     withQuotes("{'input_tokens':100,'output_tokens':8,'total_tokens':108,"
                                                "'input_token_details':{'cache_read':64}}")},
                                    {"langsmith.metadata.feature", "chat"},
                                    {"langsmith.metadata.thread_id", "s6"}})),
        "llm gpt-4o of : 36+64+? -> 8 (?), feature chat, user , session s6");
    add("a poll of an answer",
        request(span("fetch", {{"gen_ai.operation.name", "fetch_response"},
                               {"gen_ai.request.model", "gpt-5"},
                               {"gen_ai.usage.input_tokens", "900"}})),
        "other gpt-5 of : ?+?+? -> ? (?), feature , user , session ");
    add("an agent",
        request(span("invoke_agent a", {{"gen_ai.operation.name", "invoke_agent"},
                                        {"gen_ai.usage.input_tokens", "900"},
                                        {"gen_ai.usage.output_tokens", "70"}})),
        "agent  of : 900+?+? -> 70 (?), feature , user , session ");
    return all;
}

/// Instructions, a question and an answer in each place where they are put.
inline std::vector<Case> placesOfMessages()
{
    std::vector<Case> all;
    const auto add = [&all](const char* title, const Pairs& pairs, const std::string& more = {}) {
        all.push_back({.title = title, .record = request(span("chat", pairs, more))});
    };
    add("JSON in strings",
        {{"gen_ai.system_instructions", withQuotes("[ {'type':'text','content':'Be kind.'}]")},
         {"gen_ai.input.messages", withQuotes("[{'role':'user','parts':[{'type':'text','content':'Hi'}]}]")},
         {"gen_ai.output.messages", withQuotes("[{'role':'assistant','parts':[{'type':'text','content':'Hello'}]}]")}});
    const auto message = [](const std::string& role, const std::string& text) {
        return "{'kvlistValue':{'values':[{'key':'role','value':{'stringValue':'" + role +
               "'}},{'key':'content','value':{'stringValue':'" + text + "'}}]}}";
    };
    add("lists and maps",
        {{"gen_ai.input.messages", withQuotes("={'arrayValue':{'values':[" + message("system", "Be kind.") + "," +
                                              message("user", "Hi") + "]}}")},
         {"gen_ai.output.messages", withQuotes("={'arrayValue':{'values':[" + message("assistant", "Hello") + "]}}")}});
    add("OpenLLMetry's numbers", {{"gen_ai.prompt.0.role", "system"},
                                  {"gen_ai.prompt.0.content", "Be kind."},
                                  {"gen_ai.prompt.10.role", "user"},
                                  {"gen_ai.prompt.10.content", "Hi"},
                                  {"gen_ai.completion.0.role", "assistant"},
                                  {"gen_ai.completion.0.content", "Hello"}});
    add("OpenInference's numbers", {{"llm.input_messages.0.message.role", "system"},
                                    {"llm.input_messages.0.message.content", "Be kind."},
                                    {"llm.input_messages.1.message.role", "user"},
                                    {"llm.input_messages.1.message.contents.0.message_content.type", "text"},
                                    {"llm.input_messages.1.message.contents.0.message_content.text", "Hi"},
                                    {"llm.output_messages.0.message.role", "assistant"},
                                    {"llm.output_messages.0.message.content", "Hello"}});
    add("the AI SDK", {{"ai.prompt.messages", withQuotes("[{'role':'system','content':'Be kind.'},{'role':'user',"
                                                         "'content':[{'type':'text','text':'Hi'}]}]")},
                       {"ai.response.text", "Hello"}});
    add("MLflow",
        {{"mlflow.spanInputs", withQuotes("{'messages':[{'role':'system','content':'Be kind.'},{'role':'user',"
                                          "'content':'Hi'}]}")},
         {"mlflow.spanOutputs", withQuotes("{'choices':[{'message':{'role':'assistant','content':'Hello'}}]}")}});
    const auto event = [](const std::string& name, const Pairs& pairs) {
        return withQuotes("{'name':'" + name + "','attributes':") + attributes(pairs) + "}";
    };
    add("events", {},
        withQuotes(",'events':[") + event("gen_ai.system.message", {{"content", "Be kind."}}) + "," +
            event("gen_ai.user.message", {{"gen_ai.event.content", withQuotes("{'content':'Hi'}")}}) + "," +
            event("gen_ai.choice", {{"message", withQuotes("{'role':'assistant','content':'Hello'}")}}) + "]");
    add("older events", {},
        withQuotes(",'events':[") +
            event("gen_ai.content.prompt", {{"gen_ai.prompt", withQuotes("[{'role':'system','content':'Be kind.'},"
                                                                         "{'role':'user','content':'Hi'}]")}}) +
            "," + event("gen_ai.content.completion", {{"gen_ai.completion", "Hello"}}) + "]");
    return all;
}

/// The same as request(span(…)), in protobuf.
class Protobuf
{
public:
    static std::string request(const std::string& name, const Pairs& pairs)
    {
        std::string bytes;
        protozero::pbf_writer writer(bytes);
        protozero::pbf_writer resourceSpans(writer, 1);
        {
            protozero::pbf_writer resource(resourceSpans, 1);
            addAttributes(resource, 1, {{"service.name", "shop"}});
        }
        protozero::pbf_writer scopeSpans(resourceSpans, 2);
        {
            protozero::pbf_writer scope(scopeSpans, 1);
            scope.add_string(1, "acme");
            scope.add_string(2, "1.0");
        }
        protozero::pbf_writer span(scopeSpans, 2);
        span.add_bytes(1, bytesOf(traceId));
        span.add_bytes(2, bytesOf(spanId));
        span.add_string(5, name);
        span.add_fixed64(7, 1787220000000000000U);
        span.add_fixed64(8, 1787220002000000000U);
        addAttributes(span, 9, pairs);
        span.commit();
        scopeSpans.commit();
        resourceSpans.commit();
        return bytes;
    }

private:
    static std::string bytesOf(const std::string& hex)
    {
        std::string bytes;
        for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
            bytes.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
        return bytes;
    }
    static void addAttributes(protozero::pbf_writer& into, protozero::pbf_tag_type field, const Pairs& pairs)
    {
        for (const auto& [key, value] : pairs) {
            protozero::pbf_writer pair(into, field);
            pair.add_string(1, key);
            protozero::pbf_writer any(pair, 2);
            if (isWhole(value))
                any.add_int64(3, std::stoll(value));
            else
                any.add_string(1, value);
        }
    }
};

} // namespace plumbline::test::otlp
