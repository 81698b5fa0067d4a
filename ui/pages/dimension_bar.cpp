// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/dimension_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

#include "model/items/scope.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

constexpr Dimension offered[] = {Dimension::Feature, Dimension::Model,  Dimension::Step, Dimension::User,
                                 Dimension::Session, Dimension::Prompt, Dimension::Tag};

} // namespace

DimensionBar::DimensionBar(const QString& lead, QWidget* parent) : QWidget(parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    layout->addWidget(headingLabel(lead, this));
    const auto add = [&](const QString& text) {
        auto* button = new QPushButton(text, this);
        button->setProperty("tab", true);
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setCursor(Qt::PointingHandCursor);
        button->setFont(fonts::heading());
        layout->addWidget(button);
        return button;
    };
    for (const Dimension dimension : offered) {
        QPushButton* button = add(dimensionTitle({dimension, {}}).toLower());
        button->setAccessibleName(tr("Break down by %1").arg(button->text()));
        connect(button, &QPushButton::clicked, this, [this, dimension] {
            choose({dimension, {}});
            emit chosen(m_choice);
        });
        m_buttons.emplace_back(dimension, button);
        layout->addWidget(headingLabel(u"·"_s, this));
    }
    m_more = add(tr("more…"));
    m_more->setAccessibleName(tr("Break down by another dimension"));
    connect(m_more, &QPushButton::clicked, this, &DimensionBar::openMore);
    layout->addStretch();
    showChoice();
}

void DimensionBar::choose(const DimensionChoice& choice)
{
    m_choice = choice;
    showChoice();
}

void DimensionBar::showChoice()
{
    bool isOffered = false;
    for (const auto& [dimension, button] : m_buttons) {
        const bool isChosen = dimension == m_choice.dimension;
        isOffered |= isChosen;
        button->setChecked(isChosen);
    }
    m_more->setChecked(!isOffered);
    m_more->setText(isOffered ? tr("more…") : dimensionTitle(m_choice).toLower() + u" …"_s);
}

void DimensionBar::openMore()
{
    QMenu menu(this);
    const auto add = [&](const DimensionChoice& choice) {
        menu.addAction(dimensionTitle(choice), this, [this, choice] {
            choose(choice);
            emit chosen(m_choice);
        });
    };
    for (const Dimension dimension : allDimensions())
        if (std::find(std::begin(offered), std::end(offered), dimension) == std::end(offered))
            add({dimension, {}});
    if (!m_metadataKeys.empty())
        menu.addSeparator();
    for (const std::string& key : m_metadataKeys)
        add({Dimension::Metadata, key});
    menu.exec(m_more->mapToGlobal(QPoint(0, m_more->height() + 2)));
    showChoice();
}

} // namespace plumbline
