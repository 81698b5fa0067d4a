// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_painter.h"

#include <qcustomplot.h>

#include "ui/charts/plot_build.h"

namespace plumbline {

PlotPainter::PlotPainter(QPaintDevice& device)
    : m_painter(std::make_unique<QCPPainter>(&device)), m_plot(std::make_unique<QCustomPlot>())
{
    m_painter->setMode(QCPPainter::pmVectorized);
    m_painter->setMode(QCPPainter::pmNoCaching);
    m_painter->setMode(QCPPainter::pmNonCosmetic);
    m_painter->setRenderHint(QPainter::Antialiasing);
}

PlotPainter::~PlotPainter() = default;

QPainter& PlotPainter::painter()
{
    return *m_painter;
}

void PlotPainter::draw(const PlotSpec& spec, const QRectF& place)
{
    const int width = qRound(place.width()), height = qRound(place.height());
    m_plot->resize(width, height);
    plotting::build(*m_plot, spec, lightColors());
    plotting::fitLegend(*m_plot, width);
    m_painter->save();
    m_painter->translate(place.topLeft());
    m_plot->toPainter(m_painter.get(), width, height);
    m_painter->restore();
}

} // namespace plumbline
