// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>

#include "app/command.h"
#include "app/question_options.h"
#include "app/spend_text.h"
#include "app/text_file.h"
#include "app/workspace_changes.h"
#include "model/spend/saved_spend_plan.h"
#include "model/spend/spend_plan_json.h"

namespace plumbline::commands {

namespace {

void print(const std::string& text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

Result<int> showOrSetPlan(const CommandCall& call)
{
    const auto store = call.arguments.value("store");
    if (!store)
        return fail(ErrorKind::Usage, "--store W.plumb is missing");
    if (const auto file = call.arguments.value("file")) {
        auto plan = spendPlanFromJson(TRY(readTextFile(*file)));
        if (!plan)
            return tl::unexpected(std::move(plan).error().in(*file));
        store::Workspace workspace = TRY(store::Workspace::open(*store, store::OpenMode::ReadWrite));
        TRY(saveSpendPlan(workspace, *plan));
        return ExitCode::Done;
    }
    const store::Workspace workspace = TRY(store::Workspace::open(*store, store::OpenMode::ReadOnly));
    print(toJson(TRY(savedSpendPlan(workspace))));
    return ExitCode::Done;
}

Result<int> closeOrReopen(const CommandCall& call, bool isClosed)
{
    const std::string store = TRY(call.arguments.required("store"));
    const std::string text = TRY(call.arguments.required("month"));
    const std::int32_t month = TRY(ReportingCalendar::parseMonth(text));
    const auto service = workspaceChanges();
    if (isClosed)
        TRY(service->closeMonth(store, month, call.arguments.value("note").value_or(""), call.stop));
    else
        TRY(service->reopenMonth(store, month));
    return ExitCode::Done;
}

/// For a machine that asks once a day.
int verdictOf(const SpendAnswer& answer)
{
    const auto isOver = [](const BudgetStanding& of) { return of.state == BudgetState::Over; };
    const bool isAnyOver = isOver(answer.budget) || std::any_of(answer.budgets.begin(), answer.budgets.end(), isOver) ||
                           std::any_of(answer.centres.begin(), answer.centres.end(),
                                       [&](const CostCentreSpend& of) { return isOver(of.standing); });
    if (isAnyOver)
        return ExitCode::OverBudget;
    return answer.total.callsWithoutUsage + answer.total.unpricedCalls > 0 ? ExitCode::Incomplete : ExitCode::Done;
}

Result<int> run(const CommandCall& call)
{
    const Arguments& arguments = call.arguments;
    if (arguments.rest() == std::vector<std::string>{"plan"})
        return showOrSetPlan(call);
    for (const char* word : {"close", "reopen"})
        if (arguments.rest() == std::vector<std::string>{word})
            return closeOrReopen(call, word == std::string_view("close"));
    if (!arguments.rest().empty())
        return fail(ErrorKind::Usage, "'" + arguments.rest()[0] + "' is no word of spend: plan, close, reopen");
    const Queries queries = TRY(openQueries(call));
    SpendQuestion question;
    if (const auto month = arguments.value("month"))
        question.month = TRY(ReportingCalendar::parseMonth(*month));
    else if (const auto extent = queries.extent())
        question.month = queries.calendar().monthOf(extent->end);
    else
        return fail(ErrorKind::NotFound, "there are no calls: which --month?");
    if (const auto against = arguments.value("against"))
        question.against = TRY(ReportingCalendar::parseMonth(*against));
    if (arguments.has("sequential"))
        question.method = spend::VarianceMethod::Sequential;
    const SpendAnswer answer = TRY(queries.spend(question, call.stop));
    print(arguments.has("json") ? spendJson(answer) : spendTable(answer));
    return arguments.has("check") ? verdictOf(answer) : ExitCode::Done;
}

} // namespace

Command spend()
{
    return {
        .name = "spend",
        .synopsis = "--store W.plumb [--month 2026-10] [--against 2026-09] [--sequential] [--check] [--json]\n"
                    "       spend plan --store W.plumb [--file PLAN.json]\n"
                    "       spend close|reopen --store W.plumb --month 2026-10 [--note TEXT]",
        .summary = "A month for finance: budgets, forecast, why it changed, and whether it is what was billed",
        .options = {{"store", "FILE", "the workspace"},
                    {"month", "MONTH", "the month, as 2026-10; the last one with calls unless given"},
                    {"against", "MONTH", "the month it is compared with; the one before unless given"},
                    {"sequential", {}, "explain the change factor by factor in their order, not over all orders"},
                    {"check", {}, "exit with 6 if a budget is exceeded, with 3 if costs are unknown"},
                    {"file", "PLAN.json",
                     "plan: take what finance decides from a file: cost centres, budgets, owners, targets, rates"},
                    {"note", "TEXT", "close: why, or on whose word"},
                    {"json", {}, "write JSON"}},
        .run = run,
    };
}

} // namespace plumbline::commands
