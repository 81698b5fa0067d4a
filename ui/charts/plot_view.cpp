// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_view.h"

#include <qcustomplot.h>

#include <QContextMenuEvent>
#include <QMenu>
#include <QToolTip>
#include <QVBoxLayout>

#include "ui/charts/heat_grid.h"
#include "ui/charts/plot_build.h"
#include "ui/theme/colors.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

/// Pixels the pointer may move within a click.
constexpr int clickSlop = 4;

} // namespace

PlotView::PlotView(QWidget* parent) : QWidget(parent), m_plot(std::make_unique<QCustomPlot>())
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot.get());
    setFocusPolicy(Qt::StrongFocus);
    // A plot without an area warns about each layer it cannot draw.
    m_plot->setMinimumSize(48, 48);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setContextMenuPolicy(Qt::NoContextMenu);
    m_plot->setNoAntialiasingOnDrag(true);
    m_plot->setAccessibleName(tr("Chart"));
    connect(m_plot.get(), &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        const auto* heat = std::get_if<HeatGrid>(&m_spec);
        if (heat && event->buttons() == Qt::NoButton) {
            const auto cell = plotting::heatCellAt(*m_plot, event->pos());
            QToolTip::showText(event->globalPosition().toPoint(),
                               cell ? heatHover(*heat, cell->first, cell->second) : QString(), this);
        } else if (event->buttons() == Qt::NoButton) {
            point(categoryAt(event->pos()), event->globalPosition().toPoint());
        }
    });
    connect(m_plot.get(), &QCustomPlot::mousePress, this, [this](QMouseEvent* event) {
        setFocus(Qt::MouseFocusReason);
        m_pressed = event->button() == Qt::LeftButton ? event->pos() : QPoint(-1, -1);
        if (event->button() == Qt::LeftButton)
            clickCell(event->pos(), false);
    });
    connect(m_plot.get(), &QCustomPlot::mouseRelease, this, [this](QMouseEvent* event) {
        const bool isClick =
            m_pressed.x() >= 0 && (event->pos() - std::exchange(m_pressed, {-1, -1})).manhattanLength() < clickSlop;
        if (const int category = categoryAt(event->pos()); isClick && category >= 0)
            emit chosen(category, seriesAt(event->pos(), category));
    });
    connect(m_plot.get(), &QCustomPlot::mouseDoubleClick, this, [this](QMouseEvent* event) {
        if (std::holds_alternative<HeatGrid>(m_spec)) {
            clickCell(event->pos(), true);
            return;
        }
        const int category = categoryAt(event->pos());
        const int series = seriesAt(event->pos(), category);
        if (isZoomed() || category < 0)
            resetZoom();
        else
            emit activated(category, series);
    });
    connect(m_plot->selectionRect(), &QCPSelectionRect::accepted, this,
            [this](const QRect& rect) { choose(rect.normalized()); }); // a hand may come from the right
    build();
}

PlotView::~PlotView() = default;

void PlotView::draw(PlotSpec spec)
{
    if (spec == m_spec)
        return;
    m_spec = std::move(spec);
    setAccessibleName(plotTitle(m_spec));
    setAccessibleDescription(plotCsv(m_spec));
    m_plot->setAccessibleName(plotTitle(m_spec));
    m_pointed = -1;
    m_cell = {-1, -1};
    build();
}

void PlotView::chooseCell(int row, int column)
{
    m_cell = {row, column};
    plotting::selectHeatCell(*m_plot, row, column);
    replot();
}

void PlotView::clickCell(const QPoint& position, bool isDouble)
{
    const auto cell = plotting::heatCellAt(*m_plot, position);
    if (!cell)
        return;
    chooseCell(cell->first, cell->second);
    if (isDouble)
        emit activated(cell->first, cell->second);
    else
        emit cellChosen(cell->first, cell->second);
}

void PlotView::walkCells(int key)
{
    const auto& grid = std::get<HeatGrid>(m_spec);
    const int totals = grid.hasTotals ? 1 : 0;
    const int rows = static_cast<int>(grid.rows.size()) + totals;
    const int columns = static_cast<int>(grid.columns.size()) + totals;
    if (rows == 0 || columns == 0)
        return;
    const int down = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
    const int right = key == Qt::Key_Right ? 1 : key == Qt::Key_Left ? -1 : 0;
    const bool isFirst = m_cell.first < 0;
    chooseCell(isFirst ? 0 : std::clamp(m_cell.first + down, 0, rows - 1),
               isFirst ? 0 : std::clamp(m_cell.second + right, 0, columns - 1));
    const QRectF place = plotting::heatCell(*m_plot, m_cell.first, m_cell.second);
    QToolTip::showText(m_plot->mapToGlobal(place.bottomRight().toPoint()), heatHover(grid, m_cell.first, m_cell.second),
                       this);
    emit cellChosen(m_cell.first, m_cell.second);
}

void PlotView::build()
{
    const Colors& colors = colorsOf(*this);
    m_band = nullptr; // the plot deletes its items
    plotting::build(*m_plot, m_spec, colors);
    m_plot->setSelectionRectMode(plotSteps(m_spec).isEmpty() ? QCP::srmNone : QCP::srmCustom);
    QColor veil = colors.accent;
    veil.setAlphaF(0.18F);
    m_plot->selectionRect()->setBrush(veil);
    m_plot->selectionRect()->setPen(QPen(colors.accent));
    m_plot->setInteraction(QCP::iRangeZoom, !plotting::isHorizontal(m_spec));
    m_plot->axisRect()->setRangeZoom(Qt::Horizontal);
    if (std::holds_alternative<HeatGrid>(m_spec)) {
        m_plot->setInteraction(QCP::iRangeZoom, false);
        plotting::selectHeatCell(*m_plot, m_cell.first, m_cell.second);
    }
    plotting::fitLegend(*m_plot, width());
    replot();
}

int PlotView::legendLines() const
{
    return plotting::legendLines(*m_plot);
}

void PlotView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    plotting::fitLegend(*m_plot, event->size().width());
    if (!isZoomed())
        plotting::showAll(*m_plot, m_spec);
    replot(); // the layout has resized the plot, and that has drawn itself, before this comes
}

void PlotView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    replot(); // what was drawn while something else stood here
}

void PlotView::replot()
{
    // Before the first layout there is nothing to draw on; the plot draws itself when it gets a size, or is shown.
    if (!m_plot->viewport().isEmpty() && isVisible())
        m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void PlotView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        build();
    QWidget::changeEvent(event);
}

void PlotView::resetZoom()
{
    plotting::showAll(*m_plot, m_spec);
    replot();
}

bool PlotView::isZoomed() const
{
    if (std::holds_alternative<HeatGrid>(m_spec))
        return false;
    const auto count = static_cast<double>(plotCategories(m_spec).size());
    return !plotting::isHorizontal(m_spec) && std::abs(m_plot->xAxis->range().size() - (count + 0.2)) > 0.01;
}

int PlotView::categoryAt(const QPoint& position) const
{
    if (!m_plot->axisRect()
             ->rect()
             .adjusted(plotting::isHorizontal(m_spec) ? -m_plot->axisRect()->left() : 0, 0, 0, 0)
             .contains(position))
        return -1;
    const double key = plotting::isHorizontal(m_spec) ? m_plot->yAxis->pixelToCoord(position.y())
                                                      : m_plot->xAxis->pixelToCoord(position.x());
    const auto category = static_cast<int>(std::lround(key));
    return category >= 0 && category < plotCategories(m_spec).size() ? category : -1;
}

int PlotView::seriesAt(const QPoint& position, int category) const
{
    if (category < 0 || plotting::isHorizontal(m_spec))
        return category < 0 ? -1 : 0;
    const double value = m_plot->yAxis->pixelToCoord(position.y());
    double top = 0;
    const auto series = plotSeries(m_spec);
    for (std::size_t i = 0; i < series.size(); ++i) {
        top += series[i].values[static_cast<std::size_t>(category)];
        if (value <= top)
            return static_cast<int>(i);
    }
    return -1;
}

void PlotView::point(int category, const QPoint& globalPosition)
{
    if (category >= 0)
        QToolTip::showText(globalPosition, plotHover(m_spec, category), this);
    else
        QToolTip::hideText();
    if (category == m_pointed)
        return;
    m_pointed = category;
    if (!m_band) {
        m_band = new QCPItemRect(m_plot.get());
        m_band->setLayer(u"background"_s);
        m_band->setPen(Qt::NoPen);
        m_band->setBrush(colorsOf(*this).hover);
    }
    m_band->setVisible(category >= 0);
    const double at = category;
    if (plotting::isHorizontal(m_spec)) {
        m_band->topLeft->setCoords(m_plot->xAxis->range().lower, at - 0.5);
        m_band->bottomRight->setCoords(m_plot->xAxis->range().upper, at + 0.5);
    } else {
        m_band->topLeft->setCoords(at - 0.5, m_plot->yAxis->range().upper);
        m_band->bottomRight->setCoords(at + 0.5, m_plot->yAxis->range().lower);
    }
    replot();
}

void PlotView::choose(const QRect& dragged)
{
    const int count = static_cast<int>(plotSteps(m_spec).size());
    if (dragged.width() < clickSlop || count == 0)
        return;
    const auto at = [&](int x) {
        const int step = std::holds_alternative<HeatGrid>(m_spec)
                             ? plotting::heatColumnAt(*m_plot, x)
                             : static_cast<int>(std::lround(m_plot->xAxis->pixelToCoord(x)));
        return std::clamp(step, 0, count - 1);
    };
    emit rangeChosen(at(dragged.left()), at(dragged.right()));
}

void PlotView::keyPressEvent(QKeyEvent* event)
{
    const int count = static_cast<int>(plotCategories(m_spec).size());
    const bool isNext = event->key() == Qt::Key_Right || event->key() == Qt::Key_Down;
    const bool isPrevious = event->key() == Qt::Key_Left || event->key() == Qt::Key_Up;
    if (count == 0 || event->modifiers() != Qt::NoModifier ||
        (!isNext && !isPrevious && event->key() != Qt::Key_Return)) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (std::holds_alternative<HeatGrid>(m_spec)) {
        if (event->key() != Qt::Key_Return)
            walkCells(event->key());
        else if (m_cell.first >= 0)
            emit activated(m_cell.first, m_cell.second);
        return;
    }
    if (event->key() == Qt::Key_Return) {
        if (m_pointed >= 0)
            emit activated(m_pointed, -1);
        return;
    }
    const int category = std::clamp(m_pointed + (isNext ? 1 : -1), 0, count - 1);
    const double pixel =
        plotting::isHorizontal(m_spec) ? m_plot->yAxis->coordToPixel(category) : m_plot->xAxis->coordToPixel(category);
    const QRect area = m_plot->axisRect()->rect();
    point(category,
          m_plot->mapToGlobal(plotting::isHorizontal(m_spec) ? QPoint(area.center().x(), static_cast<int>(pixel))
                                                             : QPoint(static_cast<int>(pixel), area.center().y())));
}

void PlotView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    const bool isByKeys = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint position = mapFromGlobal(event->globalPos());
    int step = isByKeys ? m_pointed : categoryAt(position);
    if (std::holds_alternative<HeatGrid>(m_spec))
        step = isByKeys ? m_cell.second : plotting::heatCellAt(*m_plot, position).value_or(std::pair(-1, -1)).second;
    if (const QStringList steps = plotSteps(m_spec); step >= 0 && step < steps.size()) {
        menu.addAction(tr("Annotate %1…").arg(steps[step]), this, [this, step] { emit annotationWanted(step); });
        menu.addSeparator();
    }
    addExports(menu);
    menu.addSeparator();
    menu.addAction(tr("Reset zoom"), this, &PlotView::resetZoom)->setEnabled(isZoomed());
    menu.exec(event->globalPos());
}

} // namespace plumbline
