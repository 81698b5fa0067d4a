// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/otlp/protobuf_messages.h"

/// The messages of opentelemetry-proto (collector, trace, logs, metrics, resource, common).
namespace plumbline::otlp::protobuf {

namespace {

using enum FieldType;

extern const Shape anyValue;
extern const Shape keyValue;

constexpr Field many(std::uint32_t number, std::string_view name, const Shape& shape)
{
    return {.number = number, .type = Message, .name = name, .shape = &shape, .isRepeated = true};
}

constexpr Field one(std::uint32_t number, std::string_view name, const Shape& shape)
{
    return {.number = number, .type = Message, .name = name, .shape = &shape};
}

constexpr Field plain(std::uint32_t number, FieldType type, std::string_view name, std::size_t provingSize = 0)
{
    return {.number = number, .type = type, .name = name, .provingSize = provingSize};
}

constexpr Field ignored(std::uint32_t number)
{
    return {.number = number, .type = Ignored, .isRepeated = true};
}

// common

const Field arrayValueFields[] = {many(1, "values", anyValue)};
const Shape arrayValue = {arrayValueFields};
const Field keyValueListFields[] = {many(1, "values", keyValue)};
const Shape keyValueList = {keyValueListFields};
const Field anyValueFields[] = {plain(1, String, "stringValue"),  plain(2, Bool, "boolValue"),
                                plain(3, WholeText, "intValue"),  plain(4, Double, "doubleValue"),
                                one(5, "arrayValue", arrayValue), one(6, "kvlistValue", keyValueList),
                                plain(7, Bytes, "bytesValue")};
const Shape anyValue = {anyValueFields};
const Field keyValueFields[] = {plain(1, String, "key"), one(2, "value", anyValue)};
const Shape keyValue = {keyValueFields};
const Field scopeFields[] = {plain(1, String, "name"), plain(2, String, "version"), many(3, "attributes", keyValue),
                             plain(4, Whole, "droppedAttributesCount")};
const Shape scope = {scopeFields};
const Field resourceFields[] = {many(1, "attributes", keyValue), plain(2, Whole, "droppedAttributesCount"), ignored(3)};
const Shape resource = {resourceFields};

// trace

const Field eventFields[] = {plain(1, Fixed64, "timeUnixNano"), plain(2, String, "name"),
                             many(3, "attributes", keyValue), plain(4, Whole, "droppedAttributesCount")};
const Shape event = {eventFields};
const Field linkFields[] = {plain(1, Id, "traceId"),
                            plain(2, Id, "spanId"),
                            plain(3, String, "traceState"),
                            many(4, "attributes", keyValue),
                            plain(5, Whole, "droppedAttributesCount"),
                            plain(6, Fixed32, "flags")};
const Shape link = {linkFields};
const Field statusFields[] = {plain(2, String, "message"), plain(3, Whole, "code")};
const Shape status = {statusFields};
const Field spanFields[] = {plain(1, Id, "traceId", 16),
                            plain(2, Id, "spanId"),
                            plain(3, String, "traceState"),
                            plain(4, Id, "parentSpanId"),
                            plain(5, String, "name"),
                            plain(6, Whole, "kind"),
                            plain(7, Fixed64, "startTimeUnixNano"),
                            plain(8, Fixed64, "endTimeUnixNano"),
                            many(9, "attributes", keyValue),
                            plain(10, Whole, "droppedAttributesCount"),
                            many(11, "events", event),
                            plain(12, Whole, "droppedEventsCount"),
                            many(13, "links", link),
                            plain(14, Whole, "droppedLinksCount"),
                            one(15, "status", status),
                            plain(16, Fixed32, "flags")};
const Shape span = {spanFields};
const Field scopeSpansFields[] = {one(1, "scope", scope), many(2, "spans", span), plain(3, String, "schemaUrl")};
const Shape scopeSpans = {scopeSpansFields};
const Field resourceSpansFields[] = {one(1, "resource", resource), many(2, "scopeSpans", scopeSpans),
                                     plain(3, String, "schemaUrl"),
                                     many(1000, "instrumentationLibrarySpans", scopeSpans)};
const Shape resourceSpans = {resourceSpansFields};
const Field traceRequestFields[] = {many(1, "resourceSpans", resourceSpans)};

// logs

const Field logRecordFields[] = {plain(1, Fixed64, "timeUnixNano", 8),
                                 plain(2, Whole, "severityNumber"),
                                 plain(3, String, "severityText"),
                                 one(5, "body", anyValue),
                                 many(6, "attributes", keyValue),
                                 plain(7, Whole, "droppedAttributesCount"),
                                 plain(8, Fixed32, "flags"),
                                 plain(9, Id, "traceId"),
                                 plain(10, Id, "spanId"),
                                 plain(11, Fixed64, "observedTimeUnixNano", 8),
                                 plain(12, String, "eventName")};
const Shape logRecord = {logRecordFields};
const Field scopeLogsFields[] = {one(1, "scope", scope), many(2, "logRecords", logRecord),
                                 plain(3, String, "schemaUrl")};
const Shape scopeLogs = {scopeLogsFields};
const Field resourceLogsFields[] = {one(1, "resource", resource), many(2, "scopeLogs", scopeLogs),
                                    plain(3, String, "schemaUrl"), many(1000, "instrumentationLibraryLogs", scopeLogs)};
const Shape resourceLogs = {resourceLogsFields};
const Field logsRequestFields[] = {many(1, "resourceLogs", resourceLogs)};

// metrics: what was counted, for those who look into the file

const Field numberPointFields[] = {plain(2, Fixed64, "startTimeUnixNano"),
                                   plain(3, Fixed64, "timeUnixNano", 8),
                                   plain(4, Double, "asDouble"),
                                   ignored(5),
                                   plain(6, SignedFixed64, "asInt"),
                                   many(7, "attributes", keyValue),
                                   plain(8, Whole, "flags")};
const Shape numberPoint = {numberPointFields};
const Field gaugeFields[] = {many(1, "dataPoints", numberPoint)};
const Shape gauge = {gaugeFields};
const Field sumFields[] = {many(1, "dataPoints", numberPoint), plain(2, Whole, "aggregationTemporality"),
                           plain(3, Bool, "isMonotonic")};
const Shape sum = {sumFields};
const Field metricFields[] = {plain(1, String, "name", 1),
                              plain(2, String, "description"),
                              plain(3, String, "unit"),
                              one(5, "gauge", gauge),
                              one(7, "sum", sum),
                              ignored(9),
                              ignored(10),
                              ignored(11),
                              many(12, "metadata", keyValue)};
const Shape metric = {metricFields};
const Field scopeMetricsFields[] = {one(1, "scope", scope), many(2, "metrics", metric), plain(3, String, "schemaUrl")};
const Shape scopeMetrics = {scopeMetricsFields};
const Field resourceMetricsFields[] = {one(1, "resource", resource), many(2, "scopeMetrics", scopeMetrics),
                                       plain(3, String, "schemaUrl"),
                                       many(1000, "instrumentationLibraryMetrics", scopeMetrics)};
const Shape resourceMetrics = {resourceMetricsFields};
const Field metricsRequestFields[] = {many(1, "resourceMetrics", resourceMetrics)};

} // namespace

const Shape traceRequest = {traceRequestFields};
const Shape logsRequest = {logsRequestFields};
const Shape metricsRequest = {metricsRequestFields};

} // namespace plumbline::otlp::protobuf
