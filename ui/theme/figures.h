// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QRectF>
#include <QString>

class QPainter;

/// Text with figures that stand under one another: every digit has the same advance. Inter's digits are proportional,
/// and Qt 6.4 cannot ask a font for its tabular ones.
namespace plumbline::figures {

double width(const QFont& font, const QString& text);
/// With the painter's font and pen, on one line, cut off with `…` where it does not fit.
void draw(QPainter& painter, const QRectF& place, Qt::Alignment alignment, const QString& text);

} // namespace plumbline::figures
