// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "app/command.h"
#include "app/question_options.h"
#include "app/text_file.h"
#include "model/queries/charges.h"

namespace plumbline::commands {

namespace {

Result<int> run(const CommandCall& call)
{
    const Arguments& arguments = call.arguments;
    const std::string file = TRY(arguments.required("focus"));
    const std::string text = TRY(arguments.required("month"));
    const Queries queries = TRY(openQueries(call));
    const Period period = queries.calendar().month(TRY(ReportingCalendar::parseMonth(text)));
    const ChargesAnswer answer = TRY(queries.charges(period, call.stop));
    TRY(writeTextFile(file, focusCsv(answer, period)));
    if (answer.unpricedCalls == 0)
        return ExitCode::Done;
    std::fprintf(stderr, "%lld calls have no row: what they cost is not known\n",
                 static_cast<long long>(answer.unpricedCalls));
    return ExitCode::Incomplete;
}

} // namespace

Command report()
{
    return {
        .name = "report",
        .synopsis = "--store W.plumb --month 2026-10 --focus FILE",
        .summary = "Writes a month's charges as FOCUS 1.2, for tools of finance; ends with 3 if some costs are unknown",
        .options = {{"store", "FILE", "the workspace"},
                    {"month", "MONTH", "the month, as 2026-10"},
                    {"focus", "FILE", "CSV with the columns of FOCUS 1.2; costs are estimates, and marked so"}},
        .run = run,
    };
}

} // namespace plumbline::commands
