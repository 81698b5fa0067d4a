// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include "model/queries/workspace_answers.h"

class QComboBox;
class QPushButton;
class QSpinBox;

namespace plumbline {

/// The prices in force, and where the workspace's days and months begin.
class SettingsCard : public Card
{
    Q_OBJECT

public:
    explicit SettingsCard(QWidget* parent = nullptr);

    void show(const PricesAnswer& prices, const StatusAnswer& status);

signals:
    void reportingChosen(const QString& timeZone, int monthStartDay);
    /// The calls of a model without a price.
    void unpricedRequested(const QString& model);
    void pricesRequested();

private:
    void showUnpriced(const PricesAnswer& prices);
    void check();

    QLabel* m_book;
    QWidget* m_unpriced;
    QComboBox* m_zone;
    QSpinBox* m_monthStart;
    QPushButton* m_apply;
    QString m_appliedZone;
    int m_appliedMonthStart = 1;
};

} // namespace plumbline
