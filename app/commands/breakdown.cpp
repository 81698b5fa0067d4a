// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "app/answer_text.h"
#include "app/command.h"
#include "app/question_options.h"
#include "model/core/filter_expression.h"

namespace plumbline::commands {

namespace {

Result<std::vector<DimensionChoice>> dimensionsFrom(std::string_view list)
{
    std::vector<DimensionChoice> dimensions;
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        dimensions.push_back(TRY(dimensionFromId(list.substr(0, comma))));
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    }
    return dimensions;
}

Result<int> run(const CommandCall& call)
{
    const Arguments& arguments = call.arguments;
    BreakdownQuestion question;
    question.by = TRY(dimensionsFrom(arguments.value("by").value_or("feature,model")));
    const Queries queries = TRY(openQueries(call));
    question.filter = TRY(filterFrom(arguments, queries.calendar()));
    question.wantsLedger = true;
    question.wantsPercentiles = arguments.has("percentiles");
    if (const auto baseline = arguments.value("baseline")) {
        question.baseline = question.filter;
        question.baseline->period = TRY(periodFrom(*baseline, queries.calendar()));
    }
    if (const auto against = arguments.value("against")) {
        question.baseline = question.baseline.value_or(question.filter);
        for (Condition& other : TRY(conditionsFromExpression(*against))) {
            std::erase_if(question.baseline->conditions, [&](const Condition& one) { return one.of == other.of; });
            question.baseline->conditions.push_back(std::move(other));
        }
    }
    question.wantsMeanChange = arguments.has("json");
    const Breakdown answer = TRY(queries.breakdown(question, call.stop));
    std::string text;
    if (arguments.has("json"))
        text = breakdownJson(question, answer);
    else if (arguments.has("csv"))
        text = breakdownCsv(question, answer);
    else
        text = breakdownTable(question, answer);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return ExitCode::Done;
}

} // namespace

Command breakdown()
{
    return {
        .name = "breakdown",
        .synopsis =
            "--store W.plumb [--by feature,model] [--month 2026-10 | --from --to] [--filter model=…] [--json | --csv]",
        .summary = "What each feature, model, user, … costs, with what is missing beside it",
        .options = withQuestionOptions(
            {{"by", "DIMENSIONS",
              "up to four of feature, model, provider, environment, step, agent, tool, user, session, tag, "
              "prompt, release, status, source, hour, day, week, month, weekday, hour-of-day, metadata.KEY"},
             {"baseline", "PERIOD", "beside each row the same in this period: 2026-09 or 2026-09-01..2026-09-15"},
             {"against", "EXPRESSION", "beside each row the same of other calls: release:v1"},
             {"percentiles", {}, "exact P50 and P95 of tokens, cost and latency per call"},
             {"json", {}, "print JSON"},
             {"csv", {}, "print CSV"}}),
        .run = run,
    };
}

} // namespace plumbline::commands
