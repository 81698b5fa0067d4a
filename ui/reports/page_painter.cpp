// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/page_painter.h"

#include <QPainter>

#include <algorithm>
#include <limits>

#include "ui/charts/cell_pictures.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

namespace plumbline {

namespace {

class ItemPainter
{
public:
    explicit ItemPainter(PlotPainter& painter) : m_plots(painter), m_painter(painter.painter()) {}

    void operator()(const PlacedText& item)
    {
        m_painter.setFont(item.font);
        m_painter.setPen(item.color);
        m_painter.drawText(item.place, static_cast<int>(item.alignment) | Qt::TextSingleLine | Qt::TextDontClip,
                           item.text);
    }
    void operator()(const PlacedFill& item)
    {
        m_painter.setPen(item.isFrame ? QPen(item.color, 1) : QPen(Qt::NoPen));
        m_painter.setBrush(item.isFrame ? QBrush(Qt::NoBrush) : QBrush(item.color));
        if (item.radius > 0)
            m_painter.drawRoundedRect(item.place, item.radius, item.radius);
        else
            m_painter.drawRect(item.place);
    }
    void operator()(const PlacedPill& item)
    {
        m_painter.setFont(fonts::small());
        pictures::drawPill(m_painter, item.place, item.text, item.tone, lightColors());
    }
    void operator()(const PlacedBar& item)
    {
        constexpr double height = 10;
        const QRectF bar(item.place.left(), item.place.center().y() - height / 2, item.place.width(), height);
        m_painter.setPen(Qt::NoPen);
        m_painter.fillRect(bar, lightColors().neutralFill);
        m_painter.fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * std::clamp(item.share, 0.0, 1.0), height)),
                           lightColors().barOf(item.tone));
    }
    void operator()(const PlacedLine& item)
    {
        double least = std::numeric_limits<double>::max(), most = std::numeric_limits<double>::lowest();
        for (const auto& value : item.values)
            if (value) {
                least = std::min(least, *value);
                most = std::max(most, *value);
            }
        constexpr double height = 12, dot = 1.8;
        const QRectF place(item.place.left() + dot, item.place.center().y() - height / 2, item.place.width() - 2 * dot,
                           height);
        const double step = place.width() / static_cast<double>(std::max<std::size_t>(1, item.values.size() - 1));
        m_painter.setPen(QPen(lightColors().accent, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        std::optional<QPointF> before;
        for (std::size_t i = 0; i < item.values.size(); ++i) {
            if (!item.values[i]) {
                before.reset();
                continue;
            }
            const double share = most > least ? (*item.values[i] - least) / (most - least) : 0.5;
            const QPointF here(place.left() + step * static_cast<double>(i), place.bottom() - share * height);
            if (before)
                m_painter.drawLine(*before, here);
            before = here;
        }
        if (before) { // the newest is marked, if it is known
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(lightColors().accent);
            m_painter.drawEllipse(*before, dot, dot);
        }
    }
    void operator()(const PlacedChart& item) { m_plots.draw(item.plot, item.place); }

private:
    PlotPainter& m_plots;
    QPainter& m_painter;
};

} // namespace

void paintPage(PlotPainter& painter, const ReportPage& page)
{
    const fonts::OnPaper paper;
    ItemPainter items(painter);
    for (const PlacedItem& item : page.items)
        std::visit(items, item);
}

} // namespace plumbline
