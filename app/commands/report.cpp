// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>
#include <cstdio>

#include "app/analysed.h"
#include "app/command.h"
#include "app/question_options.h"
#include "app/report_files.h"
#include "app/text_file.h"
#include "model/queries/charges.h"
#include "model/spend/saved_reports.h"

namespace plumbline::commands {

namespace {

/// The definition of that name, or a new one.
Result<ReportDefinition> definitionOf(const CommandCall& call, const Queries& queries, bool isNew)
{
    ReportDefinition definition;
    if (const auto name = call.arguments.value("definition")) {
        definition.name = *name;
        bool isKnown = false;
        for (const ReportDefinition& saved : TRY(queries.reports(call.stop)))
            if (saved.name == *name) {
                definition = saved;
                isKnown = true;
            }
        if (!isKnown && !isNew)
            return fail(ErrorKind::NotFound, "there is no report '" + *name + "': 'report list' tells what there is");
    }
    const Arguments& arguments = call.arguments;
    if (const auto form = arguments.value("form"))
        definition.form = TRY(reportFormFromId(*form));
    if (const auto paper = arguments.value("paper"))
        definition.paper = TRY(paperSizeFromId(*paper));
    if (const auto currency = arguments.value("currency")) {
        TRY(checkCurrency(*currency));
        definition.currency = *currency;
    }
    if (const auto company = arguments.value("company"))
        definition.company = *company;
    if (const auto who = arguments.value("prepared-by"))
        definition.preparedBy = *who;
    if (const auto month = arguments.value("month"))
        definition.month = TRY(ReportingCalendar::parseMonth(*month));
    if (const auto back = arguments.value("months-back")) {
        const auto [end, error] = std::from_chars(back->data(), back->data() + back->size(), definition.monthsBack);
        if (error != std::errc() || end != back->data() + back->size())
            return fail(ErrorKind::Usage, "--months-back takes a whole number: 1 is the month before this one");
        definition.month.reset();
    }
    ReportDefinition named = definition; // what is not kept has no name, and the same bounds
    if (named.name.empty())
        named.name = "report";
    TRY(checked(named));
    return definition;
}

Result<int> list(const CommandCall& call, const Queries& queries)
{
    for (const ReportDefinition& definition : TRY(queries.reports(call.stop))) {
        const std::string when = definition.month ? ReportingCalendar::monthText(*definition.month)
                                                  : std::to_string(definition.monthsBack) + " month(s) back";
        std::printf("%s: %s, %s form, %s%s%s\n", definition.name.c_str(), when.c_str(),
                    std::string(idOf(definition.form)).c_str(), std::string(idOf(definition.paper)).c_str(),
                    definition.currency.empty() ? "" : ", in ", definition.currency.c_str());
    }
    return ExitCode::Done;
}

Result<int> keepOrRemove(const CommandCall& call, const Queries& queries, bool isKept)
{
    const std::string name = TRY(call.arguments.required("definition"));
    const ReportDefinition definition = TRY(definitionOf(call, queries, isKept));
    store::Workspace workspace = TRY(store::Workspace::open(queries.path(), store::OpenMode::ReadWrite));
    if (isKept)
        TRY(saveReport(workspace, definition));
    else
        TRY(removeReport(workspace, name));
    return ExitCode::Done;
}

Result<int> write(const CommandCall& call, const Queries& queries)
{
    const Arguments& arguments = call.arguments;
    ReportOrder order{.definition = TRY(definitionOf(call, queries, false)),
                      .pdf = arguments.value("pdf"),
                      .xlsx = arguments.value("xlsx"),
                      .csv = arguments.value("csv")};
    const auto focus = arguments.value("focus");
    if (!order.pdf && !order.xlsx && !order.csv && !focus)
        return fail(ErrorKind::Usage, "--pdf, --xlsx, --csv or --focus: what is to be written?");
    if (!arguments.has("definition") && !order.definition.month && !arguments.has("months-back"))
        return fail(ErrorKind::Usage, "--month 2026-10, --months-back 1 or --definition NAME: which month?");
    order.month = order.definition.monthAt(queries.calendar().monthOf(currentTime()));
    std::int64_t unknown = 0;
    if (order.pdf || order.xlsx || order.csv)
        unknown = TRY(writeReport(queries, order, call.stop));
    if (focus) {
        const Period period = queries.calendar().month(order.month);
        const ChargesAnswer charges = TRY(queries.charges(period, call.stop));
        unknown = charges.unpricedCalls;
        const SpendPlan plan = TRY(queries.spendPlan(call.stop));
        const std::string code = order.definition.currency.empty() ? plan.currency : order.definition.currency;
        const ReportingCurrency currency = TRY(currencyOf(plan.rates, code, order.month));
        MoneySum adjustment;
        for (const SpendAdjustment& of : TRY(queries.adjustments(call.stop)))
            if (of.month == order.month)
                adjustment = of.amount;
        TRY(writeTextFile(*focus, focusCsv(charges, period, currency, adjustment)));
    }
    if (unknown == 0)
        return ExitCode::Done;
    if (unknown == noCalls) {
        std::fprintf(stderr, "no calls were traced in %s\n", ReportingCalendar::monthText(order.month).c_str());
        return ExitCode::Incomplete;
    }
    std::fprintf(stderr, "%lld calls are in no figure: what they cost is not known\n", static_cast<long long>(unknown));
    return ExitCode::Incomplete;
}

Result<int> run(const CommandCall& call)
{
    // Drains are part of what is printed.
    const bool isPrinted = call.arguments.has("pdf") || call.arguments.has("xlsx") || call.arguments.has("csv");
    const Queries queries = isPrinted ? TRY(openAnalysed(call)) : TRY(openQueries(call));
    const std::vector<std::string>& words = call.arguments.rest();
    if (words.empty())
        return write(call, queries);
    if (words == std::vector<std::string>{"list"})
        return list(call, queries);
    if (words == std::vector<std::string>{"keep"} || words == std::vector<std::string>{"remove"})
        return keepOrRemove(call, queries, words[0] == "keep");
    return fail(ErrorKind::Usage, "'" + words[0] + "' is no word of report: list, keep, remove");
}

} // namespace

Command report()
{
    return {
        .name = "report",
        .synopsis = "--store W.plumb --month 2026-10 [--pdf FILE] [--xlsx FILE] [--csv DIR] [--focus FILE]\n"
                    "       report --store W.plumb --definition NAME [--pdf FILE] …\n"
                    "       report keep|remove --store W.plumb --definition NAME [--months-back 1] [--form short] …\n"
                    "       report list --store W.plumb",
        .summary = "A month on paper and for spreadsheets; ends with 3 if some costs are unknown",
        .options = {{"store", "FILE", "the workspace"},
                    {"month", "MONTH", "the month, as 2026-10"},
                    {"months-back", "N", "0 is the month of today, 1 the one before it"},
                    {"definition", "NAME", "a report that is kept in the workspace"},
                    {"form", "FORM", "long or short"},
                    {"paper", "SIZE", "a4 or letter"},
                    {"currency", "CODE", "EUR, at the rate the spend plan has for the month; the plan's unless given"},
                    {"company", "NAME", "stands on every page"},
                    {"prepared-by", "NAME", "stands where it is signed"},
                    {"pdf", "FILE", "pages"},
                    {"xlsx", "FILE", "a workbook: a tab a section, totals as formulas"},
                    {"csv", "DIR", "a folder with a file for every table"},
                    {"focus", "FILE", "CSV with the columns of FOCUS 1.2; costs are estimates, and marked so"}},
        .run = run,
    };
}

} // namespace plumbline::commands
