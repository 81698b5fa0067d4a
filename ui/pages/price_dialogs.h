// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <array>

#include "model/core/price_overrides.h"
#include "model/items/price_tables.h"

class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace plumbline {

class WindowMemory;

/// From when until when a price or a discount holds, for the two dialogs below.
struct ValidityFields
{
    ValidityFields(QFormLayout& form, const std::optional<Timestamp>& from, const std::optional<Timestamp>& until,
                   QWidget* parent);

    QLineEdit* from;
    QLineEdit* until;
};

/// Edits one price that the user knows better.
class OverrideDialog : public QDialog
{
    Q_OBJECT

public:
    OverrideDialog(const PriceOverride& entry, QWidget* parent);

    /// Malformed: names the field that cannot be read.
    Result<PriceOverride> entry() const;

private:
    void check();

    PriceOverride m_entry; ///< with what this form does not ask for
    QComboBox* m_match;
    QLineEdit* m_model;
    QLineEdit* m_provider;
    std::array<QLineEdit*, 6> m_prices;
    QLineEdit* m_window;
    QLineEdit* m_source;
    QLabel* m_verdict;
    QDialogButtonBox* m_buttons;
    std::optional<ValidityFields> m_validity;
};

/// Edits one discount.
class DiscountDialog : public QDialog
{
    Q_OBJECT

public:
    DiscountDialog(const Discount& entry, QWidget* parent);

    /// Malformed: names the field that cannot be read.
    Result<Discount> entry() const;

private:
    void check();

    QLineEdit* m_model;
    QLineEdit* m_provider;
    QLineEdit* m_apiKey;
    QLineEdit* m_percent;
    QLabel* m_verdict;
    QDialogButtonBox* m_buttons;
    std::optional<ValidityFields> m_validity;
};

/// What other prices would do to each month, and the button that does it.
class RepricePreviewDialog : public QDialog
{
    Q_OBJECT

public:
    RepricePreviewDialog(const RepricePreview& preview, WindowMemory& memory, QWidget* parent);

    const RepriceTable& months() const { return m_months; }

signals:
    void applyChosen();

private:
    RepriceTable m_months;
};

} // namespace plumbline
