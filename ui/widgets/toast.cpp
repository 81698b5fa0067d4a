// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/toast.h"

#include <QAccessible>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/widgets/small_button.h"

namespace plumbline {

using namespace Qt::StringLiterals;

Toast::Toast(QWidget* window) : QFrame(window), m_text(new QLabel(this))
{
    setObjectName(u"bubble"_s);
    setAccessibleName(tr("Notification"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 10, 10, 10);
    layout->setSpacing(10);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText); // names of traces are no markup
    m_text->setMaximumWidth(420);
    layout->addWidget(m_text, 1);
    m_action = smallButton({}, tr("Look at it"), *layout);
    QPushButton* close = smallButton(u"✕"_s, tr("Close the notification"), *layout);
    constexpr int shown = 9000; // milliseconds: long enough to read two lines twice
    m_time.setSingleShot(true);
    m_time.setInterval(shown);
    connect(&m_time, &QTimer::timeout, this, &QWidget::hide);
    connect(close, &QPushButton::clicked, this, &QWidget::hide);
    connect(m_action, &QPushButton::clicked, this, [this] {
        hide();
        emit actionChosen();
    });
    window->installEventFilter(this);
    hide();
}

void Toast::tell(const QString& text, const QString& action)
{
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    show();
    raise();
    place();
    m_time.start();
    setAccessibleDescription(text);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    // Somewhere else on the desktop the taskbar says so.
    if (!window()->isActiveWindow())
        QApplication::alert(window());
}

QString Toast::text() const
{
    return isVisible() ? m_text->text() : QString();
}

void Toast::place()
{
    adjustSize();
    constexpr int gap = 18;
    move(parentWidget()->width() - width() - gap, parentWidget()->height() - height() - gap);
}

bool Toast::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

} // namespace plumbline
