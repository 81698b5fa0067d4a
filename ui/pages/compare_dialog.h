// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <vector>

#include "model/items/scenario_table.h"

class QLabel;

namespace plumbline {

class DataTable;
class WindowMemory;

/// Scenarios side by side, over the same calls.
class CompareDialog : public QDialog
{
    Q_OBJECT

public:
    CompareDialog(std::vector<Scenario> scenarios, WindowMemory& memory, QWidget* parent = nullptr);

    using QDialog::show;
    /// One answer a scenario; days and growth as the table has them.
    void show(const std::vector<WhatIfAnswer>& answers, std::int32_t days, double growth);
    void showError(const Error& error);

signals:
    /// A double click or Return on a scenario: it is to be worked on.
    void scenarioChosen(const plumbline::Scenario& scenario);

private:
    void choose(int row);

    std::vector<Scenario> m_scenarios;
    ScenarioTable m_compared;
    DataTable* m_table;
    QLabel* m_says;
};

} // namespace plumbline
