// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "model/core/error.h"
#include "model/core/spend_plan.h"

class QLabel;

namespace plumbline {

class BudgetEditor;
class CostCentreEditor;
class CurrencyEditor;
class OwnerEditor;

/// Edits what finance decides: cost centres, budgets, owners, targets and exchange rates. What makes no sense is said
/// before it can be accepted.
class SpendPlanDialog : public QDialog
{
    Q_OBJECT

public:
    /// What is new begins in `month`; `features`: those that owners and targets can be chosen for.
    SpendPlanDialog(const SpendPlan& plan, std::int32_t month, const QStringList& features, QWidget* parent = nullptr);

    /// Valid once accepted.
    const SpendPlan& plan() const { return m_plan; }

public slots:
    void accept() override;

private:
    Result<SpendPlan> read() const;

    SpendPlan m_plan;
    CostCentreEditor* m_centres;
    BudgetEditor* m_budgets;
    OwnerEditor* m_owners;
    CurrencyEditor* m_currencies;
    QLabel* m_problem;
};

} // namespace plumbline
