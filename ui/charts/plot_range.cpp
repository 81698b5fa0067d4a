// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_build.h"

#include <qcustomplot.h>

#include <algorithm>

namespace plumbline::plotting {

void showAll(QCustomPlot& plot, const PlotSpec& spec)
{
    if (std::holds_alternative<HeatGrid>(spec))
        return; // it lays itself out
    const auto count = static_cast<double>(plotCategories(spec).size());
    const auto series = plotSeries(spec);
    double highest = 0, least = 0, room = 1.08;
    if (const auto* waterfall = std::get_if<Waterfall>(&spec)) {
        double reached = 0;
        least = waterfall->isFocused && !waterfall->values.empty() ? waterfall->values.front() : 0;
        for (std::size_t i = 0; i + 1 < waterfall->values.size(); ++i) {
            highest = std::max(highest, reached += waterfall->values[i]);
            least = std::min(least, reached);
        }
    }
    const auto* stacked = std::get_if<StackedBars>(&spec);
    if ((stacked && stacked->hasFigures) || std::holds_alternative<Waterfall>(spec)) {
        // Above the highest bar stands its figure, however low the chart is.
        constexpr double figure = 20, axis = 28, lowest = 40;
        const double height = std::max(lowest, plot.height() - axis);
        room = std::max(1.12, height / (height - figure));
    }
    for (std::size_t i = 0; stacked && i < stacked->marks.size(); ++i)
        highest = std::max(highest, stacked->marks[i].value_or(0));
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        double column = 0;
        for (const PlotSeries& one : series)
            column =
                std::holds_alternative<StackedBars>(spec) ? column + one.values[i] : std::max(column, one.values[i]);
        highest = std::max(highest, column);
    }
    if (highest <= 0)
        highest = 1;
    QCPAxis* keys = isHorizontal(spec) ? plot.yAxis : plot.xAxis;
    QCPAxis* values = isHorizontal(spec) ? plot.xAxis : plot.yAxis;
    // Few bars keep the thickness of many: the rest of the card stays empty.
    constexpr double rows = 8, columns = 6;
    const double beside = stacked && stacked->hasFigures ? std::max(0.0, columns - count) / 2 : 0;
    keys->setRange(-0.6 - beside, (isHorizontal(spec) ? std::max(rows, count) : std::max(1.0, count)) - 0.4 + beside);
    // As much below the least step as all steps are high, and never below 0.
    least = std::max(0.0, 2 * least - highest);
    values->setRange(least, isHorizontal(spec) ? highest : least + (highest - least) * room);
}

} // namespace plumbline::plotting
