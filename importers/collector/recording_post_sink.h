// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "importers/collector/intake.h"
#include "importers/collector/redacted.h"
#include "model/record/live_recorder.h"

namespace plumbline::collector {

/// Hands what posts hold to the recorder, redacted. For one batch.
class RecordingPostSink : public PostSink
{
public:
    RecordingPostSink(LiveRecorder& recorder, const Redactor& redactor, CleanTexts& cleanTexts, bool keepsBlocks);

    Result<> startRecord(std::string_view raw, std::string_view format) override;
    Result<std::string> traceOfSpan(std::string_view span) override { return m_recorder.traceOfSpan(span); }
    Result<> add(const ObservedSpan& span) override;
    Result<> add(const ObservedTrace& trace) override;
    Result<> add(const ObservedScore& score) override;
    Result<> add(const ObservedBillLine& line) override;
    bool keepsBlocks() const override { return m_keepsBlocks; }
    void skip(std::string_view reason) override;
    void note(std::string_view) override {}

    std::uint64_t skipped() const { return m_skipped; }
    const std::string& lastReason() const { return m_lastReason; }

private:
    LiveRecorder& m_recorder;
    Redacted m_redacted;
    bool m_keepsBlocks;
    std::uint64_t m_skipped = 0;
    std::string m_lastReason;
};

} // namespace plumbline::collector
