// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/recording_post_sink.h"

namespace plumbline::collector {

RecordingPostSink::RecordingPostSink(LiveRecorder& recorder, const Redactor& redactor, CleanTexts& cleanTexts,
                                     bool keepsBlocks)
    : m_recorder(recorder)
    , m_redacted(redactor, cleanTexts,
                 {.digestOf = [&recorder](std::string_view text) { return recorder.digestOf(text); },
                  .pseudonymOf = [&recorder](std::string_view text) { return recorder.pseudonymOf(text); }})
    , m_keepsBlocks(keepsBlocks)
{
}

Result<> RecordingPostSink::startRecord(std::string_view raw, std::string_view format)
{
    return m_recorder.startRecord(raw, format);
}

Result<> RecordingPostSink::add(const ObservedSpan& span)
{
    return m_recorder.add(m_redacted.of(span));
}

Result<> RecordingPostSink::add(const ObservedTrace& trace)
{
    return m_recorder.add(m_redacted.of(trace));
}

Result<> RecordingPostSink::add(const ObservedScore& score)
{
    return m_recorder.add(m_redacted.of(score));
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
