// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "importers/json/nested.h"
#include "model/core/span.h"

namespace plumbline::langsmith {

/// One run as any of LangSmith's spellings has it: API v1 and v2, dumps of both SDKs, the command line's records,
/// bulk-export rows and ingest bodies. Members that are JSON in strings are read on the way; texts live as long as the
/// record's parser and `nested`.
class Run
{
public:
    Run(json::Object object, json::Nested& nested);

    json::Value operator[](std::string_view key) const { return m_object[key]; }
    /// Ids without quotes, with dashes, in lower case. Of a patch without an id: the last one of its dotted order.
    const std::string& id() const { return m_id; }
    const std::string& trace() const { return m_trace; }
    const std::string& parent() const { return m_parent; }

    /// Unknown types are chains; nothing if the record does not say.
    std::optional<SpanKind> kind() const;
    SpanStatus status() const;
    std::optional<Timestamp> start() const;
    std::optional<Timestamp> end() const;
    std::optional<Timestamp> firstToken() const;

    json::Value inputs() const { return m_inputs; }
    json::Value outputs() const { return m_outputs; }
    json::Value extra() const { return m_extra; }
    json::Value metadata() const { return m_metadata; }
    /// The root says of itself that it is one, or has no parent.
    bool isRoot() const { return m_parent.empty(); }

    /// A text of the metadata under the first of these keys that has one; numbers as JSON writes them.
    std::string_view metadataText(std::initializer_list<std::string_view> keys) const;

private:
    json::Object m_object;
    json::Value m_inputs, m_outputs, m_extra, m_metadata;
    std::string m_id, m_trace, m_parent;
    mutable std::string m_number;
};

/// `"0B2C…"`, `0b2c…` without dashes: as `0b2c…-…`.
std::string normalId(std::string_view id);

} // namespace plumbline::langsmith
