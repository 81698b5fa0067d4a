// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/routes.h"

#include <optional>

namespace plumbline::collector {

namespace {

constexpr std::string_view post = "POST";
constexpr std::string_view patch = "PATCH";

/// What follows the last `marker`; nothing if the path does not have it.
std::optional<std::string_view> behind(std::string_view path, std::string_view marker)
{
    const std::size_t at = path.rfind(marker);
    return at == std::string_view::npos ? std::nullopt : std::optional(path.substr(at + marker.size()));
}

bool isRead(std::string_view method)
{
    return method == "GET" || method == "HEAD";
}

Destination onlyBy(std::string_view expected, std::string_view method, Route route)
{
    return {.route = method == expected ? route : Route::WrongMethod};
}

Destination langfuse(std::string_view method, std::string_view name)
{
    if (name == "ingestion")
        return onlyBy(post, method, Route::LangfuseIngestion);
    if (name == "media" && method == post)
        return {.route = Route::LangfuseMedia};
    if (name == "projects" && isRead(method))
        return {.route = Route::LangfuseProjects};
    if ((name == "health" || name == "ready") && isRead(method))
        return {.route = Route::LangfuseHealth};
    struct Naming
    {
        std::string_view path, stem;
        bool canUpdate;
    };
    constexpr Naming namings[] = {{"traces", "trace", false},
                                  {"spans", "span", true},
                                  {"generations", "generation", true},
                                  {"events", "event", false},
                                  {"scores", "score", false}};
    for (const Naming& naming : namings) {
        if (name != naming.path)
            continue;
        if (method == post)
            return {.route = Route::LangfuseEvent, .argument = std::string(naming.stem) + "-create"};
        if (method == patch && naming.canUpdate)
            return {.route = Route::LangfuseEvent, .argument = std::string(naming.stem) + "-update"};
    }
    // Reading back is not what a collector is for; clients take the 404 for "not there".
    return {};
}

} // namespace

Destination destinationOf(std::string_view method, std::string_view path)
{
    while (path.ends_with('/'))
        path.remove_suffix(1);
    if (path.ends_with("/v1/traces"))
        return onlyBy(post, method, Route::OtlpTraces);
    if (path.ends_with("/v1/logs"))
        return onlyBy(post, method, Route::OtlpLogs);
    if (path.ends_with("/v1/metrics"))
        return onlyBy(post, method, Route::OtlpMetrics);
    if (const auto name = behind(path, "/api/public/"))
        return langfuse(method, *name);
    if (path.empty() || path.ends_with("/otel"))
        return method == post ? Destination{.route = Route::OtlpAny}
                              : Destination{.route = isRead(method) ? Route::Alive : Route::WrongMethod};
    if (path.ends_with("/runs/multipart"))
        return onlyBy(post, method, Route::LangSmithMultipart);
    if (path.ends_with("/runs/batch"))
        return onlyBy(post, method, Route::LangSmithBatch);
    if (path.ends_with("/runs"))
        return onlyBy(post, method, Route::LangSmithRun);
    if (method == patch)
        if (const auto id = behind(path, "/runs/"); id && !id->empty() && id->find('/') == std::string_view::npos)
            return {.route = Route::LangSmithRun, .argument = std::string(*id)};
    if (path.ends_with("/info") && isRead(method))
        return {.route = Route::LangSmithInfo};
    if (path.ends_with("/feedback") && method == post)
        return {.route = Route::LangSmithFeedback};
    for (const std::string_view name : {"/ok", "/live", "/ready", "/health"})
        if (path.ends_with(name) && isRead(method))
            return {.route = Route::Alive};
    return {};
}

bool isRecorded(Route route)
{
    switch (route) {
    case Route::OtlpTraces:
    case Route::OtlpLogs:
    case Route::OtlpMetrics:
    case Route::OtlpAny:
    case Route::LangfuseIngestion:
    case Route::LangfuseEvent:
    case Route::LangSmithRun:
    case Route::LangSmithBatch:
    case Route::LangSmithMultipart:
    case Route::LangSmithFeedback:
        return true;
    case Route::LangfuseProjects:
    case Route::LangfuseHealth:
    case Route::LangfuseMedia:
    case Route::LangSmithInfo:
    case Route::Alive:
    case Route::Unknown:
    case Route::WrongMethod:
        break;
    }
    return false;
}

} // namespace plumbline::collector
