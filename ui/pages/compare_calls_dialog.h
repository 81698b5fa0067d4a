// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "model/items/trace_compare.h"
#include "model/jobs/job_runner.h"
#include "model/queries/queries.h"
#include "model/queries/request_list.h"

class QLabel;
class QStackedWidget;

namespace plumbline {

class DataTable;
class PromptDiffView;
class TabHeading;
class WindowMemory;

/// Two calls, or two traces, beside one another: their figures, their prompts and the traces they belong to, with what
/// differs. Deletes itself when closed.
class CompareCallsDialog : public QDialog
{
    Q_OBJECT

public:
    /// `unit`: whether the calls stand for themselves, or each for its trace.
    CompareCallsDialog(const Queries& queries, CallId left, CallId right, RequestUnit unit, WindowMemory& memory,
                       QWidget* parent);

    const CallCompareTable& figures() const { return m_figures; }
    const TraceCompareTable& steps() const { return m_steps; }

signals:
    void settled();

private:
    CallCompareTable m_figures;
    TraceCompareTable m_steps;
    TabHeading* m_tabs;
    QLabel* m_about;
    QStackedWidget* m_stack;
    DataTable* m_figuresTable;
    PromptDiffView* m_prompts;
    DataTable* m_stepsTable;
    JobRunner m_job;
};

} // namespace plumbline
