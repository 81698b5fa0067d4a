// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "model/core/filter.h"
#include "model/jobs/job_runner.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace plumbline {

class Queries;

/// A popup that chooses values of a dimension: search, tick, apply. Values come by falling cost.
class ValuePicker : public QFrame
{
    Q_OBJECT

public:
    explicit ValuePicker(QWidget* parent = nullptr);

    /// It chooses what something is compared with: nothing can be excluded.
    void setForComparing();
    /// Opens below `position` with what `condition` has ticked already.
    void open(const Queries& queries, const Condition& condition, const QPoint& position);

signals:
    /// Without values: the chip is to go.
    void chosen(const plumbline::Condition& condition);

private:
    void fill(const std::vector<std::string>& values);
    void apply();

    bool m_isForComparing = false;
    Condition m_condition;
    QLabel* m_title;
    QLineEdit* m_search;
    QListWidget* m_values;
    QCheckBox* m_excludes;
    QPushButton* m_apply;
    JobRunner m_job;
};

} // namespace plumbline
