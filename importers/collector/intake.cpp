// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/intake.h"

#include <random>

#include "importers/input/unpack.h"
#include "importers/langsmith/multipart.h"

namespace plumbline::collector {

namespace {

// What sources are called in the window.
constexpr std::string_view otlpFormat = "OpenTelemetry (OTLP)";
constexpr std::string_view langfuseFormat = "Langfuse ingestion batch";
constexpr std::string_view langSmithFormat = "LangSmith ingestion";

constexpr std::size_t mostRememberedRuns = 100'000;

/// Passes on, and keeps the reasons of what was skipped.
class Counting : public RecordSink
{
public:
    explicit Counting(PostSink& sink) : m_sink(sink) {}
    Result<> add(const ObservedSpan& span) override
    {
        ++m_taken;
        return m_sink.add(span);
    }
    Result<> add(const ObservedTrace& trace) override { return m_sink.add(trace); }
    Result<> add(const ObservedScore& score) override
    {
        ++m_taken;
        return m_sink.add(score);
    }
    Result<> add(const ObservedBillLine& line) override { return m_sink.add(line); }
    bool keepsBlocks() const override { return m_sink.keepsBlocks(); }
    void skip(std::string_view reason) override
    {
        ++m_skipped;
        m_reason = reason;
        m_sink.skip(reason);
    }
    void note(std::string_view text) override { m_sink.note(text); }

    std::uint64_t skipped() const { return m_skipped; }
    std::uint64_t taken() const { return m_taken; }
    const std::string& reason() const { return m_reason; }

private:
    PostSink& m_sink;
    std::uint64_t m_skipped = 0, m_taken = 0;
    std::string m_reason;
};

/// Counts a post that is refused as a whole.
Answer refused(const Post& post, Route route, unsigned status, std::string reason, PostSink& sink)
{
    sink.skip(reason);
    return refusal(route, post.contentType, status, reason);
}

/// Parsers look at a few bytes behind the text.
Result<json::Value> parsed(json::Parser& parser, std::string& text)
{
    text.reserve(text.size() + json::padding);
    return parser.parse(text);
}

std::string notJson(const Error& error)
{
    return "not valid JSON: " + error.reason;
}

/// As servers make them up for events without.
std::string newId()
{
    constexpr char digits[] = "0123456789abcdef";
    std::random_device random;
    std::string id(32, '0');
    for (char& digit : id)
        digit = digits[random() & 15U];
    return id;
}

/// A member put behind those of an object; the last of a name is the one that counts.
std::string withMember(std::string_view object, std::string_view key, std::string_view value)
{
    std::string text(object.substr(0, object.rfind('}')));
    const std::size_t last = text.find_last_not_of(" \t\r\n");
    text += last != std::string::npos && text[last] == '{' ? "" : ",";
    json::appendQuoted(text, key);
    text += ":";
    json::appendQuoted(text, value);
    return text + "}";
}

} // namespace

Result<Answer> Intake::take(Post& post, const Destination& destination, PostSink& sink)
{
    const Route route = destination.route;
    const bool isPacked = !post.contentEncoding.empty() && post.contentEncoding != "identity";
    std::string unpackedBody;
    std::string& body = isPacked ? unpackedBody : post.body;
    if (isPacked) {
        auto unpacked = input::unpacked(post.body, post.contentEncoding, mostUnpacked);
        if (!unpacked) {
            const unsigned status = unpacked.error().kind == ErrorKind::Unsupported ? 415
                                    : unpacked.error().kind == ErrorKind::TooLarge  ? 413
                                                                                    : 400;
            return refused(post, route, status, "the body cannot be unpacked: " + unpacked.error().reason, sink);
        }
        unpackedBody = *std::move(unpacked);
    }
    switch (route) {
    case Route::LangfuseIngestion:
        return takeBatch(post, body, sink);
    case Route::LangfuseEvent:
        return takeEvent(post, destination.argument, body, sink);
    case Route::LangSmithRun:
        return takeRun(post, destination.argument, body, sink);
    case Route::LangSmithBatch:
        return takeRuns(post, body, sink);
    case Route::LangSmithMultipart:
        return takeForm(post, body, sink);
    case Route::LangSmithFeedback:
        return takeFeedback(post, body, sink);
    default:
        return takeOtlp(post, route, body, sink);
    }
}

Result<Answer> Intake::takeOtlp(const Post& post, Route route, std::string& body, PostSink& sink)
{
    const bool isBinary = isProtobuf(post.contentType);
    if (!isBinary && mediaTypeOf(post.contentType) != "application/json")
        return refused(post, route, 415, "OTLP comes as application/x-protobuf or application/json", sink);
    if (body.empty() && isBinary)
        return exported(post.contentType, 0, {});
    std::string converted;
    std::string& text = isBinary ? converted : body;
    if (isBinary) {
        std::optional<std::string> json;
        if (route == Route::OtlpAny)
            json = otlp::jsonFromProtobuf(body);
        else
            json = otlp::jsonFromRequest(body, route == Route::OtlpTraces ? otlp::Signal::Traces
                                               : route == Route::OtlpLogs ? otlp::Signal::Logs
                                                                          : otlp::Signal::Metrics);
        if (!json)
            return refused(post, route, 400, "not the protobuf message of this path", sink);
        converted = *std::move(json);
    }
    const auto value = parsed(m_parser, text);
    if (!value)
        return refused(post, route, 400, notJson(value.error()), sink);
    if (!value->isObject())
        return refused(post, route, 400, "not a JSON object", sink);
    if (value->object().isEmpty() || route == Route::OtlpMetrics)
        return exported(post.contentType, 0, {});
    Counting counting(sink);
    TRY(sink.startRecord(isBinary ? body : text, otlpFormat));
    TRY(m_otlp.read({.text = text}, *value, counting));
    return exported(post.contentType, counting.skipped(), counting.reason());
}

Result<Answer> Intake::takeBatch(const Post& post, std::string& body, PostSink& sink)
{
    const auto value = parsed(m_parser, body);
    if (!value)
        return refused(post, Route::LangfuseIngestion, 400, notJson(value.error()), sink);
    if (!(*value)["batch"].isArray())
        return refused(post, Route::LangfuseIngestion, 400, "Invalid request data: batch is no array", sink);
    std::vector<EventOutcome> outcomes;
    std::string raw;
    // Creates first: an update may leave out what its create says.
    for (const bool updates : {false, true}) {
        for (const json::Value event : (*value)["batch"].array()) {
            const std::string_view type = event["type"].text();
            if (type.ends_with("-update") != updates)
                continue;
            raw.clear();
            event.appendCompact(raw);
            Counting counting(sink);
            TRY(sink.startRecord(raw, langfuseFormat));
            TRY(m_langfuse.read({.container = "batch", .text = raw}, event, counting));
            if (type != "sdk-log")
                outcomes.push_back({std::string(event["id"].text()), counting.reason()});
        }
    }
    return multiStatus(outcomes);
}

Result<Answer> Intake::takeEvent(const Post& post, const std::string& type, std::string& body, PostSink& sink)
{
    constexpr Route route = Route::LangfuseEvent;
    std::string id;
    {
        const auto value = parsed(m_parser, body);
        if (!value)
            return refused(post, route, 400, notJson(value.error()), sink);
        if (!value->isObject())
            return refused(post, route, 400, "not a JSON object", sink);
        for (const std::string_view key : {"id", "spanId", "generationId"})
            if (id.empty())
                id = (*value)[key].text();
    }
    if (id.empty())
        id = newId();
    std::string event = "{\"id\":\"1\",\"type\":";
    json::appendQuoted(event, type);
    event += ",\"timestamp\":\"" + isoText(currentTime()) + "\",\"body\":" + withMember(body, "id", id) + "}";
    const auto value = parsed(m_parser, event);
    if (!value)
        return refused(post, route, 400, notJson(value.error()), sink);
    Counting counting(sink);
    TRY(sink.startRecord(body, langfuseFormat));
    TRY(m_langfuse.read({.container = "batch", .text = event}, *value, counting));
    if (counting.skipped() > 0)
        return refusal(route, post.contentType, 400, counting.reason());
    return created(id);
}

Result<std::string> Intake::traceOfRun(json::Object run, const std::string& id, PostSink& sink)
{
    std::string trace(run["trace_id"].text());
    const std::string parent(run["parent_run_id"].text());
    for (const std::string& known : {id, parent})
        if (const auto of = m_traces.find(known); trace.empty() && of != m_traces.end())
            trace = of->second;
    // A run's first post says of what kind it is, or when it began: any other may be of one that came before a restart.
    const bool isFirst = run["run_type"].exists() || run["start_time"].exists();
    for (const std::string& known : {id, parent})
        if (trace.empty() && !known.empty() && (!isFirst || known == parent) && !m_unknown.contains(known)) {
            trace = TRY(sink.traceOfSpan(known));
            if (trace.empty())
                m_unknown.insert(known);
        }
    if (trace.empty())
        trace = parent.empty() ? id : parent;
    if (m_traces.size() >= mostRememberedRuns || m_unknown.size() >= mostRememberedRuns) {
        m_traces.clear();
        m_unknown.clear();
    }
    m_traces.insert_or_assign(id, trace);
    return trace;
}

Result<Answer> Intake::takeRun(const Post& post, const std::string& id, std::string& body, PostSink& sink)
{
    constexpr Route route = Route::LangSmithRun;
    std::string runId = id, trace;
    {
        const auto value = parsed(m_parser, body);
        if (!value)
            return refused(post, route, 422, notJson(value.error()), sink);
        if (!value->isObject())
            return refused(post, route, 422, "not a JSON object", sink);
        if (runId.empty())
            runId = (*value)["id"].text();
        if (runId.empty())
            return refused(post, route, 422, "a run without id", sink);
        // A dotted order tells the trace as well.
        if ((*value)["dotted_order"].text().empty())
            trace = TRY(traceOfRun(value->object(), runId, sink));
    }
    std::string run = withMember(body, "id", runId);
    if (!trace.empty())
        run = withMember(run, "trace_id", trace);
    std::string batch = std::string(id.empty() ? "{\"post\":[" : "{\"patch\":[") + run + "]}";
    const auto value = parsed(m_parser, batch);
    if (!value)
        return refused(post, route, 422, notJson(value.error()), sink);
    Counting counting(sink);
    TRY(sink.startRecord(batch, langSmithFormat));
    TRY(m_langsmith.read({.text = batch}, *value, counting));
    if (counting.skipped() > 0)
        return refusal(route, post.contentType, 422, counting.reason());
    return accepted();
}

Result<Answer> Intake::takeRuns(const Post& post, std::string& body, PostSink& sink)
{
    constexpr Route route = Route::LangSmithBatch;
    const auto value = parsed(m_parser, body);
    if (!value)
        return refused(post, route, 422, notJson(value.error()), sink);
    const bool isEmpty = (*value)["post"].array().isEmpty() && (*value)["patch"].array().isEmpty();
    if (isEmpty && value->isObject())
        return accepted();
    m_unknown.clear();
    Counting counting(sink);
    TRY(sink.startRecord(body, langSmithFormat));
    TRY(m_langsmith.read({.text = body}, *value, counting));
    const std::size_t runs = (*value)["post"].array().size() + (*value)["patch"].array().size();
    if (counting.skipped() >= std::max<std::size_t>(runs, 1))
        return refusal(route, post.contentType, 422, counting.reason());
    return accepted();
}

Result<Answer> Intake::takeForm(const Post& post, std::string& body, PostSink& sink)
{
    constexpr Route route = Route::LangSmithMultipart;
    const std::string boundary(langsmith::boundaryOf(post.contentType));
    if (boundary.empty())
        return refused(post, route, 422, "no multipart/form-data with a boundary", sink);
    if (!langsmith::isWholeForm(body, boundary))
        return refused(post, route, 422, "the form does not end", sink);
    m_unknown.clear();
    Counting counting(sink);
    TRY(sink.startRecord(body, langSmithFormat));
    TRY(m_langsmith.readMultipart(body, boundary, counting));
    // Who is told that it was taken does not send it again.
    if (counting.skipped() > 0 && counting.taken() == 0)
        return refusal(route, post.contentType, 422, counting.reason());
    return accepted();
}

Result<Answer> Intake::takeFeedback(const Post& post, std::string& body, PostSink& sink)
{
    constexpr Route route = Route::LangSmithFeedback;
    const auto value = parsed(m_parser, body);
    if (!value)
        return refused(post, route, 422, notJson(value.error()), sink);
    if (!langsmith::isFeedback(*value))
        return refused(post, route, 422, "no feedback on a run", sink);
    Counting counting(sink);
    TRY(sink.startRecord(body, langSmithFormat));
    TRY(m_feedback.read({.text = body}, *value, counting));
    return created((*value)["id"].text());
}

} // namespace plumbline::collector
