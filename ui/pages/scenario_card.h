// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include <vector>

#include "model/core/scenario.h"
#include "model/queries/what_if.h"

class QMenu;
class QPushButton;
class QVBoxLayout;

namespace plumbline {

class LeverRow;

/// A scenario to work on: its levers with their sliders, what each saves, and what can go wrong.
class ScenarioCard : public Card
{
    Q_OBJECT

public:
    explicit ScenarioCard(QWidget* parent = nullptr);

    /// Its levers as they stand: in order.
    void show(const Scenario& scenario);
    const Scenario& scenario() const { return m_scenario; }
    /// What is saved on disk goes under this name; `isSaved`: nothing was changed since.
    void setSaved(bool isSaved);
    void showSteps(const WhatIfAnswer& answer);
    /// Brings a lever's row to where it is seen, and the keys to it.
    void lookAt(std::size_t row);
    /// What the figures leave out.
    void setNotes(const QString& notes);
    /// Filled when it is opened: everything that can be done with scenarios.
    QMenu& menu() { return *m_menu; }
    QMenu& suggestions() { return *m_suggestions; }

signals:
    /// While a slider moves.
    void moved(const plumbline::Scenario& scenario);
    /// Something is otherwise now; `what` names it for undo.
    void changed(const plumbline::Scenario& scenario, const QString& what);
    void leverRequested(int row);
    /// The keys are on another lever's row; −1: on none.
    void leverFocused(int row);
    void saveRequested();

private:
    void addRow(std::size_t index);
    void fillLevers();
    void fillPresets();
    QString heading() const;

    Scenario m_scenario;
    bool m_isSaved = true;
    QPushButton* m_name;
    QMenu* m_menu;
    QMenu* m_levers;
    QMenu* m_suggestions;
    QPushButton* m_save;
    QWidget* m_list;
    QVBoxLayout* m_rowsLayout;
    std::vector<LeverRow*> m_rows;
    QLabel* m_risksHeading;
    QLabel* m_risks;
    QLabel* m_notes;
};

} // namespace plumbline
