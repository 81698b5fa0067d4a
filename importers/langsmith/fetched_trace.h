// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "importers/facts/metadata.h"
#include "importers/format.h"

namespace plumbline::langsmith {

/// `{trace_id, messages, metadata, …}` as langsmith-fetch writes it with `--include-metadata`.
bool isFetchedTrace(json::Value value);

/// Reads fetched traces: the root's totals and what it says of itself. There are no runs in them, so nothing is billed.
class FetchedTraceReader : public FormatReader
{
public:
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override;

private:
    json::Nested m_nested;
    facts::Metadata m_metadata;
};

} // namespace plumbline::langsmith
