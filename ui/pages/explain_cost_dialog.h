// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "model/items/call_tables.h"
#include "model/jobs/job_runner.h"
#include "model/queries/queries.h"

class QLabel;
class QPushButton;

namespace plumbline {

class DataTable;
class FactList;
class WindowMemory;

/// How the cost of one call was computed: bucket × price row × date = money, the rules that chose them, and what the
/// source said instead. Deletes itself when closed.
class ExplainCostDialog : public QDialog
{
    Q_OBJECT

public:
    ExplainCostDialog(const Queries& queries, CallId call, WindowMemory& memory, QWidget* parent);

    /// The explanation as text, for a mail or an issue.
    QString text() const;

signals:
    /// The explanation, or why there is none, is shown.
    void settled();
    /// What the model of the call cost when it was made, in the price book.
    /// What happened around the call, and what was sent.
    void traceRequested(qint64 call);
    void priceRequested(const QString& model, const QString& time);

private:
    void show(const CostExplanation& explanation);

    Queries m_queries;
    QLabel* m_title;
    QLabel* m_about;
    CostLinesTable m_lines;
    DataTable* m_table;
    QLabel* m_whyNoCost;
    FactList* m_facts;
    QPushButton* m_copy;
    QPushButton* m_openPrice;
    QString m_model;
    QString m_time;
    JobRunner m_job;
};

} // namespace plumbline
