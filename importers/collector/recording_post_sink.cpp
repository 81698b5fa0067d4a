// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/recording_post_sink.h"

namespace plumbline::collector {

RecordingPostSink::RecordingPostSink(LiveRecorder& recorder, const Redactor& redactor, CleanTexts& cleanTexts,
                                     bool keepsBlocks)
    : m_recorder(recorder)
    , m_redactor(redactor)
    , m_cleanTexts(cleanTexts)
    , m_pseudonymOf([&recorder](std::string_view text) { return recorder.pseudonymOf(text); })
    , m_keepsBlocks(keepsBlocks)
{
}

Result<> RecordingPostSink::startRecord(std::string_view raw, std::string_view format)
{
    return m_recorder.startRecord(raw, format);
}

void RecordingPostSink::redact(std::string_view& text)
{
    if (text.empty())
        return;
    const std::uint64_t digest = m_recorder.digestOf(text);
    if (m_cleanTexts.contains(digest))
        return;
    std::string redacted;
    if (m_redactor.redact(text, m_pseudonymOf, redacted))
        text = m_texts.emplace_back(std::move(redacted));
    else
        m_cleanTexts.remember(digest);
}

Result<> RecordingPostSink::add(const ObservedSpan& span)
{
    if (!m_redactor.isNeeded())
        return m_recorder.add(span);
    m_texts.clear();
    m_span = span;
    for (std::string_view* text :
         {&m_span.name, &m_span.statusMessage, &m_span.parameters, &m_span.feature, &m_span.traceName, &m_span.user,
          &m_span.session, &m_span.promptName, &m_span.tags, &m_span.attributes})
        redact(*text);
    for (ObservedBlock& block : m_span.blocks) {
        redact(block.text);
        redact(block.documentId);
    }
    return m_recorder.add(m_span);
}

Result<> RecordingPostSink::add(const ObservedTrace& trace)
{
    if (!m_redactor.isNeeded())
        return m_recorder.add(trace);
    m_texts.clear();
    ObservedTrace redacted = trace;
    for (std::string_view* text :
         {&redacted.name, &redacted.user, &redacted.session, &redacted.feature, &redacted.tags, &redacted.attributes})
        redact(*text);
    return m_recorder.add(redacted);
}

Result<> RecordingPostSink::add(const ObservedScore& score)
{
    if (!m_redactor.isNeeded())
        return m_recorder.add(score);
    m_texts.clear();
    ObservedScore redacted = score;
    for (std::string_view* text : {&redacted.sessionId, &redacted.name, &redacted.text})
        redact(*text);
    return m_recorder.add(redacted);
}

Result<> RecordingPostSink::add(const ObservedBillLine&)
{
    return {}; // no client posts bills
}

void RecordingPostSink::skip(std::string_view reason)
{
    ++m_skipped;
    m_lastReason = reason;
    m_recorder.skip(reason);
}

} // namespace plumbline::collector
