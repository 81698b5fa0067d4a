// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chip_row.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>

namespace plumbline {

ChipRow::ChipRow(QWidget* parent) : QScrollArea(parent), m_chips(new QHBoxLayout)
{
    auto* row = new QWidget(this);
    row->setLayout(m_chips);
    m_chips->setContentsMargins(0, 0, 0, 0);
    m_chips->setSpacing(8);
    setWidget(row);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // its chips have it
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void ChipRow::fit()
{
    updateGeometry();
}

QSize ChipRow::sizeHint() const
{
    return m_chips->sizeHint();
}

QSize ChipRow::minimumSizeHint() const
{
    constexpr int leastWidth = 120; // of one chip, enough to read its field
    const QSize all = m_chips->sizeHint();
    return {std::min(all.width(), leastWidth), all.height()};
}

void ChipRow::wheelEvent(QWheelEvent* event)
{
    const QPoint turned = event->angleDelta();
    const int pixels = (turned.y() != 0 ? turned.y() : turned.x()) / 2;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - pixels);
    event->accept();
}

} // namespace plumbline
