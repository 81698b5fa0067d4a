// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spend_page.h"

#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/bill_dialog.h"
#include "ui/pages/change_notes_dialog.h"
#include "ui/pages/report_dialog.h"
#include "ui/pages/spend_charts.h"
#include "ui/pages/spend_notes.h"
#include "ui/pages/spend_plan_dialog.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/small_button.h"

namespace plumbline {

using namespace Qt::StringLiterals;

SpendPage::SpendPage(WindowMemory& memory, QWidget* parent)
    : Page(u"spend"_s, tr("Spend"), parent)
    , m_monthsCard(new Card(tr("Spend and budget by month"), this))
    , m_months(new PlotView(this))
    , m_changeCard(new Card(tr("What changed"), this))
    , m_change(new PlotView(this))
    , m_methods(new ChoiceBox(this))
    , m_centresCard(new Card(tr("Cost centres"), this))
    , m_standingTable(new DataTable(u"spend-centres"_s, tr("Cost centres and budgets"), m_standings, memory, this))
    , m_invitation(quietLabel(tr("No cost centre and no budget yet. Cost centres charge calls to a team by rules over "
                                 "any dimension; a budget warns before it is exceeded."),
                              this))
    , m_reconciliationCard(new Card(tr("Reconciliation with invoices"), this))
    , m_reconciliationTable(
          new DataTable(u"spend-reconciliation"_s, tr("Reconciliation with invoices"), m_reconciliation, memory, this))
    , m_anomaliesCard(new Card(tr("Unusual days"), this))
    , m_anomalyTable(new DataTable(u"spend-anomalies"_s, tr("Unusual days"), m_anomalies, memory, this))
    , m_completeness(quietLabel(QString(), this))
{
    constexpr int gap = 14;
    auto* layout = new QVBoxLayout(&content());
    layout->setContentsMargins(18, 16, 18, 12);
    layout->setSpacing(gap);
    auto* charts = new QHBoxLayout;
    charts->setSpacing(gap);
    // What is below it shrinks first.
    constexpr int lowestChart = 110;
    m_months->setMinimumHeight(lowestChart);
    m_change->setMinimumHeight(lowestChart);
    m_monthsCard->setHelp(
        tr("What the calls of each reporting month cost, each at the prices of its day; a closed month "
           "as it was closed. The line is the month's budget; the pale part of a bar is what is "
           "expected until the month is over."));
    m_changeCard->setHelp(tr("From one spend to the other, factor by factor. Each factor's part is its mean over all "
                             "orders in which the factors could have changed (Shapley), or what it changes in their "
                             "fixed order; features that are new or gone stand apart. In whole cents, which add up."));
    m_monthsCard->body().addWidget(m_months, 1);
    m_changeCard->body().addWidget(m_change, 1);
    charts->addWidget(m_monthsCard, 1);
    charts->addWidget(m_changeCard, 1);
    layout->addLayout(charts, 9);

    m_invitation->setWordWrap(true);
    m_centresCard->body().addWidget(m_invitation);
    m_centresCard->body().addWidget(m_standingTable, 1);
    auto* actions = new QHBoxLayout;
    m_edit = smallButton(tr("Cost centres and budgets…"), tr("Edit cost centres and budgets"), *actions);
    m_close = smallButton(tr("Close the month…"), tr("Close or reopen the month"), *actions);
    QPushButton* addBill = smallButton(tr("Add a bill…"), tr("Type in the total of an invoice"), *actions);
    actions->addStretch(1);
    m_methods->setAccessibleName(tr("How the change is divided"));
    m_methods->setToolTip(tr("By the mean over all orders of the factors (Shapley) none of them comes first; factor by "
                             "factor the result depends on their order"));
    m_methods->addItem(tr("Change: mean over all orders"), static_cast<int>(spend::VarianceMethod::Shapley));
    m_methods->addItem(tr("Change: factor by factor"), static_cast<int>(spend::VarianceMethod::Sequential));
    actions->addWidget(m_methods);
    m_explain =
        smallButton(tr("Explain the change…"), tr("Say of each step what it is and who answers for it"), *actions);
    m_report = smallButton(tr("Report…"), tr("Make a report of the month"), *actions);
    m_centresCard->body().addLayout(actions);
    layout->addWidget(m_centresCard, 12);

    auto* below = new QHBoxLayout;
    below->setSpacing(gap);
    m_reconciliationCard->body().addWidget(m_reconciliationTable, 1);
    m_anomaliesCard->body().addWidget(m_anomalyTable, 1);
    below->addWidget(m_reconciliationCard, 11);
    below->addWidget(m_anomaliesCard, 9);
    layout->addLayout(below, 7);
    layout->addWidget(m_completeness);

    connect(m_months, &PlotView::activated, this, [this](int column) { emit periodChosen(monthAt(column)); });
    connect(m_change, &PlotView::activated, this, [this](int bar) {
        const ChangeEnds ends = changeEnds(*m_answer, queries().calendar());
        if (bar == 0) // what it was
            emit callsRequested(m_answer->changedFrom, ends.from);
        else
            emit callsRequested(m_answer->changed, ends.to);
    });
    connect(m_months, &PlotView::rangeChosen, this, [this](int first, int last) {
        emit periodChosen(Period{monthAt(first).first, monthAt(last).end});
    });
    connect(m_months, &PlotView::annotationWanted, this,
            [this](int column) { emit annotationWanted(queries().calendar().dayOf(monthAt(column).first)); });
    connect(m_edit, &QPushButton::clicked, this, &SpendPage::editPlan);
    connect(m_close, &QPushButton::clicked, this, &SpendPage::closeOrReopen);
    connect(m_explain, &QPushButton::clicked, this, &SpendPage::explainChange);
    connect(m_report, &QPushButton::clicked, this, &SpendPage::makeReport);
    connect(addBill, &QPushButton::clicked, this, &SpendPage::addBill);
    connect(m_methods, &QComboBox::currentIndexChanged, this, &SpendPage::readAgain);
    connect(m_standingTable, &DataTable::rowActivated, this, &SpendPage::openCallsOfStanding);
    m_standingTable->setRowActions([this](QMenu& menu, int row) {
        menu.addAction(tr("Show calls"), this, [this, row] { openCallsOfStanding(row); });
    });
    connect(m_anomalyTable, &DataTable::rowActivated, this, &SpendPage::openCallsOfAnomaly);
    m_anomalyTable->setRowActions([this](QMenu& menu, int row) {
        menu.addAction(tr("Show calls"), this, [this, row] { openCallsOfAnomaly(row); });
    });
    connect(m_reconciliationTable, &DataTable::conditionChosen, this, &Page::conditionChosen);
    connect(m_anomalyTable, &DataTable::conditionChosen, this, &Page::conditionChosen);
    connect(m_reconciliationTable, &DataTable::rowActivated, this, &SpendPage::openCallsOfProvider);
    m_reconciliationTable->setRowActions([this](QMenu& menu, int row) {
        menu.addAction(tr("Show calls"), this, [this, row] { openCallsOfProvider(row); });
    });
}

SpendPage::~SpendPage() = default;

SpendQuestion SpendPage::question() const
{
    const ReportingCalendar& calendar = queries().calendar();
    const Timestamp end =
        scope().filter.period ? Timestamp(scope().filter.period->end.microseconds() - 1) : queries().extent()->end;
    SpendQuestion question{.month = calendar.monthOf(std::min(end, queries().extent()->end)),
                           .method = static_cast<spend::VarianceMethod>(m_methods->currentData().toInt())};
    if (scope().baseline) {
        question.against = calendar.monthOf(scope().baseline->first);
        // Cost centres and bills are of the month, whatever the period: they are compared with one as long.
        const Period month = calendar.month(question.month);
        question.before = scope().filter.period == month
                              ? scope().baseline
                              : std::optional(comparablePeriod(month, queries().extent()->end, calendar));
    }
    if (question.against == question.month)
        question.against.reset();
    // Any two periods can be compared, and any two releases; whole months are what the rest of the page is about.
    const std::optional<Period>& period = scope().filter.period;
    if (scope().against)
        question.change = std::pair(scope().filter, *comparedCalls(scope()));
    else if (period && scope().baseline && *period != calendar.month(question.month))
        question.change = std::pair(Filter{.period = period}, Filter{.period = scope().baseline});
    return question;
}

void SpendPage::compute()
{
    if (!queries().extent()) {
        m_job.cancel();
        m_answer.reset();
        showNoData(
            tr("Here you will see the month for finance: budgets, forecast, and whether it is what was billed."));
        emit settled();
        return;
    }
    answer(
        m_job,
        [asked = queries(), question = question()](const StopToken& stop) -> Result<Answers> {
            Answers answers;
            answers.spend = TRY(asked.spend(question, stop));
            answers.annotations = TRY(asked.annotations(stop));
            return answers;
        },
        [this](const Answers& answers) {
            m_annotations = answers.annotations;
            show(answers.spend);
            emit settled();
        });
}

void SpendPage::readAgain()
{
    if (isAsked() && isVisible())
        compute();
}

void SpendPage::show(const SpendAnswer& answer)
{
    showContent();
    m_answer = answer;
    m_months->draw(monthsChart(answer, m_annotations, queries().calendar()));
    m_monthsCard->setNote(forecastNote(answer), forecastHelp(answer));
    m_change->draw(varianceChart(answer, queries().calendar()));
    const ChangeEnds ends = changeEnds(answer, queries().calendar());
    m_changeCard->setTitle(tr("What changed, %1 → %2").arg(ends.from, ends.to));
    m_changeCard->setNote(scope().against ? tr("of the filter's calls; adds up to the cent")
                                          : tr("adds up to the cent"));
    m_standings.show(answer);
    const bool hasPlan = answer.plan != SpendPlan();
    m_invitation->setVisible(!hasPlan);
    m_centresCard->setNote(
        answer.isOver ? tr("budget, spent")
                      : tr("budget, month to date (%1 of %2 days), forecast").arg(answer.knownDays).arg(answer.days));
    m_reconciliation.show(answer);
    m_reconciliationCard->setNote(billsNote(answer),
                                  tr("Import a provider's usage or cost export, or add the total of an invoice"));
    m_anomalies.show(answer.anomalies);
    if (answer.anomalies.empty())
        m_anomaliesCard->showEmpty(
            tr("No day of %1 is out of line with its weekday.").arg(format::month(answer.month)));
    else
        m_anomaliesCard->showContent();
    m_explain->setEnabled(takesNotes(answer) && !changeSteps(answer.variance).empty());
    const QString month = format::month(answer.month);
    m_close->setText(answer.adjustment ? tr("Reopen %1").arg(month) : tr("Close %1…").arg(month));
    m_close->setEnabled(answer.adjustment || answer.period.end <= currentTime());
    m_completeness->setText(remarksOn(answer, scope(), queries().calendar()).join(u" · "_s));
    if (m_wantsReport)
        makeReport();
}

void SpendPage::openCallsOfStanding(int row)
{
    if (!m_answer)
        return;
    const StandingRow& standing = m_standings.rowAt(row);
    emit callsRequested({.period = m_answer->period, .conditions = standing.conditions}, standing.name);
}

void SpendPage::openCallsOfAnomaly(int row)
{
    const AnomalyRow& anomaly = m_anomalies.rowAt(row);
    const ReportingCalendar& calendar = queries().calendar();
    Filter filter{.period = Period{calendar.startOfDay(anomaly.day), calendar.startOfDay(anomaly.day + 1)}};
    if (!anomaly.feature.empty())
        filter.conditions = {{.of = {Dimension::Feature, {}}, .values = {anomaly.feature}},
                             {.of = {Dimension::Model, {}}, .values = {anomaly.model}}};
    emit callsRequested(filter, format::day(anomaly.day));
}

void SpendPage::openCallsOfProvider(int row)
{
    const std::string provider = m_reconciliation.rowAt(row).provider;
    emit callsRequested({.period = queries().calendar().month(m_answer->month),
                         .conditions = {{.of = {Dimension::Provider, {}}, .values = {provider}}}},
                        toQt(provider));
}

Period SpendPage::monthAt(int column) const
{
    return queries().calendar().month(m_answer->months.at(static_cast<std::size_t>(column)).month);
}

void SpendPage::editPlan()
{
    if (!m_answer)
        return;
    QStringList features;
    for (const spend::VarianceSide* side : {&m_answer->after, &m_answer->before})
        for (const spend::VarianceCell& cell : side->cells)
            features += toQt(cell.feature);
    features.sort();
    features.removeDuplicates();
    SpendPlanDialog dialog(m_answer->plan, m_answer->month, features, this);
    if (dialog.exec() == QDialog::Accepted)
        emit planChosen(m_answer->plan, dialog.plan());
}

void SpendPage::explainChange()
{
    if (!m_answer)
        return;
    ChangeNotesDialog dialog(*m_answer, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    if (const SpendPlan plan = dialog.plan(); plan != m_answer->plan)
        emit planChosen(m_answer->plan, plan);
}

void SpendPage::closeOrReopen()
{
    if (!m_answer)
        return;
    const QString month = format::month(m_answer->month);
    if (m_answer->adjustment) {
        if (QMessageBox::question(this, tr("Reopen %1").arg(month),
                                  tr("Spend and reports will show today's rows of %1 again. What was kept when it was "
                                     "closed is discarded.")
                                      .arg(month)) == QMessageBox::Yes)
            emit reopenRequested(m_answer->month);
        return;
    }
    bool isClosed = false;
    const QString note = QInputDialog::getText(
        this, tr("Close %1").arg(month),
        tr("Spend and reports will show %1 as it is now, whatever is imported or priced later;\nthe difference "
           "stands beside it. A note, such as the invoice it was checked with:")
            .arg(month),
        QLineEdit::Normal, {}, &isClosed);
    if (isClosed)
        emit closeRequested(m_answer->month, fromQt(note.trimmed()));
}

void SpendPage::addBill()
{
    if (!m_answer)
        return;
    QStringList providers;
    for (const ReconciliationRow& row : m_answer->reconciliation)
        providers += toQt(row.provider);
    BillDialog dialog(m_answer->month, providers, this);
    if (dialog.exec() == QDialog::Accepted)
        emit billAdded(dialog.bill());
}

void SpendPage::makeReport()
{
    m_wantsReport = !m_answer;
    if (!m_answer)
        return;
    auto* dialog = new ReportDialog(queries(), *m_answer, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReportDialog::keepRequested, this, &SpendPage::reportKept);
    connect(dialog, &ReportDialog::removeRequested, this, &SpendPage::reportRemoved);
    connect(this, &SpendPage::reportsChanged, dialog, &ReportDialog::readSaved);
    dialog->open();
}

void SpendPage::beginSearch()
{
    m_standingTable->beginSearch();
}

} // namespace plumbline
