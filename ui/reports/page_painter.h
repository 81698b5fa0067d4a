// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/plot_painter.h"
#include "ui/reports/report_layout.h"

namespace plumbline {

/// Paints a page where the painter stands, in units of a page. GUI thread.
void paintPage(PlotPainter& painter, const ReportPage& page);

} // namespace plumbline
