// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "app/answer_text.h"
#include "app/command.h"
#include "app/question_options.h"

namespace plumbline::commands {

namespace {

Result<int> run(const CommandCall& call)
{
    if (call.arguments.rest().size() != 1)
        return fail(ErrorKind::Usage, "name one call: a span id, a trace id, or its number");
    const Queries queries = TRY(openQueries(call));
    const CallId id = TRY(queries.callNamed(call.arguments.rest()[0], call.stop));
    const CostExplanation answer = TRY(queries.explain(id, call.stop));
    std::fputs((call.arguments.has("json") ? explanationJson(answer) : explanationText(answer)).c_str(), stdout);
    return ExitCode::Done;
}

} // namespace

Command explain()
{
    return {
        .name = "explain",
        .synopsis = "--store W.plumb [--json] CALL",
        .summary = "How a call's cost was computed, and why its source said otherwise",
        .options = {{"store", "FILE", "the workspace"}, {"json", {}, "print JSON"}},
        .run = run,
    };
}

} // namespace plumbline::commands
