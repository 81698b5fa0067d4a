// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <unordered_map>

#include "importers/langfuse/row_reader.h"

namespace plumbline::langfuse {

/// Whether a value is an event of the ingestion protocol: `{id, type, timestamp, body}`.
bool isEvent(json::Value value);

/// Reads the events of `POST /api/public/ingestion`, as clients before OpenTelemetry send them and gateways still do:
/// creates and updates of traces, observations and scores. Updates may come first and may leave the trace id out.
class IngestionReader : public FormatReader
{
public:
    Result<> read(const input::Record& record, json::Value value, RecordSink& sink) override;

private:
    std::string_view traceOf(std::string_view span, std::string_view trace);

    RowReader m_rows;
    Row m_row;
    /// Traces of spans seen, for updates that do not say. Bounded: forgotten in one go.
    std::unordered_map<std::string, std::string> m_traces;
    std::string m_artificialTrace;
};

} // namespace plumbline::langfuse
