// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "model/core/spend_plan.h"

class QTableWidget;

namespace plumbline {

/// Whom calls are charged to: an ordered list.
class CostCentreEditor : public QWidget
{
    Q_OBJECT

public:
    explicit CostCentreEditor(const SpendPlan& plan, QWidget* parent = nullptr);

    /// Usage, naming what is wrong.
    Result<std::vector<CostCentre>> centres() const;
    /// What was being typed counts.
    void commit();

private:
    void add(const CostCentre& centre);
    void move(int by);

    QTableWidget* m_centres;
};

} // namespace plumbline
