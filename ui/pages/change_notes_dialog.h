// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "model/items/spend_tables.h"

class QTableWidget;

namespace plumbline {

/// What is said of every step from the month before to a month: whether it passes, who answers for it, and what is done
/// next. It stands in the report and beside the steps of the chart.
class ChangeNotesDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ChangeNotesDialog(const SpendAnswer& answer, QWidget* parent = nullptr);

    /// With what is said now.
    SpendPlan plan() const;

public slots:
    void accept() override;

private:
    SpendPlan m_plan;
    std::int32_t m_month;
    std::vector<ChangeStep> m_steps; ///< one a row
    QTableWidget* m_table;
};

} // namespace plumbline
