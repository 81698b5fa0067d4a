// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/trace_pictures.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

#include "ui/charts/cell_pictures.h"
#include "ui/theme/fonts.h"

namespace plumbline::pictures {

using namespace Qt::StringLiterals;

namespace {

constexpr double indent = 17;
constexpr double foldWidth = 14;
constexpr double dotSize = 9;
constexpr double gap = 6;
/// Deeper steps stand no further in: there would be no room for their names.
constexpr int deepestIndent = 14;

double indentOf(int depth)
{
    return indent * std::min(depth, deepestIndent);
}

void drawFold(QPainter& painter, const QRectF& place, bool isOpen, const Colors& colors)
{
    const QPointF centre = place.center();
    QPainterPath path;
    if (isOpen) {
        path.moveTo(centre.x() - 3.5, centre.y() - 1.5);
        path.lineTo(centre.x(), centre.y() + 2);
        path.lineTo(centre.x() + 3.5, centre.y() - 1.5);
    } else {
        path.moveTo(centre.x() - 1.5, centre.y() - 3.5);
        path.lineTo(centre.x() + 2, centre.y());
        path.lineTo(centre.x() - 1.5, centre.y() + 3.5);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors.secondary, 1.4));
    painter.drawPath(path);
    painter.restore();
}

} // namespace

const QColor& colorOf(SpanKind kind, const Colors& colors)
{
    switch (kind) {
    case SpanKind::Llm:
        return colors.member(0);
    case SpanKind::Embedding:
        return colors.member(1);
    case SpanKind::Retriever:
        return colors.member(2);
    case SpanKind::Tool:
        return colors.member(3);
    case SpanKind::Chain:
        return colors.member(5);
    case SpanKind::Event:
        return colors.member(6);
    case SpanKind::Agent:
    case SpanKind::Other:
        break;
    }
    return colors.rest;
}

QRectF foldMark(const QRectF& row, const StepMark& mark)
{
    return mark.hasChildren ? QRectF(row.left() + indentOf(mark.depth), row.top(), foldWidth, row.height()) : QRectF();
}

QRectF foldMark(const QRectF& row, const BlockMark& mark)
{
    return mark.hasChildren ? QRectF(row.left() + 10, row.top(), foldWidth, row.height()) : QRectF();
}

void drawStep(QPainter& painter, const QRectF& place, const QString& name, const StepMark& mark, const Colors& colors)
{
    if (mark.hasChildren)
        drawFold(painter, foldMark(place, mark), mark.isOpen, colors);
    double x = place.left() + indentOf(mark.depth) + foldWidth;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colorOf(mark.kind, colors));
    painter.drawRoundedRect(QRectF(x, place.center().y() - dotSize / 2, dotSize, dotSize), 2, 2);
    painter.restore();
    x += dotSize + gap;
    painter.setFont(fonts::text());
    painter.setPen(mark.isFailed ? colors.bad : colors.text);
    const QFontMetricsF metrics(painter.font());
    const double pill = QFontMetricsF(fonts::small()).horizontalAdvance(mark.kindTitle) + 12;
    const double room = place.right() - x - pill - gap;
    QString shown = mark.isFailed ? u"✕ "_s + name : name;
    shown = metrics.elidedText(shown, Qt::ElideRight, std::max(room, 40.0));
    painter.drawText(QRectF(x, place.top(), place.right() - x, place.height()), Qt::AlignVCenter | Qt::AlignLeft,
                     shown);
    x += metrics.horizontalAdvance(shown) + gap;
    if (x + pill <= place.right() + 1)
        drawPill(painter, QRectF(x, place.top(), pill + 2, place.height()), mark.kindTitle, Tone::Neutral, colors);
}

double stepWidth(const QString& name, const StepMark& mark)
{
    return indentOf(mark.depth) + foldWidth + dotSize + 2 * gap +
           QFontMetricsF(fonts::text()).horizontalAdvance(mark.isFailed ? u"✕ "_s + name : name) +
           QFontMetricsF(fonts::small()).horizontalAdvance(mark.kindTitle) + 14;
}

void drawTimeBar(QPainter& painter, const QRectF& place, const TimeBar& bar, const Colors& colors)
{
    constexpr double height = 10;
    constexpr double thinnest = 2;
    const double left = place.left() + place.width() * std::clamp(bar.from, 0.0, 1.0);
    const double right = place.left() + place.width() * std::clamp(bar.to, 0.0, 1.0);
    const double width = std::max(thinnest, right - left);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colorOf(bar.kind, colors));
    painter.drawRoundedRect(
        QRectF(std::min(left, place.right() - width), place.center().y() - height / 2, width, height), 2, 2);
    painter.restore();
}

void drawBlock(QPainter& painter, const QRectF& place, const QString& name, const BlockMark& mark, const Colors& colors)
{
    const double in = mark.depth * 22.0;
    const QRectF stripe(place.left() + in, place.top() + 2, 4, place.height() - 4);
    painter.fillRect(stripe, colors.of(mark.part));
    // What was read from a cache lies at the beginning: hatched from the top.
    if (mark.cached > 0)
        hatch(painter, QRectF(stripe.left(), stripe.top(), stripe.width(), stripe.height() * mark.cached), colors);
    if (mark.hasChildren)
        drawFold(painter, foldMark(place, mark), mark.isOpen, colors);
    double x = place.left() + in + (mark.depth > 0 ? 14 : 10 + foldWidth + 2);
    const double textLeft = x;
    const QRectF above(x, place.top() + 3, place.right() - x, 19);
    painter.setFont(mark.depth > 0 ? fonts::text() : fonts::bold());
    painter.setPen(colors.text);
    const QFontMetricsF metrics(painter.font());
    const QString shown = metrics.elidedText(name, Qt::ElideRight, above.width());
    painter.drawText(above, Qt::AlignVCenter | Qt::AlignLeft, shown);
    x += metrics.horizontalAdvance(shown) + gap;
    if (!mark.about.isEmpty()) {
        painter.setFont(fonts::small());
        painter.setPen(colors.secondary);
        const QFontMetricsF small(painter.font());
        const QString about = small.elidedText(u"· "_s + mark.about, Qt::ElideRight, place.right() - x);
        painter.drawText(QRectF(x, above.top(), place.right() - x, above.height()), Qt::AlignVCenter | Qt::AlignLeft,
                         about);
        x += small.horizontalAdvance(about) + gap;
    }
    for (const BlockMark::Badge& badge : mark.badges) {
        constexpr double narrowest = 40;
        if (place.right() - x < narrowest)
            break;
        x += drawPill(painter, QRectF(x, above.top(), place.right() - x, above.height()), badge.text, badge.tone,
                      colors) +
             gap;
    }
    painter.setFont(fonts::mono());
    painter.setPen(colors.secondary);
    const QFontMetricsF mono(painter.font());
    painter.drawText(QRectF(textLeft, place.top() + 22, place.right() - textLeft, 17), Qt::AlignVCenter | Qt::AlignLeft,
                     mono.elidedText(mark.excerpt, Qt::ElideRight, place.right() - textLeft));
}

} // namespace plumbline::pictures
