// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tour.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTimer>

#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"

namespace plumbline {

using namespace Qt::StringLiterals;

Tour::Tour(QWidget* window)
    : QFrame(window)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_count(quietLabel({}, this))
    , m_back(new QPushButton(tr("Back"), this))
    , m_next(new QPushButton(this))
{
    setObjectName(u"bubble"_s);
    setAccessibleName(tr("Tour"));
    setFixedWidth(340);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 12);
    layout->setSpacing(8);
    m_title->setFont(fonts::bold());
    m_text->setWordWrap(true);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    auto* row = new QHBoxLayout;
    row->addWidget(m_count, 1);
    auto* leave = new QPushButton(tr("Leave the tour"), this);
    leave->setProperty("quiet", true);
    row->addWidget(leave);
    row->addWidget(m_back);
    m_next->setProperty("primary", true);
    row->addWidget(m_next);
    layout->addLayout(row);
    for (QPushButton* button : {leave, m_back, m_next})
        button->setAutoDefault(false);
    connect(leave, &QPushButton::clicked, this, &Tour::end);
    connect(m_back, &QPushButton::clicked, this, [this] { show(m_at - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { show(m_at + 1); });
    window->installEventFilter(this);
    hide();
}

void Tour::start(QList<Step> steps)
{
    m_steps = std::move(steps);
    show(0);
}

void Tour::show(int step)
{
    if (step >= m_steps.size()) {
        end();
        return;
    }
    m_at = std::max(0, step);
    const Step& at = m_steps[m_at];
    if (!at.page.isEmpty())
        emit pageWanted(at.page);
    m_title->setText(at.title);
    m_text->setText(at.text);
    m_count->setText(tr("%1 of %2").arg(m_at + 1).arg(m_steps.size()));
    m_back->setEnabled(m_at > 0);
    m_next->setText(m_at + 1 == m_steps.size() ? tr("Done") : tr("Next"));
    setAccessibleDescription(at.title + u". "_s + at.text);
    QWidget::show();
    raise();
    place();
    m_next->setFocus();
}

void Tour::place()
{
    if (m_at < 0 || m_at >= m_steps.size() || !isVisible())
        return;
    adjustSize();
    const QWidget* beside = m_steps[m_at].beside;
    const QSize room = parentWidget()->size();
    constexpr int gap = 10;
    QPoint at((room.width() - width()) / 2, (room.height() - height()) / 2);
    if (beside && beside->isVisible()) {
        const QRect of(beside->mapTo(parentWidget(), QPoint(0, 0)), beside->size());
        // Below where there is room, else to the right, else over its middle.
        at = of.bottom() + gap + height() < room.height() ? QPoint(of.left(), of.bottom() + gap)
             : of.right() + gap + width() < room.width()  ? QPoint(of.right() + gap, of.top())
                                                          : of.center() - rect().center();
    }
    move(std::clamp(at.x(), gap, std::max(gap, room.width() - width() - gap)),
         std::clamp(at.y(), gap, std::max(gap, room.height() - height() - gap)));
}

void Tour::end()
{
    m_at = -1;
    hide();
    emit ended();
}

void Tour::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        end();
    else
        QFrame::keyPressEvent(event);
}

bool Tour::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        place();
    return QFrame::eventFilter(watched, event);
}

} // namespace plumbline
