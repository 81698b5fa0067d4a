// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/daily_answers.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "model/queries/pareto.h"
#include "model/queries/selection.h"
#include "model/store/workspace.h"

namespace plumbline {

/// A day of one value of a dimension, as the roll-up has it.
struct DailyAnswers::Row
{
    std::int32_t day = 0;
    std::string key = {};
    Measures measures = {};
};

namespace {

std::string columnOf(Dimension by)
{
    return by == Dimension::Model         ? "model"
           : by == Dimension::Provider    ? "provider"
           : by == Dimension::Environment ? "environment"
                                          : "feature";
}

/// What a sum of the roll-up says of a figure: of calls that do not know it and calls that know it to be 0 alike
/// nothing.
std::optional<TokenCount> unlessZero(TokenCount sum)
{
    return sum == 0 ? std::nullopt : std::optional(sum);
}

Measures measuresOf(const store::Statement& row, int first)
{
    const auto at = [&](int column) { return row.integer(first + column); };
    Measures measures{.calls = at(0), .callsWithoutUsage = at(1), .unpricedCalls = at(2), .errors = at(3)};
    const TokenCount uncached = at(4), cacheRead = at(5), cacheWrite = at(6), visible = at(7), reasoning = at(8);
    const std::int64_t withUsage = measures.calls - measures.callsWithoutUsage;
    if (withUsage > 0) {
        measures.input = uncached + cacheRead + cacheWrite;
        measures.uncachedInput = uncached;
        measures.output = visible + reasoning;
    }
    measures.cacheRead = unlessZero(cacheRead);
    measures.cacheWrite = unlessZero(cacheWrite);
    measures.reasoning = unlessZero(reasoning);
    if (withUsage > measures.unpricedCalls)
        measures.cost = MoneySum::ofPicodollars(MoneySum::Integer{at(9)} * 1'000'000'000'000 + at(10));
    return measures;
}

bool isDearer(const Measures& a, const Measures& b)
{
    const MoneySum cost = a.cost.value_or(MoneySum());
    const MoneySum other = b.cost.value_or(MoneySum());
    return cost != other ? cost > other : a.calls > b.calls;
}

} // namespace

DailyAnswers::DailyAnswers(std::unique_ptr<store::Workspace> workspace, ReportingCalendar calendar)
    : m_workspace(std::move(workspace)), m_calendar(std::move(calendar))
{
}

DailyAnswers::DailyAnswers(DailyAnswers&&) noexcept = default;
DailyAnswers::~DailyAnswers() = default;

Result<DailyAnswers> DailyAnswers::open(const std::filesystem::path& path, const StopToken& stop)
{
    auto workspace = std::make_unique<store::Workspace>(TRY(store::Workspace::open(path, store::OpenMode::ReadOnly)));
    workspace->database().interruptOn(stop);
    TRY(workspace->database().execute("BEGIN"));
    ReportingCalendar calendar = TRY(workspace->calendar());
    DailyAnswers answers(std::move(workspace), std::move(calendar));
    store::Statement days = TRY(answers.m_workspace->database().prepare("SELECT min(day), max(day) FROM daily"));
    if (TRY(days.next()))
        if (const auto first = days.optionalInteger(0)) {
            const auto last = static_cast<std::int32_t>(days.integer(1));
            const Timestamp end = answers.m_calendar.startOfDay(last + 1);
            answers.m_extent = Period{answers.m_calendar.startOfDay(static_cast<std::int32_t>(*first)),
                                      Timestamp(end.microseconds() - 1)};
        }
    return answers;
}

std::int32_t DailyAnswers::dayOf(Timestamp time) const
{
    return m_calendar.dayOf(time);
}

Result<std::vector<DailyAnswers::Row>> DailyAnswers::rowsOf(Dimension by, const Period& period) const
{
    // Money is summed here: SQLite's own sum overflows.
    store::Statement query =
        TRY(m_workspace->database().prepare("SELECT day, coalesce(name.value, ?), calls, calls_without_usage, "
                                            "unpriced_calls, errors, uncached, cache_read, "
                                            "cache_write, visible, reasoning, cost_dollars, cost_picodollars FROM "
                                            "daily LEFT JOIN name ON name.id = daily." +
                                            columnOf(by) + " WHERE day BETWEEN ? AND ? ORDER BY day"));
    TRY(query.bind(missingValue(by), dayOf(period.first), dayOf(Timestamp(period.end.microseconds() - 1))));
    std::vector<Row> rows;
    while (TRY(query.next()))
        rows.push_back({.day = static_cast<std::int32_t>(query.integer(0)),
                        .key = std::string(query.text(1)),
                        .measures = measuresOf(query, 2)});
    return rows;
}

Result<Breakdown> DailyAnswers::breakdown(Dimension by, const Period& period,
                                          const std::optional<Period>& baseline) const
{
    std::map<std::string, BreakdownRow> byKey;
    Breakdown answer;
    for (const Row& row : TRY(rowsOf(by, period))) {
        byKey[row.key].measures += row.measures;
        answer.total += row.measures;
    }
    if (baseline) {
        answer.totalBaseline = Measures();
        for (auto& [key, row] : byKey)
            row.baseline = Measures();
        for (const Row& row : TRY(rowsOf(by, *baseline))) {
            auto& before = byKey[row.key].baseline;
            before = before.value_or(Measures());
            *before += row.measures;
            *answer.totalBaseline += row.measures;
        }
    }
    for (auto& [key, row] : byKey) {
        row.keys = {key};
        answer.rows.push_back(std::move(row));
    }
    // The map holds them by name, which decides between equal ones.
    std::stable_sort(answer.rows.begin(), answer.rows.end(),
                     [](const BreakdownRow& a, const BreakdownRow& b) { return isDearer(a.measures, b.measures); });
    queries::addShares(answer.rows, answer.total);
    answer.completeness = {.calls = answer.total.calls,
                           .callsWithoutUsage = answer.total.callsWithoutUsage,
                           .unpricedCalls = answer.total.unpricedCalls};
    return answer;
}

Result<SeriesAnswer> DailyAnswers::series(Dimension by, const Period& period, std::size_t top) const
{
    const std::vector<Row> rows = TRY(rowsOf(by, period));
    SeriesAnswer answer;
    if (rows.empty())
        return answer;
    for (std::int32_t day = rows.front().day; day <= rows.back().day; ++day) {
        answer.steps.push_back(day);
        answer.labels.push_back(queries::timeLabel(Dimension::Day, day));
    }
    std::map<std::string, Measures> totals;
    for (const Row& row : rows)
        totals[row.key] += row.measures;
    std::vector<std::pair<std::string, Measures>> ranked(totals.begin(), totals.end());
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return isDearer(a.second, b.second); });
    // As in Queries::series: one value left over is shown by itself.
    const std::size_t shown = ranked.size() <= top + 1 ? ranked.size() : top;
    std::unordered_map<std::string, std::size_t> seriesOf;
    const std::vector<Measures> empty(answer.steps.size());
    for (std::size_t i = 0; i < shown; ++i) {
        seriesOf.emplace(ranked[i].first, i);
        answer.series.push_back({.key = ranked[i].first, .points = empty});
    }
    if (shown < ranked.size())
        answer.series.push_back({.key = {}, .members = ranked.size() - shown, .points = empty});
    for (const Row& row : rows) {
        const auto at = seriesOf.find(row.key);
        Series& series = answer.series[at == seriesOf.end() ? shown : at->second];
        series.points[static_cast<std::size_t>(row.day - rows.front().day)] += row.measures;
    }
    return answer;
}

} // namespace plumbline
