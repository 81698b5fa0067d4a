// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/kpi_card.h"

#include <QKeyEvent>
#include <QPainter>

#include "ui/theme/colors.h"
#include "ui/theme/figures.h"
#include "ui/theme/fonts.h"

namespace plumbline {

using namespace Qt::StringLiterals;

KpiCard::KpiCard(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus);
}

void KpiCard::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        emit activated();
    else
        QWidget::keyPressEvent(event);
}

void KpiCard::mouseDoubleClickEvent(QMouseEvent*)
{
    emit activated();
}

void KpiCard::setKpi(const Kpi& kpi)
{
    m_kpi = kpi;
    setToolTip(kpi.toolTip.isEmpty() || kpi.help.isEmpty() ? kpi.toolTip + kpi.help : kpi.toolTip + u"\n"_s + kpi.help);
    setAccessibleDescription(kpi.help);
    QStringList said = {kpi.figure, kpi.change, kpi.note};
    said.removeAll(QString());
    setAccessibleName(u"%1: %2"_s.arg(kpi.caption, said.join(u", "_s)));
    update();
}

void KpiCard::paintEvent(QPaintEvent*)
{
    const Colors& colors = colorsOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? colors.accent : colors.border);
    painter.setBrush(colors.card);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);

    QRectF line = QRectF(rect()).adjusted(15, 12, -12, 0);
    line.setHeight(18);
    painter.setFont(fonts::text());
    painter.setPen(colors.secondary);
    figures::draw(painter, line, Qt::AlignVCenter | Qt::AlignLeft, m_kpi.caption);

    line.translate(0, 18);
    line.setHeight(32);
    painter.setFont(fonts::kpi());
    painter.setPen(colors.text);
    figures::draw(painter, line, Qt::AlignVCenter | Qt::AlignLeft, m_kpi.figure);

    line.translate(0, 32);
    line.setHeight(18);
    painter.setFont(fonts::text());
    QString note = m_kpi.note;
    if (!m_kpi.change.isEmpty()) {
        const bool isDown = m_kpi.change.startsWith(u'−');
        const bool isUp = m_kpi.change.startsWith(u'+');
        const QString text = (isUp     ? u"▲ "_s
                              : isDown ? u"▼ "_s
                                       : QString()) +
                             (isUp || isDown ? m_kpi.change.mid(1) : m_kpi.change);
        painter.setPen(m_kpi.tone == Tone::Neutral ? colors.secondary : colors.textOf(m_kpi.tone));
        figures::draw(painter, line, Qt::AlignVCenter | Qt::AlignLeft, text);
        line.setLeft(line.left() + figures::width(painter.font(), text));
        if (!note.isEmpty())
            note.prepend(u" · "_s);
    }
    painter.setPen(colors.secondary);
    figures::draw(painter, line, Qt::AlignVCenter | Qt::AlignLeft, note);
}

} // namespace plumbline
