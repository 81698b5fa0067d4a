// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/cell_pictures.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

#include "ui/theme/fonts.h"

namespace plumbline::pictures {

void hatch(QPainter& painter, const QRectF& place, const Colors& colors)
{
    painter.save();
    painter.setClipRect(place, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.card, 1.2));
    // Lines instead of a pattern brush: they stay apart on every screen and are vectors on paper.
    for (double x = place.left() - place.height(); x < place.right(); x += 4.5)
        painter.drawLine(QPointF(x, place.bottom()), QPointF(x + place.height(), place.top()));
    painter.restore();
}

void fillPart(QPainter& painter, const QRectF& place, Part part, const Colors& colors)
{
    painter.fillRect(place, colors.of(part));
    if (part == Part::CacheRead)
        hatch(painter, place, colors);
}

void drawMakeUp(QPainter& painter, const QRectF& place, const MakeUp& makeUp, const Colors& colors)
{
    double total = 0;
    for (const MakeUp::Piece& piece : makeUp.pieces)
        total += piece.amount;
    if (total <= 0)
        return;
    double x = place.left();
    for (const MakeUp::Piece& piece : makeUp.pieces) {
        const double width = place.width() * piece.amount / total;
        // A gap of a pixel parts the pieces, unless a piece is too thin to lose one.
        const double gap = width > 2 ? 1 : 0;
        fillPart(painter, QRectF(x, place.top(), width - gap, place.height()), piece.part, colors);
        if (piece.cached > 0 && piece.amount > 0)
            hatch(painter, QRectF(x, place.top(), (width - gap) * piece.cached / piece.amount, place.height()), colors);
        x += width;
    }
}

void drawShare(QPainter& painter, const QRectF& place, const ShareBar& bar, const Colors& colors)
{
    const double width = place.width() * std::clamp(bar.share, 0.0, 1.0);
    painter.fillRect(QRectF(place.left(), place.top(), width, place.height()), bar.tone       ? colors.barOf(*bar.tone)
                                                                               : bar.isSaving ? colors.primary
                                                                                              : colors.drain);
    painter.fillRect(
        QRectF(place.left() + width + 1, place.top(), std::max(0.0, place.width() - width - 1), place.height()),
        bar.isSaving ? colors.saved : colors.border);
}

void drawTrend(QPainter& painter, const QRectF& place, const Trend& trend, const Colors& colors)
{
    const QList<double>& points = trend.points;
    if (points.size() < 2)
        return;
    const auto [low, high] = std::minmax_element(points.begin(), points.end());
    // A flat line lies in the middle, not at the bottom where it would read as zero.
    const double range = *high > *low ? *high - *low : 1;
    const double base = *high > *low ? *low : *low - 0.5;
    QPainterPath path;
    for (qsizetype i = 0; i < points.size(); ++i) {
        const QPointF point(place.left() +
                                place.width() * static_cast<double>(i) / static_cast<double>(points.size() - 1),
                            place.bottom() - place.height() * (points[i] - base) / range);
        i == 0 ? path.moveTo(point) : path.lineTo(point);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors.accent, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.restore();
}

double drawPill(QPainter& painter, const QRectF& place, const QString& text, Tone tone, const Colors& colors)
{
    painter.save();
    painter.setFont(fonts::small());
    const QFontMetricsF metrics(painter.font());
    constexpr double padding = 6;
    constexpr double height = 18;
    const QString shown = metrics.elidedText(text, Qt::ElideRight, place.width() - 2 * padding);
    const QRectF pill(place.left(), place.center().y() - height / 2, metrics.horizontalAdvance(shown) + 2 * padding,
                      height);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.fillOf(tone));
    painter.drawRoundedRect(pill, 4, 4);
    painter.setPen(colors.textOf(tone));
    painter.drawText(pill, Qt::AlignCenter, shown);
    painter.restore();
    return pill.width();
}

} // namespace plumbline::pictures
