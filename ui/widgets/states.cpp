// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/states.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"

namespace plumbline {

Placeholder::Placeholder(QWidget* parent)
    : QWidget(parent), m_title(new QLabel(this)), m_text(quietLabel({}, this)), m_action(new QPushButton(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    layout->addStretch(2);
    m_title->setFont(fonts::title());
    m_title->setAlignment(Qt::AlignCenter);
    m_text->setFont(fonts::text());
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->setProperty("primary", true);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addWidget(m_action, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &Placeholder::actionChosen);
}

void Placeholder::tell(const QString& title, const QString& text, const QString& action)
{
    m_title->setText(title);
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
}

Veil::Veil(QWidget* covered) : QWidget(covered)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    covered->installEventFilter(this);
    constexpr int unnoticed = 150; // milliseconds
    m_delay.setSingleShot(true);
    m_delay.setInterval(unnoticed);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        setGeometry(parentWidget()->rect());
        raise();
        show();
    });
    hide();
}

void Veil::setComputing(bool isComputing)
{
    if (isComputing && !isVisible() && !m_delay.isActive())
        m_delay.start();
    if (!isComputing) {
        m_delay.stop();
        hide();
    }
}

void Veil::paintEvent(QPaintEvent*)
{
    QColor dim = colorsOf(*this).window;
    dim.setAlphaF(0.55F);
    QPainter(this).fillRect(rect(), dim);
}

bool Veil::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parent() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

} // namespace plumbline
