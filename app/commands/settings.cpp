// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>
#include <cstdio>

#include "app/command.h"
#include "app/question_options.h"
#include "app/workspace_changes.h"

namespace plumbline::commands {

namespace {

Result<int> run(const CommandCall& call)
{
    const Queries queries = TRY(openQueries(call));
    std::string zone = queries.calendar().zone();
    int monthStart = queries.calendar().monthStartDay();
    if (const auto day = call.arguments.value("month-start")) {
        const auto [end, error] = std::from_chars(day->data(), day->data() + day->size(), monthStart);
        if (error != std::errc() || end != day->data() + day->size())
            return fail(ErrorKind::Usage, "--month-start takes a day from 1 to 28");
    }
    if (const auto given = call.arguments.value("time-zone"))
        zone = *given;
    if (call.arguments.has("month-start") || call.arguments.has("time-zone"))
        TRY(workspaceChanges()->setReporting(queries.path(), zone, monthStart, call.stop));
    std::printf("time zone %s, months from day %d\n", zone.c_str(), monthStart);
    return ExitCode::Done;
}

} // namespace

Command settings()
{
    return {
        .name = "settings",
        .synopsis = "--store W.plumb [--time-zone ZONE] [--month-start DAY]",
        .summary = "The reporting time zone and the day months start on",
        .options = {{"store", "FILE", "the workspace"},
                    {"time-zone", "ZONE", "days begin at midnight there: Europe/Berlin, UTC"},
                    {"month-start", "DAY", "1 to 28"}},
        .run = run,
    };
}

} // namespace plumbline::commands
