// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

#include "model/items/cell.h"
#include "ui/theme/colors.h"

class QPainter;

/// The pictures of traces and prompts in tables.
namespace plumbline::pictures {

const QColor& colorOf(SpanKind kind, const Colors& colors);
/// Where a row's fold mark can be clicked; empty if it has nothing below it.
QRectF foldMark(const QRectF& row, const StepMark& mark);
QRectF foldMark(const QRectF& row, const BlockMark& mark);

void drawStep(QPainter& painter, const QRectF& place, const QString& name, const StepMark& mark, const Colors& colors);
double stepWidth(const QString& name, const StepMark& mark);
void drawTimeBar(QPainter& painter, const QRectF& place, const TimeBar& bar, const Colors& colors);
/// On two lines, with the colour of its segment at the left.
void drawBlock(QPainter& painter, const QRectF& place, const QString& name, const BlockMark& mark,
               const Colors& colors);

} // namespace plumbline::pictures
