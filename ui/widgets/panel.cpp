// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panel.h"

#include <QPainter>

#include "ui/theme/colors.h"

namespace plumbline {

Panel::Panel(Qt::Edge line, QWidget* parent) : QWidget(parent), m_line(line) {}

void Panel::paintEvent(QPaintEvent*)
{
    const Colors& colors = colorsOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), colors.card);
    const QRect line = m_line == Qt::RightEdge ? QRect(width() - 1, 0, 1, height())
                       : m_line == Qt::TopEdge ? QRect(0, 0, width(), 1)
                                               : QRect(0, height() - 1, width(), 1);
    painter.fillRect(line, colors.border);
}

} // namespace plumbline
