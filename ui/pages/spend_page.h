// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include "model/core/billed_total.h"
#include "model/core/report_definition.h"
#include "model/items/spend_tables.h"
#include "model/jobs/job_runner.h"

class QLabel;
class QPushButton;

namespace plumbline {

class Card;
class ChoiceBox;
class DataTable;
class PlotView;
class WindowMemory;

/// Finance's month: budget, forecast, what changed and why, does it match the invoice. Of all calls: a filter's
/// conditions do not apply to it.
class SpendPage : public Page
{
    Q_OBJECT

public:
    explicit SpendPage(WindowMemory& memory, QWidget* parent = nullptr);
    ~SpendPage() override;

    void beginSearch() override;
    /// Budgets or cost centres changed.
    void readAgain();
    /// Opens the dialog for a report, as soon as there is something to report.
    void makeReport();

signals:
    /// Cost centres and budgets as the user edited them.
    void planChosen(const plumbline::SpendPlan& before, const plumbline::SpendPlan& after);
    void billAdded(const plumbline::BilledTotal& bill);
    void closeRequested(std::int32_t month, const std::string& note);
    void reopenRequested(std::int32_t month);
    void reportKept(const plumbline::ReportDefinition& definition);
    void reportRemoved(const std::string& name);
    /// What was kept by name is written.
    void reportsChanged();

protected:
    void compute() override;

private:
    struct Answers
    {
        SpendAnswer spend = {};
        std::vector<Annotation> annotations = {};
    };
    SpendQuestion question() const;
    void show(const SpendAnswer& answer);
    void openCallsOfStanding(int row);
    void openCallsOfAnomaly(int row);
    void openCallsOfProvider(int row);
    /// Of a column of the chart that is shown.
    Period monthAt(int column) const;
    void editPlan();
    void explainChange();
    void closeOrReopen();
    void addBill();

    std::optional<SpendAnswer> m_answer;
    bool m_wantsReport = false; ///< when there is an answer
    Card* m_monthsCard;
    PlotView* m_months;
    Card* m_changeCard;
    PlotView* m_change;
    ChoiceBox* m_methods;
    Card* m_centresCard;
    StandingTable m_standings;
    DataTable* m_standingTable;
    QLabel* m_invitation; ///< where there is neither a cost centre nor a budget
    QPushButton* m_edit;
    QPushButton* m_close;
    std::vector<Annotation> m_annotations;
    QPushButton* m_explain;
    QPushButton* m_report;
    Card* m_reconciliationCard;
    ReconciliationTable m_reconciliation;
    DataTable* m_reconciliationTable;
    Card* m_anomaliesCard;
    AnomalyTable m_anomalies;
    DataTable* m_anomalyTable;
    QLabel* m_completeness;
    JobRunner m_job;
};

} // namespace plumbline
