// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <optional>

#include "model/core/time.h"

class QDateEdit;

namespace plumbline {

/// Asks for two days, both included, in the reporting time zone.
class PeriodDialog : public QDialog
{
    Q_OBJECT

public:
    PeriodDialog(const std::optional<Period>& shown, const ReportingCalendar& calendar, QWidget* parent = nullptr);

    Period period() const;

private:
    ReportingCalendar m_calendar;
    QDateEdit* m_first;
    QDateEdit* m_last;
};

} // namespace plumbline
