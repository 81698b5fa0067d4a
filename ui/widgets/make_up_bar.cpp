// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/make_up_bar.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "model/items/format.h"
#include "ui/charts/cell_pictures.h"
#include "ui/theme/colors.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

QString textOf(const MakeUp::Piece& piece)
{
    return u"%1: %2"_s.arg(partTitle(piece.part), format::count(static_cast<std::int64_t>(piece.amount)));
}

} // namespace

MakeUpBar::MakeUpBar(const QString& title, QWidget* parent) : QWidget(parent), m_title(title)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(title);
}

void MakeUpBar::show(const MakeUp& makeUp)
{
    m_makeUp = makeUp;
    QStringList parts;
    for (const MakeUp::Piece& piece : makeUp.pieces)
        parts += textOf(piece);
    setAccessibleName(parts.isEmpty() ? m_title : m_title + u": "_s + parts.join(u", "_s));
    setVisible(!makeUp.pieces.isEmpty());
    update();
}

QSize MakeUpBar::sizeHint() const
{
    return {200, 16};
}

void MakeUpBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    pictures::drawMakeUp(painter, rect(), m_makeUp, colorsOf(*this));
}

bool MakeUpBar::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    double total = 0;
    for (const MakeUp::Piece& piece : m_makeUp.pieces)
        total += piece.amount;
    double end = 0;
    for (const MakeUp::Piece& piece : m_makeUp.pieces) {
        end += piece.amount;
        if (help->pos().x() < width() * end / total) {
            QToolTip::showText(help->globalPos(), textOf(piece) + u" · "_s + format::percent(piece.amount / total),
                               this);
            return true;
        }
    }
    QToolTip::hideText();
    return true;
}

} // namespace plumbline
