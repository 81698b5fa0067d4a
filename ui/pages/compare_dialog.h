// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <vector>

#include "model/queries/what_if.h"

class QGridLayout;

namespace plumbline {

/// Scenarios side by side, over the same calls.
class CompareDialog : public QDialog
{
    Q_OBJECT

public:
    CompareDialog(std::vector<Scenario> scenarios, double growth, QWidget* parent = nullptr);

    using QDialog::show;
    /// One answer a scenario.
    void show(const std::vector<WhatIfAnswer>& answers, std::int32_t days);
    void showError(const Error& error);

private:
    void put(int row, int column, const QString& text, bool isHeading);

    std::vector<Scenario> m_scenarios;
    double m_growth;
    QGridLayout* m_grid;
};

} // namespace plumbline
