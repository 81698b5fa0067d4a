// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <string>

#include "importers/facts/metadata.h"
#include "importers/format.h"
#include "importers/json/nested.h"
#include "importers/langfuse/fields.h"
#include "importers/prompts/split_prompt.h"

namespace plumbline::langfuse {

/// What a row is, told by its keys.
enum class RowKind
{
    Observation,
    Trace,
    Session,
    Score,
    Metrics,
    Manifest,
    Page, ///< what is left of an API answer or a download without its rows
    Other,
};
RowKind kindOf(json::Object object, std::string_view container);
/// The same for an object that is sorted already.
RowKind kindOf(const Row& row, json::Object object, std::string_view container);

/// `GENERATION`, `SPAN`, … of any generation of servers; anything else is Other.
SpanKind spanKindNamed(std::string_view type);
SpanStatus statusNamed(std::string_view level);

/// Reads the rows of every Langfuse export, page and download: they differ in spelling, and in what is a string.
class RowReader : public FormatReader
{
public:
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override;

    /// What is said of a span beside its row.
    struct About
    {
        SpanKind kind = SpanKind::Other;
        std::string_view traceId = {};
        std::optional<Timestamp> start = {};      ///< if the row has none
        std::optional<Timestamp> recordedAt = {}; ///< if it is known better than from the row
        bool isPartial = false;
    };
    Result<> readObservation(const Row& row, const About& about, RecordSink& sink);
    Result<> readTrace(const Row& row, RecordSink& sink, std::optional<Timestamp> recordedAt);
    Result<> readScore(const Row& row, RecordSink& sink);
    /// Before each record.
    void begin();

private:
    struct Parameters
    {
        std::string text = {}; ///< as the row has them, where that is text
        std::string compact = {}, serviceTier = {};
    };
    void readParameters(json::Value value);
    void readBlocks(const Row& row, ObservedSpan& span);
    std::string_view tagsOf(const Row& row, std::string_view& feature);
    Result<> readScoreColumns(const Row& row, std::string_view trace, std::string_view span, RecordSink& sink);

    Row m_row;
    facts::Metadata m_metadata;
    json::Nested m_nested;
    PromptSplitter m_splitter;
    std::deque<std::string> m_names;
    Parameters m_parameters;
    std::string m_tags, m_promptVersion, m_other, m_ownId;
    ObservedSpan m_span;
};

} // namespace plumbline::langfuse
