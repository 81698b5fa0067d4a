// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "app/analysed.h"
#include "app/command.h"
#include "app/drain_text.h"
#include "app/finding_text.h"

namespace plumbline::commands {

namespace {

/// `feature,drain`: what the rows are, and the columns.
Result<DrainsQuestion> questionBy(std::string_view list)
{
    DrainsQuestion question{.wantsBeside = true};
    const std::size_t comma = list.find(',');
    const std::string_view first = list.substr(0, comma);
    const std::string_view second = comma == std::string_view::npos ? "drain" : list.substr(comma + 1);
    if (first == "drain" && second != "drain")
        return questionBy(std::string(second) + ",drain");
    if (first != "drain")
        question.rows = TRY(dimensionFromId(first));
    if (second != "drain") {
        question.by = DrainsQuestion::Columns::Values;
        question.columns = TRY(dimensionFromId(second));
    }
    return question;
}

Result<int> run(const CommandCall& call)
{
    const Arguments& arguments = call.arguments;
    const std::string by = arguments.value("by").value_or("feature,drain");
    DrainsQuestion question = TRY(questionBy(by));
    if (const auto least = arguments.value("min-confidence"))
        question.least = TRY(confidenceFromId(*least));
    if (const auto drain = arguments.value("drain"))
        question.drain = *drain;
    if (question.least == Confidence::Beside)
        question.least = Confidence::Opportunity;
    else if (arguments.value("min-confidence"))
        question.wantsBeside = false;
    const Queries queries = TRY(openAnalysed(call));
    question.filter = TRY(filterFrom(arguments, queries.calendar()));
    const DrainsAnswer answer = TRY(queries.drains(question, call.stop));
    const DrainLines lines = drainLines(question, by == "drain", answer);
    std::optional<FindingAnswer> finding;
    if (question.drain) {
        constexpr std::size_t worst = 10;
        finding = TRY(queries.finding({.filter = question.filter,
                                       .drain = *question.drain,
                                       .least = question.least,
                                       .wantsMuted = question.wantsMuted,
                                       .limit = worst},
                                      call.stop));
    }
    std::string text = arguments.has("json")       ? drainsJson(lines, question.drain.value_or(""), finding)
                       : arguments.has("csv")      ? drainsCsv(lines)
                       : arguments.has("markdown") ? drainsMarkdown(lines)
                                                   : drainsTable(lines);
    if (finding && !arguments.has("json") && !arguments.has("csv") && !arguments.has("markdown"))
        text += findingText(*question.drain, *finding);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return ExitCode::Done;
}

} // namespace

Command drains()
{
    return {
        .name = "drains",
        .synopsis = "--store W.plumb [--by feature,drain] [--month 2026-10] [--min-confidence high] [--json | --csv | "
                    "--markdown]",
        .summary = "Which tokens drain away, where, and how sure that is; bill = waste + opportunity + useful",
        .options = withQuestionOptions(
            {{"by", "ROWS,COLUMNS", "a dimension, and drain or another dimension; feature,drain unless given"},
             {"drain", "ID",
              "only this drain, with what it is, what to do and its evidence: resent-history, unused-tools, …"},
             {"min-confidence", "C",
              "high: certain only; medium; opportunity; beside: also what is no part of the bill"},
             {"json", {}, "print JSON"},
             {"csv", {}, "print CSV"},
             {"markdown", {}, "print a table in Markdown"}}),
        .run = run,
    };
}

} // namespace plumbline::commands
