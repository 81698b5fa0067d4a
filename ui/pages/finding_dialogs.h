// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <map>
#include <string>

#include "model/core/finding_note.h"
#include "model/jobs/job_runner.h"
#include "model/queries/queries.h"

class QCheckBox;
class QDateEdit;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;

namespace plumbline {

/// Why a finding is muted, or from which day on it is fixed; in its feature, or in all of them.
class FindingNoteDialog : public QDialog
{
    Q_OBJECT

public:
    /// `note` says what is meant; an empty feature cannot be narrowed.
    FindingNoteDialog(const FindingNote& note, const ReportingCalendar& calendar, QWidget* parent = nullptr);

    FindingNote note() const;

private:
    FindingNote m_note;
    ReportingCalendar m_calendar;
    QLineEdit* m_reason;
    QDateEdit* m_day = nullptr;
    QCheckBox* m_everywhere;
};

/// The numbers that decide what a drain claims.
class ThresholdsDialog : public QDialog
{
    Q_OBJECT

public:
    /// `known`: what the user set so far, of all drains. Previews are asked of `queries`.
    ThresholdsDialog(const Queries& queries, const std::string& drain, std::map<std::string, double> known,
                     QWidget* parent = nullptr);

    /// Those of all drains, with what was entered here.
    std::map<std::string, double> thresholds() const;

signals:
    /// The preview is shown.
    void previewed();

private:
    void preview();

    Queries m_queries;
    QLabel* m_effect;
    std::map<std::string, double> m_known;
    std::map<std::string, QDoubleSpinBox*> m_fields; ///< by `unused-tools.offers`
    JobRunner m_job;
};

} // namespace plumbline
