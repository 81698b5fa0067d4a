// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "model/items/rules_table.h"

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;

namespace plumbline {

class WindowMemory;

/// Edits one feature rule: when this holds, the spend belongs to that feature.
class RuleDialog : public QDialog
{
    Q_OBJECT

public:
    RuleDialog(const FeatureRule& rule, QWidget* parent);

    FeatureRule rule() const;

private:
    void check();

    QComboBox* m_field;
    QLineEdit* m_key;
    QComboBox* m_test;
    QLineEdit* m_value;
    QLineEdit* m_feature;
    QLabel* m_reads;
    QDialogButtonBox* m_buttons;
};

/// What would move between features if the rules were applied.
class RulesPreviewDialog : public QDialog
{
    Q_OBJECT

public:
    RulesPreviewDialog(const RulesPreview& preview, WindowMemory& memory, QWidget* parent);

private:
    RulesPreviewTable m_rows;
};

} // namespace plumbline
