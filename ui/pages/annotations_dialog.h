// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <vector>

#include "model/core/reading_notes.h"
#include "model/core/time.h"

class QDialogButtonBox;
class QLabel;
class QTableWidget;

namespace plumbline {

/// What happened when: a line each, in the order of time. They stand on the chart of spend, and in reports.
class AnnotationsDialog : public QDialog
{
    Q_OBJECT

public:
    AnnotationsDialog(const std::vector<Annotation>& annotations, const ReportingCalendar& calendar,
                      QWidget* parent = nullptr);

    /// Begins a line for this day.
    void add(std::int32_t day);

signals:
    /// Save: all of them.
    void chosen(const std::vector<plumbline::Annotation>& annotations);

private:
    void addRow(const Annotation& annotation);
    void save();

    ReportingCalendar m_calendar;
    QTableWidget* m_table;
    QLabel* m_problem;
    QDialogButtonBox* m_buttons;
};

} // namespace plumbline
