// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/answers.h"

#include <algorithm>

#include <protozero/pbf_writer.hpp>

#include "importers/json/json.h"
#include "model/core/ascii.h"

namespace plumbline::collector {

namespace {

constexpr std::string_view protobufType = "application/x-protobuf";

// Python's client reads every member of batch_ingest_config without a default; both flags tell clients that they may
// pack what they send.
constexpr std::string_view langSmithInfo =
    R"({"version":"0.16.20","license_expiration_time":null,"batch_ingest_config":{"use_multipart_endpoint":true,)"
    R"("size_limit":100,"size_limit_bytes":20971520,"scale_up_qsize_trigger":1000,"scale_up_nthreads_limit":16,)"
    R"("scale_down_nempty_trigger":4},"instance_flags":{"zstd_compression_enabled":true,"gzip_body_enabled":true}})";
constexpr std::string_view langfuseProjects =
    R"({"data":[{"id":"plumbline","name":"Plumbline","organization":{"id":"local","name":"This machine"},)"
    R"("metadata":{}}]})";

std::string inQuotes(std::string_view text)
{
    std::string json;
    json::appendQuoted(json, text);
    return json;
}

/// google.rpc.Code of an HTTP status.
int rpcCodeOf(unsigned status)
{
    switch (status) {
    case 401:
        return 16; // UNAUTHENTICATED
    case 403:
        return 7; // PERMISSION_DENIED
    case 404:
        return 5; // NOT_FOUND
    case 413:
    case 429:
        return 8; // RESOURCE_EXHAUSTED
    case 503:
        return 14; // UNAVAILABLE
    default:
        return 3; // INVALID_ARGUMENT
    }
}

bool isOtlp(Route route)
{
    return route == Route::OtlpTraces || route == Route::OtlpLogs || route == Route::OtlpMetrics ||
           route == Route::OtlpAny;
}

bool isLangfuse(Route route)
{
    return route == Route::LangfuseIngestion || route == Route::LangfuseEvent || route == Route::LangfuseMedia;
}

/// Media is not kept: without a place to send it to, clients take it for stored.
Answer mediaAnswer(const Post& post)
{
    constexpr std::size_t idCharacters = 22;
    json::Parser parser;
    const auto value = parser.parseCopy(post.body);
    std::string id(value ? (*value)["sha256Hash"].text().substr(0, idCharacters) : std::string_view());
    std::replace(id.begin(), id.end(), '+', '-');
    std::replace(id.begin(), id.end(), '/', '_');
    return {.status = 201, .body = "{\"mediaId\":" + inQuotes(id.empty() ? "media" : id) + ",\"uploadUrl\":null}"};
}

} // namespace

std::string mediaTypeOf(std::string_view contentType)
{
    return lowerCase(trimmed(contentType.substr(0, contentType.find(';'))));
}

bool isProtobuf(std::string_view contentType)
{
    const std::string type = mediaTypeOf(contentType);
    return type == protobufType || type == "application/protobuf";
}

Answer exported(std::string_view contentType, std::uint64_t rejected, std::string_view reason)
{
    if (isProtobuf(contentType)) {
        Answer answer{.contentType = protobufType};
        if (rejected > 0) {
            std::string partial;
            protozero::pbf_writer inner(partial);
            inner.add_int64(1, static_cast<std::int64_t>(rejected));
            inner.add_string(2, reason.data(), reason.size());
            protozero::pbf_writer(answer.body).add_message(1, partial);
        }
        return answer;
    }
    if (rejected == 0)
        return {.body = "{}"};
    return {.body = "{\"partialSuccess\":{\"rejectedSpans\":\"" + std::to_string(rejected) +
                    "\",\"errorMessage\":" + inQuotes(reason) + "}}"};
}

Answer refusal(Route route, std::string_view contentType, unsigned status, std::string_view reason)
{
    Answer answer{.status = status};
    if (isOtlp(route) && isProtobuf(contentType)) {
        answer.contentType = protobufType;
        protozero::pbf_writer writer(answer.body);
        writer.add_int32(1, rpcCodeOf(status));
        writer.add_string(2, reason.data(), reason.size());
    } else if (isOtlp(route)) {
        answer.body = "{\"code\":" + std::to_string(rpcCodeOf(status)) + ",\"message\":" + inQuotes(reason) + "}";
    } else if (isLangfuse(route)) {
        answer.body = "{\"message\":" + inQuotes(reason) + ",\"errors\":[" + inQuotes(reason) + "]}";
    } else {
        answer.body = "{\"detail\":" + inQuotes(reason) + "}";
    }
    return answer;
}

Answer multiStatus(const std::vector<EventOutcome>& events)
{
    std::string successes, errors;
    for (const EventOutcome& event : events) {
        std::string& list = event.error.empty() ? successes : errors;
        list += list.empty() ? "" : ",";
        list += "{\"id\":" + inQuotes(event.id.empty() ? "unknown" : event.id);
        list += event.error.empty()
                    ? ",\"status\":201}"
                    : ",\"status\":400,\"message\":\"Invalid request data\",\"error\":" + inQuotes(event.error) + "}";
    }
    return {.status = 207, .body = "{\"successes\":[" + successes + "],\"errors\":[" + errors + "]}"};
}

Answer created(std::string_view id)
{
    return {.body = "{\"id\":" + inQuotes(id) + "}"};
}

Answer accepted()
{
    return {.status = 202, .body = "{}"};
}

Answer standing(const Destination& destination, const Post& post)
{
    switch (destination.route) {
    case Route::LangfuseProjects:
        return {.body = std::string(langfuseProjects)};
    case Route::LangfuseHealth:
        return {.body = R"({"status":"OK","version":"3.0.0"})"};
    case Route::LangfuseMedia:
        return mediaAnswer(post);
    case Route::LangSmithInfo:
        return {.body = std::string(langSmithInfo)};
    case Route::Alive:
        return {.body = R"({"status":"OK"})"};
    case Route::WrongMethod:
        return refusal(destination.route, post.contentType, 405, "this path does not take " + post.method);
    default:
        return refusal(destination.route, post.contentType, 404, "Not Found");
    }
}

} // namespace plumbline::collector
