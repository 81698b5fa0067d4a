// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include <memory>

#include "ui/charts/plot_spec.h"

class QCPPainter;
class QCustomPlot;
class QPaintDevice;
class QPainter;

namespace plumbline {

/// Paints on any device, charts among other things, as vectors in daylight colours. GUI thread.
class PlotPainter
{
public:
    explicit PlotPainter(QPaintDevice& device);
    ~PlotPainter();

    QPainter& painter();
    void draw(const PlotSpec& spec, const QRectF& place);

private:
    std::unique_ptr<QCPPainter> m_painter;
    std::unique_ptr<QCustomPlot> m_plot;
};

} // namespace plumbline
