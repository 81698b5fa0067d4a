// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/otlp/span_metadata.h"

#include <algorithm>

namespace plumbline::otlp {

namespace {

/// Longer texts are prompts of somebody, not values to group by; JSON of metadata may be longer.
constexpr std::size_t longestText = 200;
constexpr std::size_t longestObject = 16'384;

constexpr std::string_view metadataPrefixes[] = {"langfuse.observation.metadata.",
                                                 "langfuse.trace.metadata.",
                                                 "langfuse.metadata.",
                                                 "langsmith.metadata.",
                                                 "ai.telemetry.metadata.",
                                                 "ai.settings.context.",
                                                 "mlflow.traceTag.",
                                                 "traceloop.association.properties."};

/// What instrumentations and resources say by themselves.
constexpr std::string_view knownSpaces[] = {
    "gen_ai.",    "llm.",        "ai.",     "langfuse.", "langsmith.", "traceloop.",  "openinference.", "mlflow.",
    "input.",     "output.",     "user.",   "session.",  "retrieval.", "embedding.",  "reranker.",      "tag.",
    "service.",   "telemetry.",  "host.",   "os.",       "process.",   "deployment.", "container.",     "k8s.",
    "cloud.",     "http.",       "url.",    "net.",      "network.",   "server.",     "client.",        "peer.",
    "rpc.",       "thread.",     "code.",   "otel.",     "exception.", "logfire.",    "message.",       "tool.",
    "tool_call.", "gcp.vertex.", "openai.", "event.",    "enduser.",   "prompt.",     "library."};

constexpr std::string_view keptNames[] = {"gen_ai.agent.name", "gen_ai.agent.id", "gen_ai.tool.name", "tool.name",
                                          "error.type"};

/// What is a fact of the call itself, where Claude Code has no prefix for it.
constexpr std::string_view plainFacts[] = {"model",
                                           "cost_usd",
                                           "duration_ms",
                                           "input_tokens",
                                           "output_tokens",
                                           "cache_read_tokens",
                                           "request_id",
                                           "cache_creation_tokens",
                                           "client_request_id",
                                           "operation.name",
                                           "resource.name",
                                           "cost_usd_micros",
                                           "ttft_ms",
                                           "model_config",
                                           "stop_reason"};

bool isFeature(std::string_view key)
{
    return key == "feature" || key.ends_with(".feature") || key == "use_case" || key.ends_with(".use_case");
}

template <std::size_t Size>
bool isOneOf(const std::string_view (&names)[Size], std::string_view key)
{
    for (const std::string_view name : names)
        if (key == name)
            return true;
    return false;
}

/// The name under which an attribute is metadata; empty if it is none.
std::string_view metadataName(std::string_view key)
{
    for (const std::string_view prefix : metadataPrefixes)
        if (key.size() > prefix.size() && key.starts_with(prefix))
            return key.substr(prefix.size());
    if (isFeature(key) || isOneOf(keptNames, key))
        return key;
    for (const std::string_view space : knownSpaces)
        if (key.starts_with(space))
            return {};
    return isOneOf(plainFacts, key) ? std::string_view() : key;
}

/// Attributes that hold a whole object of metadata.
bool isWholeMetadata(std::string_view key)
{
    return key == "metadata" || key == "langfuse.trace.metadata" || key == "langfuse.observation.metadata" ||
           key == "langfuse.metadata" || key == "gen_ai.request.metadata";
}

void appendMember(std::string& text, std::string_view name, const std::string& value)
{
    if (text.size() > 1)
        text.push_back(',');
    json::appendQuoted(text, name);
    text.push_back(':');
    text += value;
}

bool isTooLong(std::string_view text)
{
    return text.size() > (text.starts_with('{') ? longestObject : longestText);
}

/// What `before` says as well stays out: it has said it nearer to the call.
void appendMetadata(std::string& text, const Attributes& attributes, const Attributes* before)
{
    for (const Attributes::Entry& entry : attributes.entries()) {
        if (before && before->has(entry.key))
            continue;
        if (isWholeMetadata(entry.key)) {
            for (const auto [name, value] : attributes.parsed(entry.key).object())
                if (!isTooLong(value.text()))
                    appendMember(text, name, value.compact());
        } else if (const std::string_view name = metadataName(entry.key);
                   !name.empty() && !isTooLong(scalarOf(entry.anyValue).text())) {
            std::string value;
            appendPlain(value, entry.anyValue);
            appendMember(text, name, value);
        }
    }
}

/// Tags as a list, as JSON of a list in a string, or between commas.
template <class Take>
void forEachTag(json::Value tags, Take take)
{
    for (const json::Value tag : tags.array())
        take(tag.text());
    std::string_view list = tags.text();
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        std::string_view tag = list.substr(0, comma);
        while (tag.starts_with(' '))
            tag.remove_prefix(1);
        take(tag);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
}

} // namespace

void SpanMetadata::read(const Attributes& attributes, const Attributes& resource, ObservedSpan& span)
{
    m_nested.clear();
    std::string text = "{";
    appendMetadata(text, attributes, nullptr);
    appendMetadata(text, resource, &attributes);
    text.push_back('}');
    m_metadata.read(attributes.scratch().parse(text), m_nested);
    span.attributes = m_metadata.attributes();
    span.feature = m_metadata.feature();

    m_tags.assign(1, '[');
    for (const std::string_view key :
         {"langfuse.trace.tags", "langfuse.tags", "langfuse.observation.metadata.langfuse_tags",
          "ai.telemetry.metadata.tags", "tag.tags", "langsmith.span.tags"}) {
        forEachTag(attributes.parsed(key), [&](std::string_view tag) {
            if (tag.empty())
                return;
            if (span.feature.empty() && tag.starts_with("feature:"))
                span.feature = tag.substr(8);
            if (m_tags.size() > 1)
                m_tags.push_back(',');
            json::appendQuoted(m_tags, tag);
        });
    }
    m_tags.push_back(']');
    span.tags = m_tags.size() > 2 ? std::string_view(m_tags) : std::string_view();
}

} // namespace plumbline::otlp
