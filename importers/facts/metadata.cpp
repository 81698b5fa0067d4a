// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/facts/metadata.h"

namespace plumbline::facts {

namespace {

constexpr int mostKeys = 100;
constexpr std::size_t longestText = 200;
constexpr int deepestMetadata = 2;

bool isNamed(std::string_view key, std::string_view name)
{
    return key == name || (key.size() > name.size() && key.ends_with(name) && key[key.size() - name.size() - 1] == '.');
}

} // namespace

void Metadata::read(json::Value metadata, json::Nested& nested)
{
    m_feature = m_service = m_responseId = m_finishReason = m_agent = {};
    m_keys = 0;
    m_attributes = "{";
    const json::Value value = nested.unwrapped(metadata);
    if (value.isObject())
        add({}, value.object(), 0, nested);
    m_attributes += "}";
}

void Metadata::add(const std::string& prefix, json::Object object, int depth, json::Nested& nested)
{
    for (const auto [key, raw] : object) {
        if (m_keys >= mostKeys)
            return;
        const std::string name = prefix + std::string(key);
        // Exports write nested objects as strings; a list or a long text is no value to group by.
        const json::Value value = depth < deepestMetadata ? nested.unwrapped(raw) : raw;
        if (value.isObject()) {
            if (depth < deepestMetadata)
                add(name + ".", value.object(), depth + 1, nested);
        } else if (!value.isArray() && !value.isNull()) {
            addScalar(name, value);
        }
    }
}

void Metadata::addScalar(std::string_view key, json::Value value)
{
    const std::string_view text = value.text();
    if (text.size() > longestText || (value.isString() && text.empty()))
        return;
    if (!text.empty()) {
        if (m_feature.empty() && (isNamed(key, "feature") || isNamed(key, "use_case")))
            m_feature = text;
        if (m_service.empty() && key.ends_with("service.name"))
            m_service = text;
        if (m_responseId.empty() && key.ends_with("gen_ai.response.id"))
            m_responseId = text;
        if (m_finishReason.empty() && (isNamed(key, "finish_reason") || isNamed(key, "stop_reason")))
            m_finishReason = text;
        if (m_agent.empty() && (isNamed(key, "langgraph_node") || key.ends_with("gen_ai.agent.name")))
            m_agent = text;
    }
    if (m_attributes.size() > 1)
        m_attributes += ",";
    json::appendQuoted(m_attributes, key);
    m_attributes += ":";
    value.appendCompact(m_attributes);
    ++m_keys;
}

} // namespace plumbline::facts
