// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <string>
#include <unordered_map>

#include "importers/facts/metadata.h"
#include "importers/format.h"
#include "importers/langsmith/run.h"
#include "importers/prompts/split_prompt.h"

namespace plumbline::langsmith {

/// Whether a value is a run in any spelling: an id beside a type and what tells it from other vendors' rows.
bool isRun(json::Value value);
/// Whether it is a feedback: a score of a run under a key.
bool isFeedback(json::Value value);

/// Reads runs, those nested in them, and feedback. Parents' tokens and costs are sums over what is below them and are
/// left to the trace; a run that is no model's never has usage here.
class RunReader : public FormatReader
{
public:
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override;

    /// What is known of a run beside its record.
    struct About
    {
        std::string_view trace = {}, parent = {}; ///< where it is nested
        bool isPartial = false;                   ///< an update, or a create whose update may come
        int depth = 0;
    };
    /// Before each record.
    void begin();
    Result<> readRun(json::Object object, const About& about, RecordSink& sink);
    Result<> readFeedback(json::Value value, RecordSink& sink);

private:
    void readModel(const Run& run);
    void readBlocks(const Run& run);
    void readMetadata(const Run& run);
    Result<> readFeedbackStats(const Run& run, RecordSink& sink);

    json::Nested m_nested;
    facts::Metadata m_metadata;
    PromptSplitter m_splitter;
    std::deque<std::string> m_names; ///< texts made for the span at hand
    std::string m_tags;
    ObservedSpan m_span;
    /// Kinds of runs seen, for updates that do not say. Bounded: forgotten in one go.
    std::unordered_map<std::string, SpanKind> m_kinds;
};

} // namespace plumbline::langsmith
