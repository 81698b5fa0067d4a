// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_build.h"

#include <qcustomplot.h>

#include <algorithm>

#include "ui/theme/fonts.h"

namespace plumbline::plotting {

void addLegend(QCustomPlot& plot, const Colors& colors)
{
    auto* row = new QCPLayoutGrid;
    plot.plotLayout()->addElement(1, 0, row);
    plot.plotLayout()->setRowStretchFactor(1, 0.001);
    plot.plotLayout()->setRowSpacing(2);
    row->setMargins(QMargins(0, 4, 0, 2));
    row->addElement(0, 0, plot.legend);
    row->addElement(0, 1, new QCPLayoutGrid); // takes what the legend leaves, so that it stands left
    row->setColumnStretchFactor(0, 0.001);
    plot.legend->setVisible(true);
    plot.legend->setWrap(0);
    plot.legend->setFillOrder(QCPLegend::foColumnsFirst);
    plot.legend->setRowSpacing(2);
    plot.legend->setBorderPen(Qt::NoPen);
    plot.legend->setBrush(Qt::NoBrush);
    plot.legend->setFont(fonts::small());
    plot.legend->setTextColor(colors.text);
    plot.legend->setIconSize(10, 10);
    plot.legend->setIconTextPadding(5);
    plot.legend->setColumnSpacing(10);
    plot.legend->setMargins(QMargins(2, 0, 0, 0));
}

void removeLegend(QCustomPlot& plot)
{
    if (plot.plotLayout()->hasElement(1, 0)) {
        // The legend goes back to the plot before its row goes.
        plot.axisRect()->insetLayout()->addElement(plot.legend, Qt::AlignTop);
        plot.plotLayout()->remove(plot.plotLayout()->element(1, 0));
        plot.plotLayout()->simplify();
    }
    plot.legend->setVisible(false);
}

void fitLegend(QCustomPlot& plot, int width)
{
    QCPLegend& legend = *plot.legend;
    if (!legend.visible())
        return;
    int all = 0;
    int widest = 0;
    for (const QCPLayoutElement* name : legend.elements(false)) {
        if (!name)
            continue; // the last line may not be full
        const int wanted = name->minimumOuterSizeHint().width() + legend.columnSpacing();
        all += wanted;
        widest = std::max(widest, wanted);
    }
    constexpr int margins = 12;
    // Columns of several lines are as wide as the widest of their names may be.
    const int columns = all <= width - margins ? 0 : std::max(1, (width - margins) / std::max(1, widest));
    if (legend.wrap() == columns)
        return;
    legend.setWrap(columns);
    legend.setFillOrder(QCPLegend::foColumnsFirst, true);
}

int legendLines(const QCustomPlot& plot)
{
    return plot.legend->visible() ? plot.legend->rowCount() : 0;
}

} // namespace plumbline::plotting
