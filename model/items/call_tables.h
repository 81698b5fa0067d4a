// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "model/core/time.h"
#include "model/items/fact_table.h"
#include "model/queries/call_answers.h"

namespace plumbline {

/// Calls as a list: time, what it was for, tokens, cost, latency.
class CallsTable : public RowTable<CallRow>
{
    Q_OBJECT

public:
    explicit CallsTable(QObject* parent = nullptr);

    void show(std::vector<CallRow> calls, const ReportingCalendar& calendar);
    const ReportingCalendar& calendar() const { return m_calendar; }

private:
    ReportingCalendar m_calendar;
};

/// The arithmetic of one call's cost, with the total below.
class CostLinesTable : public RowTable<CostLineAnswer>
{
    Q_OBJECT

public:
    explicit CostLinesTable(QObject* parent = nullptr);

    void show(const CostExplanation& explanation);
};

} // namespace plumbline
