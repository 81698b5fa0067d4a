// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/drain_heat.h"

#include <algorithm>
#include <charconv>

#include "ui/charts/pins.h"
#include "ui/pages/overview_answers.h"

// A heatmap whose columns are steps of time.
namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

/// As the columns of an answer name them: `2026-10-01 07:00`, `2026-10-01`, `2026-10`.
std::optional<std::int32_t> stepOf(const std::string& value, Dimension dimension)
{
    if (dimension == Dimension::Month) {
        const auto month = ReportingCalendar::parseMonth(value);
        return month ? std::optional(*month) : std::nullopt;
    }
    constexpr std::size_t date = 10; // characters
    const auto day = parseDate(value.substr(0, date));
    if (dimension != Dimension::Hour || !day)
        return day;
    int hour = -1;
    if (value.size() > date)
        std::from_chars(value.data() + date + 1, value.data() + value.size(), hour);
    return hour < 0 ? std::nullopt : std::optional(*day * 24 + hour);
}

/// −1 where a column is no step.
std::vector<std::int32_t> stepsOf(const DrainHeat& heat, Dimension dimension)
{
    std::vector<std::int32_t> steps;
    for (const auto& value : heat.columnValues)
        steps.push_back(stepOf(value.value_or(std::string()), dimension).value_or(-1));
    return steps;
}

} // namespace

void layOutTime(DrainHeat& heat, const DrainsQuestion& question, const std::vector<Annotation>& annotations,
                const ReportingCalendar& calendar)
{
    const Dimension step = question.columns.dimension;
    if (question.by != DrainsQuestion::Columns::Values || step == Dimension::HourOfDay)
        return;
    heat.grid.isRangeSelectable = true;
    if (step == Dimension::Hour)
        return; // pins are of days
    heat.grid.pins = pinsOf(annotations, stepsOf(heat, step), step, calendar);
    for (const PlotPin& pin : heat.grid.pins)
        heat.grid.columnDetails[pin.category] += u" · "_s + pin.text;
}

std::optional<Period> periodOfColumns(const DrainHeat& heat, const DrainsQuestion& question,
                                      const ReportingCalendar& calendar, int first, int last)
{
    const Dimension step = question.columns.dimension;
    const auto steps = stepsOf(heat, step);
    if (!heat.grid.isRangeSelectable || first < 0 || last < first || static_cast<std::size_t>(last) >= steps.size())
        return {};
    const std::int32_t from = steps[static_cast<std::size_t>(first)], to = steps[static_cast<std::size_t>(last)];
    if (from < 0 || to < from)
        return {};
    return Period{periodOfStep(from, step, calendar).first, periodOfStep(to, step, calendar).end};
}

} // namespace plumbline
