// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include "model/items/drain_tables.h"
#include "model/jobs/job_runner.h"
#include "model/queries/queries.h"

class QStackedWidget;

namespace plumbline {

class DataTable;
class PromptDiffView;
class TabHeading;
class WindowMemory;

/// What proves a finding: the calls that waste most, the table its drain shows, and two prompts side by side.
class EvidenceCard : public Card
{
    Q_OBJECT

public:
    explicit EvidenceCard(WindowMemory& memory, QWidget* parent = nullptr);

    void show(const Queries& queries, const std::string& drain, FindingAnswer answer);
    void showNothing();
    void beginSearch();

signals:
    void conditionChosen(const plumbline::Condition& condition);
    /// A call is to be looked at.
    void callChosen(qint64 call);
    /// What stands in a table of evidence: the calls it is of.
    void callsRequested();
    /// The prompts that were asked for are shown.
    void settled();

private:
    void showTab(int tab);
    void readPrompts();

    std::optional<Queries> m_queries;
    Evidence m_of;
    QString m_where; ///< what the evidence is about
    TabHeading* m_tabs;
    QStackedWidget* m_stack;
    WastefulCallsTable m_calls;
    DataTable* m_callsTable;
    EvidenceTable m_evidence;
    DataTable* m_evidenceTable;
    EvidenceTable m_lines; ///< of instructions that say them again
    DataTable* m_linesTable;
    PromptDiffView* m_prompts;
    bool m_hasPrompts = false; ///< of the pair at hand
    JobRunner m_job;
};

} // namespace plumbline
