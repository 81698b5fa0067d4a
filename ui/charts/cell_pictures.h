// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBrush>
#include <QRectF>

#include "model/items/cell.h"
#include "ui/theme/colors.h"

class QPainter;

/// The small pictures of tables and legends.
namespace plumbline::pictures {

/// The fill of a part: what comes from a cache is hatched.
void fillPart(QPainter& painter, const QRectF& place, Part part, const Colors& colors);
/// Over a fill: read from a cache.
void hatch(QPainter& painter, const QRectF& place, const Colors& colors);
/// All pieces fill the width together.
void drawMakeUp(QPainter& painter, const QRectF& place, const MakeUp& makeUp, const Colors& colors);
/// What of a whole it is; the rest quiet.
void drawShare(QPainter& painter, const QRectF& place, const ShareBar& bar, const Colors& colors);
void drawTrend(QPainter& painter, const QRectF& place, const Trend& trend, const Colors& colors);
/// Returns the width it took.
double drawPill(QPainter& painter, const QRectF& place, const QString& text, Tone tone, const Colors& colors);

} // namespace plumbline::pictures
