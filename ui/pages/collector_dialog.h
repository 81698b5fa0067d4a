// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "ui/collector_session.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace plumbline {

/// How the collector listens, what it keeps of prompts, what it takes out of texts, and where requests go on to.
class CollectorDialog : public QDialog
{
    Q_OBJECT

public:
    explicit CollectorDialog(const CollectorChoice& choice, QWidget* parent = nullptr);

signals:
    void chosen(const plumbline::CollectorChoice& choice);

private:
    void accept() override;

    CollectorChoice m_choice;
    QSpinBox* m_port;
    QCheckBox* m_startsByItself;
    QComboBox* m_privacy;
    QCheckBox* m_keys;
    QCheckBox* m_emails;
    QPlainTextEdit* m_patterns;
    QLineEdit* m_forward;
};

} // namespace plumbline
