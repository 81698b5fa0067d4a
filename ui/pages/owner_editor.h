// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include "model/core/spend_plan.h"

class QTableWidget;

namespace plumbline {

/// Who answers for which feature, and what a unit of work should cost at most.
class OwnerEditor : public QWidget
{
    Q_OBJECT

public:
    /// New targets begin in `month`; `features`: those that can be chosen.
    OwnerEditor(const SpendPlan& plan, std::int32_t month, QStringList features, QWidget* parent = nullptr);

    std::vector<FeatureOwner> owners() const;
    /// Usage or Malformed, naming what is wrong.
    Result<std::vector<UnitCostTarget>> targets() const;
    /// What was being typed counts.
    void commit();

private:
    void addOwner(const FeatureOwner& owner);
    void addTarget(const UnitCostTarget& target);

    void addFeature(QTableWidget& table, int row, int column, const std::string& chosen, const QString& none);

    QStringList m_features;
    QTableWidget* m_owners;
    QTableWidget* m_targets;
};

} // namespace plumbline
