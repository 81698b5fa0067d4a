// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "app/answer_text.h"
#include "app/command.h"
#include "app/question_options.h"

namespace plumbline::commands {

namespace {

Result<int> run(const CommandCall& call)
{
    const Queries queries = TRY(openQueries(call));
    StatusAnswer answer = TRY(queries.status(call.stop));
    answer.spans = TRY(queries.spanCount(call.stop));
    std::fputs((call.arguments.has("json") ? statusJson(answer) : statusText(answer)).c_str(), stdout);
    return ExitCode::Done;
}

} // namespace

Command status()
{
    return {
        .name = "status",
        .synopsis = "--store W.plumb [--json]",
        .summary = "What a workspace holds, how complete it is, and who records into it",
        .options = {{"store", "FILE", "the workspace"}, {"json", {}, "print JSON"}},
        .run = run,
    };
}

} // namespace plumbline::commands
