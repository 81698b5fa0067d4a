// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace plumbline::collector {

/// What a method and a path ask for. Paths go by their ends, since clients are given all sorts of bases.
enum class Route
{
    OtlpTraces,
    OtlpLogs,
    OtlpMetrics,
    OtlpAny, ///< a base without a path of its own: what is in the body tells
    LangfuseIngestion,
    LangfuseEvent, ///< the routes of the first clients: one event a request
    LangfuseProjects,
    LangfuseHealth,
    LangfuseMedia,
    LangSmithInfo,
    LangSmithRun, ///< one run, created or updated
    LangSmithBatch,
    LangSmithMultipart,
    LangSmithFeedback,
    Alive,
    Unknown,
    WrongMethod,
};

struct Destination
{
    Route route = Route::Unknown;
    /// Of LangfuseEvent the type of event; of LangSmithRun the id in the path, empty for a create.
    std::string argument = {};
};

Destination destinationOf(std::string_view method, std::string_view path);

/// Whether what is posted there has to be recorded before it can be answered.
bool isRecorded(Route route);

} // namespace plumbline::collector
