// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/langfuse/row_reader.h"

#include "importers/facts/amounts.h"
#include "importers/langfuse/usage.h"

namespace plumbline::langfuse {

namespace {

/// A fact that may be anything: text as it is, numbers as text.
std::string_view asText(json::Value value, std::string& scratch)
{
    if (value.isNumber()) {
        scratch = value.compact();
        return scratch;
    }
    return value.text();
}

std::optional<Timestamp> timeOf(const Row& row, Field field)
{
    return parseTimestamp(row.text(field));
}

std::string_view finishReasonOf(json::Value output)
{
    for (const std::string_view key : {"finish_reason", "stop_reason", "finishReason", "stopReason"})
        if (const std::string_view reason = output[key].text(); !reason.empty())
            return reason;
    for (const std::string_view list : {"choices", "candidates"})
        for (const json::Value choice : output[list].array())
            for (const std::string_view key : {"finish_reason", "finishReason"})
                if (const std::string_view reason = choice[key].text(); !reason.empty())
                    return reason;
    return {};
}

bool isResponseId(std::string_view id)
{
    return id.starts_with("chatcmpl-") || id.starts_with("msg_") || id.starts_with("resp_");
}

bool isOfACall(json::Object object)
{
    for (const auto [key, value] : object)
        for (const std::string_view of : {"model", "prompt_tokens", "completion_tokens", "input_tokens",
                                          "output_tokens", "total_tokens", "tokens", "choices", "usage"})
            if (key == of && !value.isNull())
                return true;
    return false;
}

} // namespace

RowKind kindOf(const Row& row, json::Object object, std::string_view container)
{
    const bool hasId = row.has(Field::Id);
    const bool hasTrace = row.has(Field::TraceId);
    const bool hasType = row.has(Field::Type);
    const bool hasUsage = row.has(Field::UsageDetails) || row.has(Field::ProvidedUsageDetails) || row.has(Field::Usage);
    const bool hasValue = row.has(Field::Value) || row.has(Field::StringValue);
    if (hasValue && (row.has(Field::DataType) || row.has(Field::Source) || container == "scores"))
        return RowKind::Score;
    if (hasTrace && (hasType || hasUsage || row.has(Field::StartTime)))
        return RowKind::Observation;
    if (!hasTrace && (row.has(Field::CountTraces) || row.has(Field::SessionDuration)))
        return RowKind::Session;
    const bool hasTraceMark = row.has(Field::Bookmarked) || row.has(Field::HtmlPath);
    // A trace knows neither a model nor tokens: a row of somebody's log does, beside an id and a time.
    const bool isPlain = row.has(Field::Timestamp) && !hasType && !hasUsage && !isOfACall(object);
    if (hasId && !hasTrace && (hasTraceMark || container == "trace" || isPlain))
        return RowKind::Trace;
    // Nothing with facts about calls: a manifest, totals, or what is left of an answer without its rows.
    bool hasMeta = false;
    bool hasMeasure = false;
    for (const auto [key, value] : object) {
        if (key == "files" && value.isArray() && !hasId)
            return RowKind::Manifest;
        hasMeta |= key == "meta";
        // Metrics name measures by aggregation: sum_totalCost, count_count.
        for (const std::string_view prefix : {"sum_", "count_", "avg_", "p95_", "countObservations"})
            hasMeasure |= key.starts_with(prefix);
    }
    if (hasMeasure && !hasId)
        return RowKind::Metrics;
    return container == "envelope" || (hasMeta && !hasId) ? RowKind::Page : RowKind::Other;
}

RowKind kindOf(json::Object object, std::string_view container)
{
    Row row;
    sortInto(row, object);
    return kindOf(row, object, container);
}

SpanKind spanKindNamed(std::string_view type)
{
    struct Naming
    {
        std::string_view name;
        SpanKind kind;
    };
    constexpr Naming namings[] = {{"GENERATION", SpanKind::Llm},      {"EMBEDDING", SpanKind::Embedding},
                                  {"RETRIEVER", SpanKind::Retriever}, {"TOOL", SpanKind::Tool},
                                  {"AGENT", SpanKind::Agent},         {"CHAIN", SpanKind::Chain},
                                  {"EVENT", SpanKind::Event}};
    for (const Naming& naming : namings)
        if (naming.name == type)
            return naming.kind;
    return SpanKind::Other;
}

SpanStatus statusNamed(std::string_view level)
{
    if (level == "ERROR")
        return SpanStatus::Error;
    if (level == "WARNING")
        return SpanStatus::Warning;
    return level.empty() ? SpanStatus::Unknown : SpanStatus::Ok;
}

void RowReader::begin()
{
    m_nested.clear();
    m_names.clear();
    m_splitter.begin();
}

Result<> RowReader::read(const input::Record& record, json::Value value, RecordSink& sink)
{
    begin();
    if (!value.isObject()) {
        // Lists of ids stand where a fuller export has rows.
        if (record.container.empty())
            sink.skip("not a JSON object");
        return {};
    }
    const json::Object object = value.object();
    sortInto(m_row, object);
    switch (kindOf(m_row, object, record.container)) {
    case RowKind::Observation: {
        const std::string_view type = m_row.text(Field::Type);
        // A row that only says trace and usage was a generation.
        const SpanKind kind = type.empty() ? SpanKind::Llm : spanKindNamed(type);
        return readObservation(m_row, {.kind = kind, .traceId = m_row.text(Field::TraceId)}, sink);
    }
    case RowKind::Trace:
        return readTrace(m_row, sink, {});
    case RowKind::Score:
        return readScore(m_row, sink);
    case RowKind::Session:
        sink.note("session rows hold totals only: import observations for the calls");
        return {};
    case RowKind::Metrics:
        sink.note("metrics are totals without calls: kept out of the spend");
        return {};
    case RowKind::Manifest:
        sink.note("a manifest lists files and holds no data");
        return {};
    case RowKind::Page:
        if (!object["meta"]["cursor"].text().empty())
            sink.note("this is one page of an answer with more: import the next pages as well");
        return {};
    case RowKind::Other:
        sink.skip("no trace id with usage, no trace, no score");
        return {};
    }
    return {};
}

std::string_view RowReader::tagsOf(const Row& row, std::string_view& feature)
{
    m_tags.clear();
    const json::Array tags = m_nested.unwrapped(row[Field::Tags]).array();
    if (tags.isEmpty())
        return {};
    m_tags = "[";
    for (const json::Value tag : tags) {
        const std::string_view text = tag.text();
        if (text.empty())
            continue;
        if (feature.empty() && text.starts_with("feature:"))
            feature = text.substr(8);
        if (m_tags.size() > 1)
            m_tags += ",";
        json::appendQuoted(m_tags, text);
    }
    m_tags += "]";
    return m_tags.size() > 2 ? std::string_view(m_tags) : std::string_view();
}

Result<> RowReader::readObservation(const Row& row, const About& about, RecordSink& sink)
{
    ObservedSpan& span = m_span;
    std::vector<ObservedBlock> blocks = std::move(span.blocks);
    auto usage = std::move(span.reportedUsage);
    span = {};
    blocks.clear();
    span.blocks = std::move(blocks);
    span.reportedUsage = std::move(usage);

    span.kind = about.kind;
    span.isPartial = about.isPartial;
    span.traceId = about.traceId;
    span.spanId = row.text(Field::Id);
    if (span.traceId.empty()) {
        sink.skip("no trace id");
        return {};
    }
    span.start = timeOf(row, Field::StartTime);
    if (!span.start)
        span.start = timeOf(row, Field::Timestamp);
    if (!span.start)
        span.start = about.start;
    span.end = timeOf(row, Field::EndTime);
    span.firstToken = timeOf(row, Field::CompletionStartTime);
    span.recordedAt = about.recordedAt;
    if (!span.recordedAt)
        span.recordedAt = timeOf(row, Field::UpdatedAt);
    if (!span.recordedAt)
        span.recordedAt = timeOf(row, Field::CreatedAt);
    if (!span.start && !about.isPartial) {
        sink.skip("no start time");
        return {};
    }
    if (span.spanId.empty()) {
        // A row without an id is told apart by when it began.
        m_ownId = "row-" + std::to_string(span.start.value_or(Timestamp()).microseconds());
        span.spanId = m_ownId;
    }
    span.parentId = row.text(Field::ParentId);
    span.name = row.text(Field::Name);
    span.status = statusNamed(row.text(Field::Level));
    span.statusMessage = row.text(Field::StatusMessage);
    span.model = row.text(Field::Model);
    span.environment = row.text(Field::Environment);
    span.release = row.text(Field::Release);
    span.version = row.text(Field::Version);
    span.user = row.text(Field::UserId);
    span.session = row.text(Field::SessionId);
    span.traceName = row.text(Field::TraceName);
    span.promptName = row.text(Field::PromptName);
    span.promptVersion = asText(row[Field::PromptVersion], m_promptVersion);

    readParameters(row[Field::ModelParameters]);
    span.parameters = m_parameters.compact;
    span.serviceTier = m_parameters.serviceTier;
    m_metadata.read(row[Field::Metadata], m_nested);
    span.attributes = m_metadata.attributes();
    span.feature = m_metadata.feature();
    span.service = m_metadata.service();
    span.tags = tagsOf(row, span.feature);
    span.responseId = m_metadata.responseId();
    span.finishReason = m_metadata.finishReason();

    readUsage(row, span, m_nested, m_names);
    span.reportedCost = readCost(row, m_nested);
    readBlocks(row, span);
    TRY(sink.add(span));
    return readScoreColumns(row, span.traceId, span.spanId, sink);
}

void RowReader::readParameters(json::Value value)
{
    const std::string_view text = value.text();
    if (!text.empty() && text == m_parameters.text)
        return; // as the row before: mostly they are
    m_parameters = {.text = std::string(text)};
    const json::Value parameters = m_nested.unwrapped(value);
    if (parameters.object().isEmpty())
        return;
    m_parameters.compact = parameters.compact();
    m_parameters.serviceTier = parameters["service_tier"].text();
    if (parameters["speed"].text() == "fast")
        m_parameters.serviceTier = "fast";
}

void RowReader::readBlocks(const Row& row, ObservedSpan& span)
{
    const json::Value input = row.has(Field::Input) ? row[Field::Input] : row[Field::Prompt];
    const json::Value output = row.has(Field::Output) ? row[Field::Output] : row[Field::Completion];
    const json::Value answer = output.isObject() ? output : m_nested.unwrapped(output);
    if (span.finishReason.empty())
        span.finishReason = finishReasonOf(answer);
    if (span.responseId.empty() && isResponseId(answer["id"].text()))
        span.responseId = answer["id"].text();

    m_splitter.splitInput(input, span.blocks);
    m_splitter.splitToolDefinitions(row[Field::ToolDefinitions], span.blocks);
    m_splitter.splitOutput(output, span.blocks);
    m_splitter.splitToolCalls(row[Field::ToolCalls], row[Field::ToolCallNames], span.blocks);
    span.isPromptTruncated = m_splitter.sawTruncation();
}

Result<> RowReader::readTrace(const Row& row, RecordSink& sink, std::optional<Timestamp> recordedAt)
{
    ObservedTrace trace;
    trace.traceId = row.text(Field::Id);
    if (trace.traceId.empty()) {
        sink.skip("a trace without id");
        return {};
    }
    trace.start = timeOf(row, Field::Timestamp);
    trace.recordedAt = recordedAt ? recordedAt : timeOf(row, Field::UpdatedAt);
    trace.name = row.text(Field::Name);
    trace.environment = row.text(Field::Environment);
    trace.release = row.text(Field::Release);
    trace.version = row.text(Field::Version);
    trace.user = row.text(Field::UserId);
    trace.session = row.text(Field::SessionId);
    m_metadata.read(row[Field::Metadata], m_nested);
    trace.attributes = m_metadata.attributes();
    trace.feature = m_metadata.feature();
    trace.tags = tagsOf(row, trace.feature);

    // Roll-ups of exports before v3.121: for reconciliation, never billed.
    const json::Object usage = m_nested.unwrapped(row[Field::Usage]).object();
    trace.reportedInput =
        facts::tokenCount(row.has(Field::InputTokens) ? row[Field::InputTokens] : usage["promptTokens"]);
    trace.reportedOutput =
        facts::tokenCount(row.has(Field::OutputTokens) ? row[Field::OutputTokens] : usage["completionTokens"]);
    trace.reportedCost = readCost(row, m_nested);
    TRY(sink.add(trace));
    return readScoreColumns(row, trace.traceId, {}, sink);
}

Result<> RowReader::readScore(const Row& row, RecordSink& sink)
{
    ObservedScore score;
    score.scoreId = row.text(Field::Id);
    score.traceId = row.text(Field::TraceId);
    score.spanId = row.text(Field::ObservationId);
    score.sessionId = row.text(Field::SessionId);
    score.name = row.text(Field::Name);
    score.value = row[Field::Value].number();
    if (!score.value)
        if (const auto truth = row[Field::Value].boolean())
            score.value = *truth ? 1 : 0;
    score.text = row.text(Field::StringValue);
    if (score.text.empty() && !score.value)
        score.text = row.text(Field::Value);
    score.time = timeOf(row, Field::Timestamp);
    if (score.name.empty() || (score.traceId.empty() && score.sessionId.empty())) {
        sink.skip("a score without name, or about nothing");
        return {};
    }
    return sink.add(score);
}

Result<> RowReader::readScoreColumns(const Row& row, std::string_view trace, std::string_view span, RecordSink& sink)
{
    for (const json::Member& column : row.scores) {
        for (const json::Value value : column.value.array()) {
            if (value.isObject() || value.isArray() || value.isNull())
                continue;
            ObservedScore score{
                .traceId = trace, .spanId = span, .name = column.key, .value = value.number(), .text = value.text()};
            if (const auto truth = value.boolean(); truth && !score.value)
                score.value = *truth ? 1 : 0;
            TRY(sink.add(score));
        }
    }
    return {};
}

} // namespace plumbline::langfuse
