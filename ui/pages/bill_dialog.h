// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "model/core/billed_total.h"
#include "model/core/error.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace plumbline {

/// A total read off an invoice.
class BillDialog : public QDialog
{
    Q_OBJECT

public:
    /// For `month`, by one of these providers or another.
    BillDialog(std::int32_t month, const QStringList& providers, QWidget* parent = nullptr);

    /// Valid once accepted.
    const BilledTotal& bill() const { return m_bill; }

public slots:
    void accept() override;

private:
    Result<BilledTotal> read() const;

    BilledTotal m_bill;
    QComboBox* m_provider;
    QLineEdit* m_month;
    QLineEdit* m_amount;
    QLineEdit* m_currency;
    QLineEdit* m_invoice;
    QLabel* m_problem;
};

} // namespace plumbline
