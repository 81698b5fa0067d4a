// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_view.h"

#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <qcustomplot.h>

#include "ui/charts/plot_build.h"
#include "ui/widgets/save_file.h"

// A chart as a picture, a drawing, a page and a table.
namespace plumbline {

using namespace Qt::StringLiterals;

QImage PlotView::picture() const
{
    return m_plot->toPixmap(0, 0, devicePixelRatioF()).toImage();
}

QByteArray PlotView::png() const
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture().save(&buffer, "PNG");
    return bytes;
}

template <class Device>
void PlotView::drawOn(Device& device)
{
    // Paper is white whatever the screen is.
    plotting::build(*m_plot, m_spec, lightColors());
    plotting::fitLegend(*m_plot, width());
    m_band = nullptr;
    QCPPainter painter;
    painter.begin(&device);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    m_plot->toPainter(&painter, m_plot->width(), m_plot->height());
    painter.end();
    build();
}

QByteArray PlotView::svg()
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(m_plot->size());
    generator.setViewBox(m_plot->rect());
    generator.setTitle(plotTitle(m_spec));
    drawOn(generator);
    return buffer.data();
}

QByteArray PlotView::pdf()
{
    // One unit of the writer is one pixel of the screen.
    constexpr int screenDpi = 96;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(plotTitle(m_spec));
    writer.setResolution(screenDpi);
    writer.setPageSize(QPageSize(QSizeF(m_plot->width(), m_plot->height()) / screenDpi, QPageSize::Inch));
    writer.setPageMargins(QMarginsF());
    drawOn(writer);
    return buffer.data();
}

void PlotView::addExports(QMenu& menu)
{
    const QString name = fileName(plotTitle(m_spec));
    menu.addAction(tr("Copy picture"), this, [this] { QGuiApplication::clipboard()->setImage(picture()); });
    menu.addAction(tr("Copy data as CSV"), this, [this] { QGuiApplication::clipboard()->setText(plotCsv(m_spec)); });
    menu.addSeparator();
    menu.addAction(tr("Save as PNG…"), this,
                   [this, name] { askAndSave(this, tr("Save as PNG"), name + u".png"_s, png()); });
    menu.addAction(tr("Save as SVG…"), this,
                   [this, name] { askAndSave(this, tr("Save as SVG"), name + u".svg"_s, svg()); });
    menu.addAction(tr("Save as PDF…"), this,
                   [this, name] { askAndSave(this, tr("Save as PDF"), name + u".pdf"_s, pdf()); });
    menu.addAction(tr("Save data as CSV…"), this, [this, name] {
        askAndSave(this, tr("Save data as CSV"), name + u".csv"_s, plotCsv(m_spec).toUtf8());
    });
}

} // namespace plumbline
