// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStackedLayout>

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/elided_label.h"

namespace plumbline {

QLabel* quietLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText); // names of traces are no markup
    label->setFont(fonts::small());
    // The palette's role for hints is the house's secondary colour, in any theme.
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QLabel* headingLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText); // names of traces are no markup
    label->setFont(fonts::heading());
    return label;
}

Card::Card(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_header(new QHBoxLayout)
    , m_title(new ElidedLabel(title, this))
    , m_note(new ElidedLabel({}, this))
    , m_stack(new QStackedLayout)
    , m_body(nullptr)
    , m_empty(quietLabel({}, this))
{
    for (ElidedLabel* label : {m_title, m_note})
        label->setTextFormat(Qt::PlainText); // names of traces are no markup
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(15, 12, 15, 12);
    layout->setSpacing(8);
    m_title->setFont(fonts::heading());
    m_note->setFont(fonts::small());
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    // Where both do not fit, the note gives way.
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_header->addWidget(m_title);
    m_header->addWidget(m_note, 1);
    layout->addLayout(m_header);
    layout->addLayout(m_stack, 1);

    auto* content = new QWidget(this);
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(8);
    m_stack->addWidget(content);

    m_empty->setFont(fonts::text());
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_stack->addWidget(m_empty);
    setAccessibleName(title);
}

void Card::setTitle(const QString& title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

void Card::setNote(const QString& note, const QString& toolTip)
{
    m_note->setText(note);
    m_note->setToolTip(toolTip.isEmpty() ? whatsThis() : toolTip);
}

void Card::setHelp(const QString& help)
{
    setWhatsThis(help);
    setAccessibleDescription(help);
    (m_heading ? m_heading : m_title)->setToolTip(help);
    if (m_note->toolTip().isEmpty())
        m_note->setToolTip(help);
}

void Card::setHeading(QWidget* heading)
{
    // The layout hands out the item of what it gives up.
    delete m_header->replaceWidget(m_title, heading);
    m_title->hide();
    m_heading = heading;
    heading->setToolTip(whatsThis());
}

void Card::showContent()
{
    m_stack->setCurrentIndex(0);
}

void Card::showEmpty(const QString& text)
{
    m_empty->setText(text);
    m_stack->setCurrentIndex(1);
}

void Card::paintEvent(QPaintEvent*)
{
    const Colors& colors = colorsOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.border);
    painter.setBrush(colors.card);
    constexpr double radius = 8;
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace plumbline
