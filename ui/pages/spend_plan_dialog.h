// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "model/core/error.h"
#include "model/core/spend_plan.h"

class QLabel;
class QTableWidget;

namespace plumbline {

class CurrencyEditor;

/// Edits cost centres, budgets and exchange rates. What makes no sense is said before it can be accepted.
class SpendPlanDialog : public QDialog
{
    Q_OBJECT

public:
    /// New budgets begin in `month`.
    SpendPlanDialog(const SpendPlan& plan, std::int32_t month, QWidget* parent = nullptr);

    /// Valid once accepted.
    const SpendPlan& plan() const { return m_plan; }

public slots:
    void accept() override;

private:
    QWidget* buildCentres();
    QWidget* buildBudgets();
    void addCentre(const CostCentre& centre);
    void addBudget(const Budget& budget);
    void moveCentre(int by);
    Result<SpendPlan> read() const;
    Result<CostCentre> readCentre(int row) const;
    Result<Budget> readBudget(int row) const;

    SpendPlan m_plan;
    std::int32_t m_month;
    QTableWidget* m_centres;
    QTableWidget* m_budgets;
    CurrencyEditor* m_currencies;
    QLabel* m_problem;
};

} // namespace plumbline
