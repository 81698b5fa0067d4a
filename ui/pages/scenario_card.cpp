// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/scenario_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

#include "model/items/format.h"
#include "model/items/what_if_tables.h"
#include "ui/pages/lever_row.h"
#include "ui/pages/what_if_charts.h"
#include "ui/widgets/small_button.h"

namespace plumbline {

using namespace Qt::StringLiterals;

ScenarioCard::ScenarioCard(QWidget* parent)
    : Card(tr("Scenario"), parent)
    , m_name(new QPushButton(this))
    , m_menu(new QMenu(this))
    , m_levers(new QMenu(this))
    , m_suggestions(new QMenu(this))
    , m_list(new QWidget(this))
    , m_rowsLayout(new QVBoxLayout)
    , m_risksHeading(headingLabel(tr("Risks"), this))
    , m_risks(new QLabel(this))
    , m_notes(quietLabel(QString(), this))
{
    m_name->setProperty("link", true);
    m_name->setAccessibleName(tr("Scenario"));
    m_name->setMenu(m_menu);
    setHeading(m_name);
    // Levers, and below them what there is to say: as long as it takes.
    auto* flow = new QVBoxLayout(m_list);
    flow->setContentsMargins(0, 0, 6, 0);
    flow->setSpacing(8);
    m_rowsLayout->setSpacing(0);
    flow->addLayout(m_rowsLayout);
    QLabel* says =
        quietLabel(tr("Levers run in the order a request meets them. Every call of the period is replayed at "
                      "the prices of its day; each saving is what that lever adds after the ones above it."),
                   this);
    m_risks->setAccessibleName(tr("Risks"));
    m_notes->setAccessibleName(tr("What the figures leave out"));
    for (QLabel* label : {says, m_risksHeading, m_risks, m_notes}) {
        label->setWordWrap(true);
        flow->addWidget(label);
    }
    flow->addStretch();
    auto* scroll = new QScrollArea(this);
    scroll->setAccessibleName(tr("Levers"));
    scroll->setWidget(m_list);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    body().addWidget(scroll, 1);
    auto* buttons = new QHBoxLayout;
    smallButton(tr("Add a lever ▾"), tr("Add a lever to the scenario"), *buttons)->setMenu(m_levers);
    smallButton(tr("Suggest a plan ▾"), tr("Find the levers that save most"), *buttons)->setMenu(m_suggestions);
    buttons->addStretch();
    m_save = smallButton(tr("Save scenario"), tr("Keep this scenario in the workspace"), *buttons);
    m_save->setProperty("primary", true);
    body().addLayout(buttons);
    connect(m_save, &QPushButton::clicked, this, &ScenarioCard::saveRequested);
    connect(m_levers, &QMenu::aboutToShow, this, &ScenarioCard::fillLevers);
}

QString ScenarioCard::heading() const
{
    const QString name = m_scenario.name.empty() ? tr("untitled") : toQt(m_scenario.name);
    return tr("Scenario: %1 ▾").arg(name);
}

void ScenarioCard::setSaved(bool isSaved)
{
    m_isSaved = isSaved;
    m_name->setText(heading());
    m_name->setToolTip(isSaved ? QString() : tr("Changed since it was saved"));
    m_save->setEnabled(!isSaved);
}

void ScenarioCard::show(const Scenario& scenario)
{
    m_scenario = scenario;
    m_name->setText(heading());
    const bool isSame =
        m_rows.size() == m_scenario.levers.size() &&
        std::equal(m_rows.begin(), m_rows.end(), m_scenario.levers.begin(),
                   [](const LeverRow* row, const LeverUse& use) { return row->use().lever == use.lever; });
    if (isSame) {
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            m_rows[i]->setUse(m_scenario.levers[i]);
        return;
    }
    while (QLayoutItem* item = m_rowsLayout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_rows.clear();
    for (std::size_t i = 0; i < m_scenario.levers.size(); ++i)
        addRow(i);
}

void ScenarioCard::setNotes(const QString& notes)
{
    m_notes->setText(notes);
    m_notes->setVisible(!notes.isEmpty());
}

void ScenarioCard::addRow(std::size_t index)
{
    auto* row = new LeverRow(m_scenario.levers[index], m_list);
    m_rows.push_back(row);
    m_rowsLayout->addWidget(row);
    connect(row, &LeverRow::moved, this, [this, index](const LeverUse& use) {
        m_scenario.levers[index] = use;
        emit moved(m_scenario);
    });
    connect(row, &LeverRow::changed, this, [this, index](const LeverUse& use) {
        m_scenario.levers[index] = use;
        emit changed(m_scenario, leverTitle(use.lever));
    });
    connect(row, &LeverRow::focusChanged, this,
            [this, index](bool hasFocus) { emit leverFocused(hasFocus ? static_cast<int>(index) : -1); });
    connect(row, &LeverRow::editRequested, this, [this, index] { emit leverRequested(static_cast<int>(index)); });
}

void ScenarioCard::lookAt(std::size_t row)
{
    if (row < m_rows.size())
        m_rows[row]->takeFocus(); // the list scrolls to what has the keys
}

void ScenarioCard::fillLevers()
{
    m_levers->clear();
    for (const Lever& lever : allLevers()) {
        const bool isThere = std::any_of(m_scenario.levers.begin(), m_scenario.levers.end(),
                                         [&](const LeverUse& use) { return use.lever == lever.id; });
        QAction* action = m_levers->addAction(leverTitle(lever.id));
        action->setCheckable(true);
        action->setChecked(isThere);
        action->setToolTip(leverText(lever.explanation));
        connect(action, &QAction::triggered, this, [this, id = std::string(lever.id), isThere] {
            Scenario scenario = m_scenario;
            if (isThere)
                std::erase_if(scenario.levers, [&](const LeverUse& use) { return use.lever == id; });
            else
                scenario.levers.push_back({.lever = id});
            emit changed(scenario, isThere ? tr("Take out %1").arg(leverTitle(id)) : tr("Add %1").arg(leverTitle(id)));
        });
    }
    fillPresets();
}

void ScenarioCard::fillPresets()
{
    m_levers->addSeparator();
    for (const Preset& preset : presets())
        m_levers->addAction(preset.title, this, [this, preset] {
            emit changed(with(m_scenario, preset.use), preset.title);
            // What it is about is to be chosen: the model, the tool.
            for (std::size_t row = 0; row < m_scenario.levers.size(); ++row)
                if (m_scenario.levers[row].lever == preset.use.lever)
                    emit leverRequested(static_cast<int>(row));
        });
}

void ScenarioCard::showSteps(const WhatIfAnswer& answer)
{
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const auto step = std::find_if(answer.steps.begin(), answer.steps.end(),
                                       [&](const WhatIfStep& of) { return of.place == row; });
        const MoneySum saving = step == answer.steps.end() ? MoneySum() : step->saving;
        m_rows[row]->setSaving(answer.isCostKnown ? std::optional(saving) : std::nullopt);
    }
    QStringList risks;
    for (const WhatIfRisk& risk : answer.risks)
        risks += u"⚠ "_s + riskText(risk);
    m_risksHeading->setVisible(!risks.isEmpty());
    m_risks->setVisible(!risks.isEmpty());
    m_risks->setText(risks.join(u'\n'));
}

} // namespace plumbline
