// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "model/core/spend_plan.h"

class QComboBox;
class QTableWidget;

namespace plumbline {

/// So much a month for what, and in which month its year begins.
class BudgetEditor : public QWidget
{
    Q_OBJECT

public:
    /// New budgets begin in `month`.
    BudgetEditor(const SpendPlan& plan, std::int32_t month, QWidget* parent = nullptr);

    /// Usage, naming what is wrong.
    Result<std::vector<Budget>> budgets() const;
    /// 1 to 12.
    std::int32_t yearStarts() const;
    /// What was being typed counts.
    void commit();

private:
    void add(const Budget& budget);
    Result<Budget> read(int row) const;

    QTableWidget* m_budgets;
    QComboBox* m_yearStarts;
};

} // namespace plumbline
