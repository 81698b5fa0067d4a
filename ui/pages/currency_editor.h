// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "model/core/spend_plan.h"

class QLineEdit;
class QTableWidget;

namespace plumbline {

/// The currency figures are shown in beside dollars, and what a dollar was worth in which month, by whom.
class CurrencyEditor : public QWidget
{
    Q_OBJECT

public:
    /// New rates are of `month`.
    CurrencyEditor(const SpendPlan& plan, std::int32_t month, QWidget* parent = nullptr);

    std::string currency() const;
    /// Usage or Malformed, naming what is wrong.
    Result<std::vector<ExchangeRate>> rates() const;
    /// What was being typed counts.
    void commit();

private:
    void add(const ExchangeRate& rate);

    QLineEdit* m_currency;
    QTableWidget* m_rates;
};

} // namespace plumbline
