// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <charconv>
#include <cstdio>

#include "app/analysed.h"
#include "app/command.h"
#include "app/question_options.h"
#include "app/trace_text.h"

namespace plumbline::commands {

namespace {

Result<RequestColumn> columnFrom(std::string_view id)
{
    constexpr std::array<std::pair<std::string_view, RequestColumn>, 15> columns = {{
        {"time", RequestColumn::Time},
        {"feature", RequestColumn::Feature},
        {"model", RequestColumn::Model},
        {"step", RequestColumn::Step},
        {"user", RequestColumn::User},
        {"session", RequestColumn::Session},
        {"environment", RequestColumn::Environment},
        {"calls", RequestColumn::Calls},
        {"tokens", RequestColumn::Tokens},
        {"input", RequestColumn::Input},
        {"output", RequestColumn::Output},
        {"cost", RequestColumn::Cost},
        {"waste", RequestColumn::Waste},
        {"latency", RequestColumn::Latency},
        {"status", RequestColumn::Status},
    }};
    std::string known;
    for (const auto& [name, column] : columns) {
        if (name == id)
            return column;
        known += (known.empty() ? "" : ", ") + std::string(name);
    }
    return fail(ErrorKind::Usage, "cannot sort by '" + std::string(id) + "'; known are " + known);
}

Result<int> runOne(const CommandCall& call, const Queries& queries)
{
    const CallId id = TRY(queries.callNamed(call.arguments.rest()[0], call.stop));
    const TraceAnswer trace = TRY(queries.traceOf(id, call.stop));
    const PromptAnswer prompt = TRY(queries.promptOf(id, call.stop));
    std::fputs((call.arguments.has("json") ? traceJson(trace, prompt) : traceText(trace, prompt)).c_str(), stdout);
    return ExitCode::Done;
}

Result<int> run(const CommandCall& call)
{
    const Arguments& arguments = call.arguments;
    if (arguments.rest().size() > 1)
        return fail(ErrorKind::Usage, "name one call, or none to list them");
    const RequestColumn column = TRY(columnFrom(arguments.value("sort").value_or("time")));
    std::size_t limit = 50;
    if (const auto text = arguments.value("limit")) {
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), limit);
        if (error != std::errc() || end != text->data() + text->size())
            return fail(ErrorKind::Usage, "--limit takes a number of rows, not '" + *text + "'");
    }
    const Queries queries = TRY(openAnalysed(call));
    if (!arguments.rest().empty())
        return runOne(call, queries);
    const Filter filter = TRY(filterFrom(arguments, queries.calendar()));
    const RequestUnit unit = arguments.has("calls") ? RequestUnit::Calls : RequestUnit::Traces;
    const auto list = TRY(queries.requests(filter, unit, call.stop));
    const RequestOrder order = TRY(list->ordered(column, !arguments.has("ascending"), call.stop));
    const std::vector<RequestRow> rows = TRY(list->rows(order, 0, limit, call.stop));
    std::fputs((arguments.has("json") ? requestsJson(rows, list->size(), unit) : requestsText(rows, list->size(), unit))
                   .c_str(),
               stdout);
    return ExitCode::Done;
}

} // namespace

Command traces()
{
    return {
        .name = "traces",
        .synopsis = "--store W.plumb [--where EXPRESSION] [--calls] [--sort cost] [--limit 50] [--json] [CALL]",
        .summary = "The traces or calls behind a figure; with CALL what happened in its trace, step by step",
        .options = withQuestionOptions({{"calls", {}, "list calls instead of traces"},
                                        {"sort", "COLUMN", "time, cost, waste, tokens, latency, feature, …"},
                                        {"ascending", {}, "the smallest first"},
                                        {"limit", "ROWS", "how many are shown: 50"},
                                        {"json", {}, "print JSON"}}),
        .run = run,
    };
}

} // namespace plumbline::commands
