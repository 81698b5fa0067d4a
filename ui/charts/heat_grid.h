// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <utility>

#include <QPoint>

#include "ui/charts/plot_spec.h"
#include "ui/theme/colors.h"

class QCustomPlot;

/// The heatmap of the house: cells with their figures, names beside and above them, totals below and at the right.
/// QCustomPlot's own colour map becomes a JPEG on paper; this is vectors. Private to ui/charts.
namespace plumbline::plotting {

void buildHeat(QCustomPlot& plot, const HeatGrid& grid, const Colors& colors);
/// Row and column under a position; those of the totals are one past the last. Empty beside the cells.
std::optional<std::pair<int, int>> heatCellAt(const QCustomPlot& plot, const QPoint& position);
/// The column at or before a pixel from the left, whatever the row; below 0 or past the last beside them.
int heatColumnAt(const QCustomPlot& plot, int x);
/// Where a cell lies.
QRectF heatCell(const QCustomPlot& plot, int row, int column);
/// Frames a cell; −1 none.
void selectHeatCell(QCustomPlot& plot, int row, int column);

} // namespace plumbline::plotting
