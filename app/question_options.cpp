// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/question_options.h"

#include "app/progress_line.h"
#include "model/analysis/analysis.h"
#include "model/core/filter_expression.h"

namespace plumbline {

namespace {

Result<std::int32_t> dayFrom(std::string_view text)
{
    if (const auto day = parseDate(text))
        return *day;
    return fail(ErrorKind::Usage, "not a date: '" + std::string(text) + "' (write 2026-10-01)");
}

} // namespace

std::vector<Option> withQuestionOptions(std::vector<Option> more)
{
    std::vector<Option> options = {
        {"store", "FILE", "the workspace"},
        {"month", "YYYY-MM", "calls of this reporting month"},
        {"from", "YYYY-MM-DD", "calls from this day on"},
        {"to", "YYYY-MM-DD", "calls to this day, included"},
        {"filter", "CONDITION",
         "only calls like this: model=gpt-4o,gpt-4o-mini, feature!=chat or cost>0.10; may be repeated"},
        {"where", "EXPRESSION",
         "only calls like this: feature:support-chat model~opus cost>0.10 drain:resent-history \"late refund\""}};
    options.insert(options.end(), more.begin(), more.end());
    return options;
}

Result<Period> periodFrom(std::string_view text, const ReportingCalendar& calendar)
{
    const std::size_t dots = text.find("..");
    if (dots == std::string_view::npos)
        return calendar.month(TRY(ReportingCalendar::parseMonth(text)));
    const std::int32_t first = TRY(dayFrom(text.substr(0, dots)));
    const std::int32_t last = TRY(dayFrom(text.substr(dots + 2)));
    return Period{calendar.startOfDay(first), calendar.startOfDay(last + 1)};
}

Result<Filter> filterFrom(const Arguments& arguments, const ReportingCalendar& calendar)
{
    Filter filter;
    if (const auto month = arguments.value("month")) {
        if (arguments.has("from") || arguments.has("to"))
            return fail(ErrorKind::Usage, "--month or --from and --to, not both");
        filter.period = calendar.month(TRY(ReportingCalendar::parseMonth(*month)));
    } else if (arguments.has("from") || arguments.has("to")) {
        // Far beyond any call on the side that is open.
        Period period{Timestamp(0), calendar.startOfDay(dayNumber(2200, 1, 1))};
        if (const auto from = arguments.value("from"))
            period.first = calendar.startOfDay(TRY(dayFrom(*from)));
        if (const auto to = arguments.value("to"))
            period.end = calendar.startOfDay(TRY(dayFrom(*to)) + 1);
        if (period.end < period.first)
            return fail(ErrorKind::Usage, "--to lies before --from");
        filter.period = period;
    }
    for (const std::string& condition : arguments.values("filter"))
        filter.conditions.push_back(TRY(conditionFromText(condition)));
    for (const std::string& expression : arguments.values("where"))
        for (Condition& condition : TRY(conditionsFromExpression(expression)))
            filter.conditions.push_back(std::move(condition));
    return filter;
}

namespace {

/// Whether prompts are to be searched: for that they are indexed first.
Result<bool> looksForWords(const Arguments& arguments)
{
    for (const char* option : {"where", "against"})
        for (const std::string& expression : arguments.values(option)) {
            const std::vector<Condition> conditions = TRY(conditionsFromExpression(expression));
            for (const Condition& condition : conditions)
                if (condition.of.dimension == Dimension::Text)
                    return true;
        }
    for (const std::string& filter : arguments.values("filter"))
        if (TRY(conditionFromText(filter)).of.dimension == Dimension::Text)
            return true;
    return false;
}

} // namespace

Result<Queries> openQueries(const CommandCall& call)
{
    const std::string store = TRY(call.arguments.required("store"));
    ProgressLine progress;
    if (TRY(looksForWords(call.arguments))) {
        const auto indexed = Analysis::indexTexts(store, progress.sink(), call.stop);
        progress.clear();
        if (!indexed && indexed.error().kind != ErrorKind::Locked)
            return tl::unexpected(indexed.error());
    }
    auto queries = Queries::open(store, progress.sink(), call.stop);
    progress.clear();
    return queries;
}

} // namespace plumbline
