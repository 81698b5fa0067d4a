// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tab_heading.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"

namespace plumbline {

using namespace Qt::StringLiterals;

TabHeading::TabHeading(const QString& lead, const QStringList& tabs, QWidget* parent) : QWidget(parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    if (!lead.isEmpty())
        layout->addWidget(headingLabel(lead, this));
    for (int tab = 0; tab < tabs.size(); ++tab) {
        QWidget* dot = tab > 0 ? headingLabel(u"·"_s, this) : nullptr;
        if (dot)
            layout->addWidget(dot);
        m_dots += dot;
        auto* button = new QPushButton(tabs[tab], this);
        button->setProperty("tab", true);
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setCursor(Qt::PointingHandCursor);
        button->setFont(fonts::heading());
        button->setAccessibleName(lead.isEmpty() ? tabs[tab] : u"%1 %2"_s.arg(lead, tabs[tab]));
        layout->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, tab] {
            choose(tab);
            emit chosen(tab);
        });
        m_buttons += button;
    }
    layout->addStretch();
    choose(0);
}

void TabHeading::choose(int tab)
{
    m_choice = tab;
    for (int i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setChecked(i == tab);
}

void TabHeading::setTab(int tab, const QString& name)
{
    m_buttons[tab]->setText(name);
    m_buttons[tab]->setAccessibleName(name);
    m_buttons[tab]->setVisible(!name.isEmpty());
    if (m_dots[tab])
        m_dots[tab]->setVisible(!name.isEmpty());
}

} // namespace plumbline
