// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/plot_spec.h"
#include "ui/theme/colors.h"

class QCustomPlot;

/// Turning a PlotSpec into plottables. Private to ui/charts.
namespace plumbline::plotting {

/// Empties the plot and draws `spec` into it in these colours.
void build(QCustomPlot& plot, const PlotSpec& spec, const Colors& colors);
/// Names the series below the plot, from the left.
void addLegend(QCustomPlot& plot, const Colors& colors);
void removeLegend(QCustomPlot& plot);
/// Lays the names of the legend out in as many lines as they need in this width.
void fitLegend(QCustomPlot& plot, int width);
/// How many lines those are; 0 without a legend.
int legendLines(const QCustomPlot& plot);
/// Shows all of it.
void showAll(QCustomPlot& plot, const PlotSpec& spec);
/// Whether its categories lie along the vertical axis.
bool isHorizontal(const PlotSpec& spec);

} // namespace plumbline::plotting
