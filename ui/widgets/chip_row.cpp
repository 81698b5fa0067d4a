// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chip_row.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <tuple>

namespace plumbline {

using namespace Qt::StringLiterals;

ChipRow::ChipRow(QWidget* parent)
    : QScrollArea(parent)
    , m_chips(new QHBoxLayout)
    , m_before(new QPushButton(u"‹"_s, this))
    , m_behind(new QPushButton(u"›"_s, this))
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
    for (const auto& [button, name, pages] :
         {std::tuple{m_before, tr("Earlier filters"), -1}, std::tuple{m_behind, tr("More filters"), 1}}) {
        button->setProperty("chip", true);
        button->setFocusPolicy(Qt::NoFocus); // the keyboard goes from chip to chip
        button->setAccessibleName(name);
        button->setToolTip(name);
        button->setFixedWidth(20);
        button->setStyleSheet(u"padding: 4px 0"_s);
        button->hide();
        connect(button, &QPushButton::clicked, this, [this, pages = pages] {
            QScrollBar* bar = horizontalScrollBar();
            bar->setValue(bar->value() + pages * std::max(bar->pageStep() * 3 / 4, 1));
        });
    }
    connect(horizontalScrollBar(), &QScrollBar::valueChanged, this, &ChipRow::showEnds);
    connect(horizontalScrollBar(), &QScrollBar::rangeChanged, this, &ChipRow::showEnds);
}

void ChipRow::showEnds()
{
    const QScrollBar* bar = horizontalScrollBar();
    m_before->setGeometry(0, 0, m_before->width(), height());
    m_behind->setGeometry(width() - m_behind->width(), 0, m_behind->width(), height());
    m_before->setVisible(bar->value() > bar->minimum());
    m_behind->setVisible(bar->value() < bar->maximum());
    m_before->raise();
    m_behind->raise();
}

void ChipRow::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    showEnds();
}

bool ChipRow::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QScrollArea::eventFilter(watched, event);
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
