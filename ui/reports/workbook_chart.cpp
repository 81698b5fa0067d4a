// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/workbook_chart.h"

#include <algorithm>
#include <cmath>

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint32_t blue = 0x2F6FED, light = 0xA9C3F8, grey = 0x7B8191, red = 0xC43B3B, green = 0x2FA15A;

WorkbookChart stepsOf(const Waterfall& waterfall)
{
    enum Place
    {
        Base,
        Total,
        More,
        Less,
    };
    WorkbookChart chart{.series = {{.name = u"Base"_s}, {.name = u"Total"_s}, {.name = u"More"_s}, {.name = u"Less"_s}},
                        .colors = {std::nullopt, grey, red, green}};
    const std::size_t count = waterfall.values.size();
    for (PlotSeries& series : chart.series)
        series.values.assign(count, 0);
    double reached = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double value = waterfall.values[i];
        if (i == 0 || i + 1 == count) {
            chart.series[Total].values[i] = reached = value;
            continue;
        }
        chart.series[Base].values[i] = std::min(reached, reached + value);
        chart.series[value < 0 ? Less : More].values[i] = std::abs(value);
        reached += value;
    }
    if (waterfall.isFocused && count > 2) { // steps are seen, not only totals
        double lowest = std::min(waterfall.values.front(), waterfall.values.back());
        for (std::size_t i = 1; i + 1 < count; ++i)
            lowest = std::min(lowest, chart.series[Base].values[i]);
        constexpr double below = 0.9;
        chart.least = std::floor(lowest * below);
    }
    return chart;
}

} // namespace

WorkbookChart workbookChartOf(const PlotSpec& plot)
{
    if (const auto* waterfall = std::get_if<Waterfall>(&plot))
        return stepsOf(*waterfall);
    WorkbookChart chart{.series = plotSeries(plot), .isLines = std::holds_alternative<Lines>(plot)};
    for (std::size_t i = 0; i < chart.series.size(); ++i)
        chart.colors.push_back(i == 0 ? blue : chart.isLines ? red : light);
    return chart;
}

} // namespace plumbline
