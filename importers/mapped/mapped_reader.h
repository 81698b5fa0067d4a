// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>

#include "importers/facts/repeats.h"
#include "importers/format.h"
#include "importers/json/nested.h"
#include "importers/prompts/split_prompt.h"
#include "model/core/field_mapping.h"

namespace plumbline::mapped {

/// Reads a log that applications write by themselves: a call a record. Without a mapping it proposes one record by
/// record; what is mapped to nothing becomes metadata.
class MappedReader : public FormatReader
{
public:
    MappedReader() = default;
    explicit MappedReader(FieldMapping mapping) : m_given(std::move(mapping)) {}
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override;
    void finish(RecordSink& sink) override;

private:
    /// The id of a record that has one, as far as it is this call's own.
    std::string_view nameById(std::string_view id, std::string_view path, const ObservedSpan& span);
    void readUsage(json::Value record, const FieldMapping& mapping, ObservedSpan& span);
    /// A record without an id is told apart by what it says, and by which of its equals it is.
    std::string_view nameByContent(std::string_view text, Timestamp time, RecordSink& sink);
    std::string_view text(json::Value record, const FieldMapping& mapping, LogField field);

    std::optional<FieldMapping> m_given;
    std::set<std::string, std::less<>> m_seen; ///< paths of m_given that a record had
    bool m_any = false;                        ///< record was read
    facts::Repeats m_repeats;
    json::Nested m_nested;
    PromptSplitter m_splitter;
    std::deque<std::string> m_texts;
};

/// The value at a path of keys joined by dots; a key that itself has dots is found as well.
json::Value valueAt(json::Value record, std::string_view path);

} // namespace plumbline::mapped
