// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// OTLP's other encoding. What it says is written as JSON, so that one reader reads both.
namespace plumbline::otlp {

/// An ExportTraceServiceRequest, ExportLogsServiceRequest or ExportMetricsServiceRequest as OTLP/JSON; of metrics only
/// that there are some, and of what. Nothing if the bytes are no such message: a field that the messages do not have,
/// a length beyond the end, or no resource with content is no such message. Hostile bytes are refused like others.
std::optional<std::string> jsonFromProtobuf(std::string_view bytes);

/// What a request is about, where its route tells.
enum class Signal
{
    Traces,
    Logs,
    Metrics,
};
/// A request of a known signal as OTLP/JSON: fields of later versions are left out, an empty one is `{}`. Nothing if
/// the bytes are no protobuf of that shape.
std::optional<std::string> jsonFromRequest(std::string_view bytes, Signal signal);

/// Cuts a file of messages with the length of each before it: a varint (protobuf's delimited form), or four bytes,
/// the highest first (the Collector's file exporter). False, and no messages, if the bytes are not cut so to their
/// very end, or the first is no export request.
bool splitProtobuf(std::string_view whole, std::vector<std::string_view>& messages);

} // namespace plumbline::otlp
