// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "importers/format.h"
#include "model/record/recorder.h"

namespace plumbline {

inline void addOnce(std::vector<std::string>& list, std::string text)
{
    if (std::find(list.begin(), list.end(), text) == list.end())
        list.push_back(std::move(text));
}

/// Hands what a format reads to the recorder, and counts for the report.
class RecordingSink : public RecordSink
{
public:
    /// `salt`: what a record is read by, where that is not told by the record: read otherwise it is another one.
    RecordingSink(Recorder& recorder, ImportReport& report, bool keepsBlocks, std::string salt = {})
        : m_recorder(recorder), m_report(report), m_keepsBlocks(keepsBlocks), m_salt(std::move(salt))
    {
    }
    bool keepsBlocks() const override { return m_keepsBlocks; }
    void startRecord(const std::string& file, const input::Record& record)
    {
        m_file = &file;
        m_record = record.number;
        m_text = record.text;
        // What is left of an envelope is no record that anybody wrote.
        m_report.records += record.container != "envelope";
        if (m_salt.empty()) {
            m_recorder.startRecord(record.text);
            return;
        }
        m_salted.assign(m_salt).append(record.text);
        m_recorder.startRecord(m_salted);
    }
    void setRepeats(std::uint64_t before) override
    {
        if (before == 0)
            return;
        m_salted = m_salt + std::string(m_text) + '#' + std::to_string(before);
        m_recorder.startRecord(m_salted);
    }
    void skipRecord(std::string_view reason, const std::string& file, std::uint64_t record)
    {
        for (Skipped& known : m_report.skipped) {
            if (known.reason == reason) {
                ++known.count;
                return;
            }
        }
        m_report.skipped.push_back({std::string(reason), 1, file, record});
    }

    Result<> add(const ObservedSpan& span) override { return m_recorder.add(span); }
    Result<> add(const ObservedTrace& trace) override { return m_recorder.add(trace); }
    Result<> add(const ObservedScore& score) override { return m_recorder.add(score); }
    Result<> add(const ObservedBillLine& line) override { return m_recorder.add(line); }
    void skip(std::string_view reason) override { skipRecord(reason, *m_file, m_record); }
    void note(std::string_view text) override { addOnce(m_report.notes, *m_file + ": " + std::string(text)); }

private:
    Recorder& m_recorder;
    ImportReport& m_report;
    bool m_keepsBlocks;
    std::string m_salt, m_salted;
    std::string_view m_text;
    const std::string* m_file = nullptr;
    std::uint64_t m_record = 0;
};

} // namespace plumbline
