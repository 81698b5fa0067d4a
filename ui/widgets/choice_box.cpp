// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/choice_box.h"

#include <QPainter>

#include "ui/theme/colors.h"

namespace plumbline {

void ChoiceBox::paintEvent(QPaintEvent* event)
{
    QComboBox::paintEvent(event);
    constexpr int arrowWidth = 18;
    QPainter painter(this);
    painter.setPen(colorsOf(*this).secondary);
    painter.drawText(QRect(width() - arrowWidth - 2, 0, arrowWidth, height()), Qt::AlignCenter, QStringLiteral("▾"));
}

} // namespace plumbline
