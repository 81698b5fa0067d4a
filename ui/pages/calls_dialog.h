// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "model/items/call_tables.h"
#include "model/jobs/job_runner.h"
#include "model/queries/queries.h"

class QComboBox;
class QLabel;

namespace plumbline {

class ChipRow;
class DataTable;
class WindowMemory;

/// The calls behind a figure. A double click explains one call's cost. Deletes itself when closed.
class CallsDialog : public QDialog
{
    Q_OBJECT

public:
    CallsDialog(const Queries& queries, Filter filter, const QString& title, WindowMemory& memory, QWidget* parent);

    const CallsTable& calls() const { return m_calls; }
    void explain(int row);
    DataTable& table() { return *m_table; }

signals:
    /// The calls, or why there are none, are shown.
    void settled();
    void priceRequested(const QString& model, const QString& time);
    /// What happened around a call, and what was sent.
    void traceRequested(qint64 call);
    /// All of these calls on the page Traces.
    void requestsRequested(const plumbline::Filter& filter);
    void conditionChosen(const plumbline::Condition& condition);

private:
    void ask();
    /// What is asked for: the figure's calls, and what was narrowed here.
    Filter narrowedFilter() const;
    void narrow(const Condition& condition);
    void showChips();

    Queries m_queries;
    Filter m_filter;                   ///< of the figure
    std::vector<Condition> m_narrowed; ///< by cells of the table
    WindowMemory& m_memory;
    QLabel* m_note;
    ChipRow* m_chips;
    QComboBox* m_order;
    CallsTable m_calls;
    DataTable* m_table;
    JobRunner m_job;
};

} // namespace plumbline
