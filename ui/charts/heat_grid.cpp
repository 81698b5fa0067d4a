// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/heat_grid.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

#include "ui/theme/fonts.h"

namespace plumbline::plotting {

using namespace Qt::StringLiterals;

namespace {

constexpr double gap = 2;
constexpr double tallest = 44;      ///< a row
constexpr double widest = 92;       ///< a column
constexpr double totalsWidth = 52;  ///< at least
constexpr double leastLegible = 12; ///< a row that holds a figure
constexpr double leastForText = 15; ///< one that holds it in the face of texts
constexpr int namesWidth = 176;
constexpr double slant = -28; ///< degrees, of the names above the columns

class HeatCells : public QCPAbstractPlottable
{
public:
    HeatCells(QCPAxis* keys, QCPAxis* values, const HeatGrid& grid, const Colors& colors)
        : QCPAbstractPlottable(keys, values), m_grid(grid), m_colors(colors)
    {
        for (const auto& row : grid.values)
            for (const std::optional<double> value : row)
                m_highest = std::max(m_highest, value.value_or(0));
    }

    int rows() const { return static_cast<int>(m_grid.rows.size()); }
    int columns() const { return static_cast<int>(m_grid.columns.size()); }
    QRectF cell(int row, int column) const
    {
        const QRectF area = cells();
        const double width = columnWidth(), height = rowHeight();
        const bool isTotal = column == columns();
        // Behind the totals stands how they changed.
        const bool isChange = column > columns();
        const double totals = std::max(width, totalsWidth);
        return {area.left() + std::min(column, columns()) * width + (isTotal || isChange ? gap * 2 : 0) +
                    (isChange ? totals : 0),
                area.top() + row * height + (row == rows() ? gap * 2 : 0), (isTotal || isChange ? totals : width) - gap,
                height - gap};
    }
    int columnAt(int x) const { return static_cast<int>(std::floor((x - cells().left()) / columnWidth())); }
    std::optional<std::pair<int, int>> cellAt(const QPoint& position) const
    {
        const QRectF area = cells();
        const int place = columnAt(position.x());
        const bool isInTotals = place >= columns() && position.x() < cell(0, columns()).right();
        const int column = isInTotals ? columns() : place;
        const int row = static_cast<int>(std::floor((position.y() - area.top()) / rowHeight()));
        const int totals = m_grid.hasTotals ? 1 : 0;
        if (row < 0 || column < 0 || row >= rows() + totals || column >= columns() + totals)
            return {};
        return std::pair(row, column);
    }
    void select(int row, int column) { m_selected = {row, column}; }

    double selectTest(const QPointF&, bool, QVariant*) const override { return -1; }
    QCPRange getKeyRange(bool& found, QCP::SignDomain) const override
    {
        found = false;
        return {};
    }
    QCPRange getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const override
    {
        found = false;
        return {};
    }

protected:
    QRect clipRect() const override { return parentPlot()->viewport(); }
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(true); }
    void drawLegendIcon(QCPPainter*, const QRectF&) const override {}
    void draw(QCPPainter* painter) override
    {
        if (rows() == 0 || columns() == 0)
            return;
        drawRowNames(*painter);
        drawColumnNames(*painter);
        for (int row = 0; row < rows(); ++row)
            for (int column = 0; column < columns(); ++column)
                drawCell(*painter, row, column);
        drawPins(*painter);
        if (m_grid.hasTotals)
            drawTotals(*painter);
        if (m_selected.first >= 0) {
            painter->setPen(QPen(m_colors.accent, 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(cell(m_selected.first, m_selected.second).adjusted(-1, -1, 1, 1));
        }
    }

private:
    bool hasChanges() const { return m_grid.hasTotals && !m_grid.rowsBefore.empty(); }
    /// Columns behind the last one: totals, and how they changed.
    int behind() const { return (m_grid.hasTotals ? 1 : 0) + (hasChanges() ? 1 : 0); }
    QRectF cells() const { return keyAxis()->axisRect()->rect(); }
    double columnWidth() const
    {
        const double room = cells().width() - gap * 3;
        const double evenly = room / std::max(1, columns() + behind());
        // The totals keep a width that holds them.
        const double beside = evenly < totalsWidth ? (room - totalsWidth * behind()) / std::max(1, columns()) : evenly;
        return std::min(widest, beside);
    }
    double rowHeight() const
    {
        return std::min(tallest, (cells().height() - gap * 3) / std::max(1, rows() + (m_grid.hasTotals ? 1 : 0)));
    }

    std::optional<double> valueAt(int row, int column) const
    {
        return m_grid.values[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
    }

    void drawCell(QCPPainter& painter, int row, int column) const
    {
        const QRectF place = cell(row, column);
        const std::optional<double> value = valueAt(row, column);
        // The eye tells shades apart by steps of the root: else one large cell would make all others white.
        const QColor fill =
            value && m_highest > 0 ? m_colors.heat(std::sqrt(std::max(0.0, *value) / m_highest)) : m_colors.heatNothing;
        painter.fillRect(place, fill);
        if (value)
            drawFigure(painter, place, *value, Colors::readableOn(fill), fonts::text());
    }

    void drawFigure(QCPPainter& painter, const QRectF& place, double value, const QColor& color,
                    const QFont& font) const
    {
        if (place.height() < leastLegible)
            return;
        const QString full = plotCell(m_grid.unit, value), narrow = plotNarrowCell(m_grid.unit, value);
        // Where nothing else fits, the number alone: the cells beside it say of what.
        QString bare = narrow;
        bare.remove(u'¢').remove(u'$');
        for (const auto& [face, text] : {std::pair(font, full), std::pair(font, narrow),
                                         std::pair(fonts::small(), narrow), std::pair(fonts::small(), bare)}) {
            const bool isSmall = face == fonts::small();
            if ((!isSmall && place.height() < leastForText) ||
                QFontMetricsF(face).horizontalAdvance(text) > place.width() + (isSmall ? gap : -4))
                continue;
            painter.setFont(face);
            painter.setPen(color);
            painter.drawText(place, Qt::AlignCenter, text);
            return;
        }
    }

    void drawTotals(QCPPainter& painter) const
    {
        QFont font = fonts::bold();
        double all = 0;
        for (int row = 0; row < rows(); ++row) {
            const double sum = heatRowTotal(m_grid, row);
            all += sum;
            drawFigure(painter, cell(row, columns()), sum, m_colors.text, font);
        }
        for (int column = 0; column < columns(); ++column)
            drawFigure(painter, cell(rows(), column), heatColumnTotal(m_grid, column), m_colors.text, font);
        drawFigure(painter, cell(rows(), columns()), all, m_colors.text, font);
        if (hasChanges())
            drawChanges(painter);
    }

    void drawChanges(QCPPainter& painter) const
    {
        double all = 0;
        for (int row = 0; row < rows(); ++row) {
            const double change = heatRowTotal(m_grid, row) - m_grid.rowsBefore[static_cast<std::size_t>(row)];
            all += change;
            drawChange(painter, cell(row, columns() + 1), change, fonts::text());
        }
        drawChange(painter, cell(rows(), columns() + 1), all, fonts::bold());
    }
    /// More waste is bad news.
    void drawChange(QCPPainter& painter, const QRectF& place, double change, const QFont& font) const
    {
        if (place.height() < leastLegible)
            return;
        const QString text = heatChange(m_grid, change);
        const bool isTight =
            place.height() < leastForText || QFontMetricsF(font).horizontalAdvance(text) > place.width();
        painter.setFont(isTight ? fonts::small() : font);
        painter.setPen(text == heatChange(m_grid, 0) ? m_colors.secondary
                                                     : m_colors.textOf(change > 0 ? Tone::Bad : Tone::Good));
        painter.drawText(place, Qt::AlignCenter, text);
    }

    /// Small flags over the columns something happened in; the hover says what.
    void drawPins(QCPPainter& painter) const
    {
        constexpr double size = 4;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_colors.accent);
        for (const PlotPin& pin : m_grid.pins) {
            const QRectF of = cell(0, pin.category);
            const QPointF foot(of.center().x(), of.top() - 1);
            painter.drawPolygon(QPolygonF({foot, foot + QPointF(-size, -size), foot + QPointF(size, -size)}));
        }
    }

    void drawRowNames(QCPPainter& painter) const
    {
        painter.setPen(m_colors.text);
        painter.setFont(rowHeight() < leastLegible + 2 ? fonts::small() : fonts::text());
        for (int row = 0; row < rows() + (m_grid.hasTotals ? 1 : 0); ++row) {
            const bool isTotal = row == rows();
            if (isTotal)
                painter.setFont(fonts::bold());
            const QFontMetricsF metrics(painter.font());
            const QRectF of = cell(row, 0);
            const double width = of.left() - 10;
            const QString name = isTotal ? heatTotalName() : m_grid.rows[row];
            painter.drawText(QRectF(2, of.top(), width - 2, of.height()), Qt::AlignVCenter | Qt::AlignRight,
                             metrics.elidedText(name, Qt::ElideMiddle, width - 2));
        }
    }

    void drawColumnNames(QCPPainter& painter) const
    {
        painter.setPen(m_colors.secondary);
        painter.setFont(fonts::small());
        const QFontMetricsF metrics(painter.font());
        // As many as there is room for.
        const int step = std::max(1, static_cast<int>(std::ceil(metrics.height() * 1.5 / columnWidth())));
        const double room = cells().top() / std::sin(-slant * M_PI / 180) - 6;
        for (int column = 0; column < columns() + behind(); ++column) {
            if (column < columns() && column % step != 0)
                continue;
            const QRectF of = cell(0, column);
            const QString name = column < columns()    ? m_grid.columns[column]
                                 : column == columns() ? heatTotalName()
                                                       : u"Δ"_s;
            const double right = (parentPlot()->viewport().right() - of.center().x()) / std::cos(slant * M_PI / 180);
            painter.save();
            painter.translate(of.center().x() - 4, of.top() - 5);
            painter.rotate(slant);
            painter.drawText(QPointF(0, 0), metrics.elidedText(name, Qt::ElideRight, std::min(room, right)));
            painter.restore();
        }
    }

    const HeatGrid m_grid;
    const Colors& m_colors;
    double m_highest = 0;
    std::pair<int, int> m_selected = {-1, -1};
};

HeatCells* cellsOf(const QCustomPlot& plot)
{
    return plot.plottableCount() > 0 ? dynamic_cast<HeatCells*>(const_cast<QCustomPlot&>(plot).plottable(0)) : nullptr;
}

} // namespace

void buildHeat(QCustomPlot& plot, const HeatGrid& grid, const Colors& colors)
{
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
        axis->setTickLabels(false);
        axis->grid()->setVisible(false);
    }
    const QFontMetricsF names(fonts::text()), heads(fonts::small());
    double left = names.horizontalAdvance(heatTotalName()), top = heads.horizontalAdvance(heatTotalName());
    for (const QString& row : grid.rows)
        left = std::max(left, names.horizontalAdvance(row));
    for (const QString& column : grid.columns)
        top = std::max(top, heads.horizontalAdvance(column));
    plot.axisRect()->setAutoMargins(QCP::msNone);
    plot.axisRect()->setMargins(QMargins(static_cast<int>(std::min<double>(left, namesWidth)) + 14,
                                         static_cast<int>(std::min(top, 120.0) * std::sin(-slant * M_PI / 180)) + 18,
                                         14, 4));
    new HeatCells(plot.xAxis, plot.yAxis, grid, colors); // the plot takes it
}

std::optional<std::pair<int, int>> heatCellAt(const QCustomPlot& plot, const QPoint& position)
{
    const HeatCells* cells = cellsOf(plot);
    return cells ? cells->cellAt(position) : std::nullopt;
}

int heatColumnAt(const QCustomPlot& plot, int x)
{
    const HeatCells* cells = cellsOf(plot);
    return cells ? cells->columnAt(x) : -1;
}

QRectF heatCell(const QCustomPlot& plot, int row, int column)
{
    const HeatCells* cells = cellsOf(plot);
    return cells ? cells->cell(row, column) : QRectF();
}

void selectHeatCell(QCustomPlot& plot, int row, int column)
{
    if (HeatCells* cells = cellsOf(plot))
        cells->select(row, column);
}

} // namespace plumbline::plotting
