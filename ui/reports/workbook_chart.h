// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ui/charts/plot_spec.h"

namespace plumbline {

/// A chart as spreadsheets draw it: columns on top of one another, or lines.
struct WorkbookChart
{
    std::vector<PlotSeries> series = {};
    std::vector<std::optional<std::uint32_t>> colors = {}; ///< RGB by series; none: not drawn, what others stand on
    bool isLines = false;
    double least = 0; ///< where the axis of values begins
};

/// A waterfall's steps stand on columns that are not drawn.
WorkbookChart workbookChartOf(const PlotSpec& plot);

} // namespace plumbline
