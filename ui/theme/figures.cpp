// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/figures.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace plumbline::figures {

namespace {

double digitAdvance(const QFontMetricsF& metrics)
{
    double widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

double widthOf(const QFontMetricsF& metrics, const QString& text)
{
    const double digit = digitAdvance(metrics);
    double width = 0;
    for (const QChar letter : text)
        width += letter.isDigit() ? digit : metrics.horizontalAdvance(letter);
    return width;
}

} // namespace

double width(const QFont& font, const QString& text)
{
    return widthOf(QFontMetricsF(font), text);
}

void draw(QPainter& painter, const QRectF& place, Qt::Alignment alignment, const QString& text)
{
    const QFontMetricsF metrics(painter.font());
    QString shown = text;
    double width = widthOf(metrics, shown);
    while (width > place.width() && shown.size() > 1) {
        shown = shown.left(shown.size() - (shown.endsWith(u'…') ? 2 : 1)) + u'…';
        width = widthOf(metrics, shown);
    }
    double x = place.left();
    if (alignment & Qt::AlignRight)
        x = place.right() - width;
    else if (alignment & Qt::AlignHCenter)
        x = place.center().x() - width / 2;
    double y = place.top() + metrics.ascent();
    if (alignment & Qt::AlignBottom)
        y = place.bottom() - metrics.descent();
    else if (alignment & Qt::AlignVCenter)
        y = place.center().y() + (metrics.ascent() - metrics.descent()) / 2;

    const double digit = digitAdvance(metrics);
    // Runs of other letters are drawn whole, so that they keep their kerning.
    for (qsizetype at = 0; at < shown.size();) {
        if (shown[at].isDigit()) {
            const double advance = metrics.horizontalAdvance(shown[at]);
            painter.drawText(QPointF(x + (digit - advance) / 2, y), QString(shown[at]));
            x += digit;
            ++at;
            continue;
        }
        qsizetype end = at;
        while (end < shown.size() && !shown[end].isDigit())
            ++end;
        const QString run = shown.mid(at, end - at);
        painter.drawText(QPointF(x, y), run);
        for (const QChar letter : run)
            x += metrics.horizontalAdvance(letter);
        at = end;
    }
}

} // namespace plumbline::figures
