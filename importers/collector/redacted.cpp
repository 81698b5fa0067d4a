// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/redacted.h"

namespace plumbline::collector {

Redacted::Redacted(const Redactor& redactor, CleanTexts& cleanTexts, Secret secret)
    : m_redactor(redactor), m_cleanTexts(cleanTexts), m_secret(std::move(secret))
{
}

void Redacted::redact(std::string_view& text)
{
    if (text.empty())
        return;
    const std::uint64_t digest = m_secret.digestOf(text);
    if (m_cleanTexts.contains(digest))
        return;
    std::string redacted;
    if (m_redactor.redact(text, m_secret.pseudonymOf, redacted))
        text = m_texts.emplace_back(std::move(redacted));
    else
        m_cleanTexts.remember(digest);
}

void Redacted::redactJson(std::string_view& text)
{
    const std::string_view whole = text;
    redact(text);
    if (text.data() == whole.data() || m_parser.parseCopy(text))
        return;
    // Something that is no part of a string was found, such as a number: it becomes one.
    std::string quoted;
    if (const auto value = m_parser.parseCopy(whole))
        appendQuotingFinds(quoted, *value);
    text = m_texts.emplace_back(std::move(quoted));
    redact(text);
    if (!m_parser.parseCopy(text))
        text = {};
}

void Redacted::appendQuotingFinds(std::string& into, json::Value value)
{
    if (value.isObject()) {
        into += "{";
        for (const auto [key, member] : value.object()) {
            into += into.back() == '{' ? "" : ",";
            json::appendQuoted(into, key);
            into += ":";
            appendQuotingFinds(into, member);
        }
        into += "}";
    } else if (value.isArray()) {
        into += "[";
        for (const json::Value member : value.array()) {
            into += into.back() == '[' ? "" : ",";
            appendQuotingFinds(into, member);
        }
        into += "]";
    } else {
        const std::string compact = value.compact();
        std::string_view rest = compact;
        redact(rest);
        if (value.isString() || rest.data() == compact.data())
            into += compact;
        else
            json::appendQuoted(into, compact);
    }
}

const ObservedSpan& Redacted::of(const ObservedSpan& span)
{
    if (!m_redactor.isNeeded())
        return span;
    m_texts.clear();
    m_span = span;
    // All but ids and what prices are found by: the names of models, providers and tiers.
    for (std::string_view* text :
         {&m_span.name, &m_span.statusMessage, &m_span.feature, &m_span.traceName, &m_span.environment, &m_span.release,
          &m_span.version, &m_span.service, &m_span.user, &m_span.session, &m_span.promptName, &m_span.promptVersion})
        redact(*text);
    for (std::string_view* text : {&m_span.parameters, &m_span.tags, &m_span.attributes})
        redactJson(*text);
    for (ObservedBlock& block : m_span.blocks) {
        redact(block.text);
        redact(block.documentId);
        redact(block.toolName);
    }
    return m_span;
}

const ObservedTrace& Redacted::of(const ObservedTrace& trace)
{
    if (!m_redactor.isNeeded())
        return trace;
    m_texts.clear();
    m_trace = trace;
    for (std::string_view* text : {&m_trace.name, &m_trace.environment, &m_trace.release, &m_trace.version,
                                   &m_trace.user, &m_trace.session, &m_trace.feature})
        redact(*text);
    for (std::string_view* text : {&m_trace.tags, &m_trace.attributes})
        redactJson(*text);
    return m_trace;
}

const ObservedScore& Redacted::of(const ObservedScore& score)
{
    if (!m_redactor.isNeeded())
        return score;
    m_texts.clear();
    m_score = score;
    for (std::string_view* text : {&m_score.sessionId, &m_score.name, &m_score.text})
        redact(*text);
    return m_score;
}

} // namespace plumbline::collector
