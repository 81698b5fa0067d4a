// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include <QInputDialog>

#include "model/items/format.h"
#include "model/items/spend_tables.h"
#include "ui/pages/annotations_dialog.h"
#include "ui/pages/draft_step.h"
#include "ui/pages/guide_dialog.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/page.h"
#include "ui/pages/sources_page.h"
#include "ui/pages/spend_page.h"
#include "ui/pages/traces_page.h"
#include "ui/widgets/filter_bar.h"
#include "ui/widgets/nav_list.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/tour.h"
#include "ui/window_memory.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

const QString tourState = u"tour"_s;

/// A budget that is exceeded, or nearly so.
struct BudgetNews
{
    QString key; ///< of the month, the budget and which of both
    QString text;
};

} // namespace

void MainWindow::showGuide()
{
    if (!m_guide)
        m_guide = new GuideDialog(this);
    m_guide->show();
    m_guide->raise();
    if (m_session.isOpen())
        m_guide->showChapter(currentPage()->accessibleName());
}

void MainWindow::offerTour()
{
    if (m_services.memory.state(tourState).isEmpty())
        startTour();
}

void MainWindow::startTour()
{
    if (!m_session.isOpen())
        return;
    if (!m_tour) {
        m_tour = new Tour(this);
        connect(m_tour, &Tour::pageWanted, this, &MainWindow::showPage);
        connect(m_tour, &Tour::ended, this, [this] { m_services.memory.keepState(tourState, "seen"); });
    }
    m_tour->start({
        {m_bar, tr("One filter for everything"),
         tr("Period, comparison and chips narrow every page at once. Alt+← goes back, Esc takes the last chip away."),
         m_overview->id()},
        {m_nav, tr("From the bill to the waste"),
         tr("Drains shows what of the bill is waste, in which feature and with what proof; What-if shows what would be "
            "saved."),
         u"drains"_s},
        {m_nav, tr("Down to the bytes"),
         tr("Double-click any figure to see the calls behind it. Traces shows each part of a prompt with its tokens "
            "and "
            "its cost."),
         m_traces->id()},
        {m_bar, tr("Take it along"),
         tr("Export copies or saves every table and chart of a page; Ctrl+P makes a report of the month. F1 opens the "
            "guide."),
         m_spend->id()},
    });
}

void MainWindow::editAnnotations(const std::optional<std::int32_t>& day)
{
    if (!m_session.isOpen())
        return;
    m_notesJob.start(
        [queries = *m_session.queries()](const StopToken& stop) { return queries.annotations(stop); },
        [this, day, path = m_session.queries()->path()](const Result<std::vector<Annotation>>& before) {
            if (!before) {
                if (before.error().kind != ErrorKind::Cancelled)
                    showError(before.error());
                return;
            }
            const auto isThere = [this, path] { return m_session.isOpen() && m_session.queries()->path() == path; };
            if (!isThere())
                return;
            auto* dialog = new AnnotationsDialog(*before, m_session.queries()->calendar(), this);
            connect(dialog, &AnnotationsDialog::chosen, this,
                    [this, isThere, before = *before](const std::vector<Annotation>& after) {
                        // Another workspace may have been opened meanwhile: they are not its.
                        if (after != before && isThere())
                            m_steps.push(new DraftStep<std::vector<Annotation>>(
                                tr("annotations"), before, after,
                                [this](const std::vector<Annotation>& now) { m_session.setAnnotations(now); }));
                    });
            dialog->open();
            if (day)
                dialog->add(*day);
        });
}

void MainWindow::setSpendPlan(const SpendPlan& before, const SpendPlan& after)
{
    m_steps.push(new DraftStep<SpendPlan>(tr("budgets"), before, after,
                                          [this](const SpendPlan& now) { m_session.setSpendPlan(now); }));
    // Its own step, wherever one has gone meanwhile; not what was done after it.
    tell(tr("Kept: it stands in reports, and Ctrl+Z takes it back."), tr("Undo"), [this, step = m_steps.index()] {
        if (m_steps.index() == step && m_steps.canUndo())
            m_steps.undo();
    });
}

void MainWindow::keepFilter(const std::optional<SavedFilter>& before, const std::optional<SavedFilter>& after)
{
    const std::string name = (after ? after : before)->name;
    m_steps.push(new DraftStep<std::optional<SavedFilter>>(tr("kept filter"), before, after,
                                                           [this, name](const std::optional<SavedFilter>& now) {
                                                               if (now)
                                                                   m_session.saveFilter(*now);
                                                               else
                                                                   m_session.removeFilter(name);
                                                           }));
}

void MainWindow::billRecorded(const BilledTotal& bill)
{
    m_steps.push(new DoneStep(tr("bill"), [this, bill] { m_session.removeBill(bill); }));
    tell(tr("The bill of %1 is recorded.").arg(toQt(bill.provider)), tr("Undo"), [this, step = m_steps.index()] {
        if (m_steps.index() == step && m_steps.canUndo())
            m_steps.undo();
    });
}

void MainWindow::watchBudgets()
{
    if (!m_session.isOpen() || !m_session.queries()->extent())
        return;
    if (m_budgetsOf != m_session.queries()->path()) {
        m_budgetsOf = m_session.queries()->path();
        m_toldOfBudgets.clear();
    } else if (m_budgetsRest.isActive()) {
        m_areBudgetsDue = true;
        return;
    }
    m_areBudgetsDue = false;
    m_budgetsRest.start();
    m_budgetsJob.start(
        [queries = *m_session.queries()](const StopToken& stop) -> Result<std::vector<BudgetNews>> {
            const std::int32_t month = queries.calendar().monthOf(Timestamp(queries.extent()->end.microseconds() - 1));
            const SpendAnswer answer = TRY(queries.spend({.month = month}, stop));
            std::vector<BudgetNews> exceeded, nearly;
            const auto look = [&](const BudgetStanding& standing) {
                if (!standing.budget || standing.budget->picodollars() <= 0)
                    return;
                const double share = standing.spent.dollars() / standing.budget->dollars();
                const bool isOver = standing.spent > *standing.budget;
                if (!isOver && share * 100 < standing.warnAt)
                    return;
                const QString title = budgetTitle(standing.scope);
                (isOver ? exceeded : nearly)
                    .push_back(
                        {.key = u"%1 %2 %3"_s.arg(month).arg(isOver).arg(title),
                         .text = (isOver ? tr("%1: %2 spent of a budget of %3")
                                         : tr("%1: %2 spent of a budget of %3, nearly all of it"))
                                     .arg(title, format::money(standing.spent), format::money(*standing.budget))});
            };
            look(answer.budget);
            for (const BudgetStanding& standing : answer.budgets)
                look(standing);
            exceeded.insert(exceeded.end(), nearly.begin(), nearly.end());
            return exceeded;
        },
        [this](Result<std::vector<BudgetNews>> news) {
            if (!news)
                return;
            std::erase_if(*news, [this](const BudgetNews& one) { return m_toldOfBudgets.contains(one.key); });
            if (news->empty())
                return;
            for (const BudgetNews& one : *news)
                m_toldOfBudgets.insert(one.key);
            const QString more = news->size() > 1 ? u' ' + tr("(and %1 more)").arg(news->size() - 1) : QString();
            tell(news->front().text + more, tr("Show"), [this] { showPage(m_spend->id()); });
        });
}

void MainWindow::tell(const QString& text, const QString& action, std::function<void()> act)
{
    if (!m_toast) {
        m_toast = new Toast(this);
        connect(m_toast, &Toast::actionChosen, this, [this] {
            if (m_toastAction)
                m_toastAction();
        });
    }
    m_toastAction = std::move(act);
    m_toast->tell(text, action);
}

void MainWindow::tellImported(const QString& outcome)
{
    // On its own page the drop zone says so.
    if (!outcome.isEmpty() && m_session.isOpen() && currentPage() != m_sources)
        tell(outcome, tr("Sources"), [this] { showPage(m_sources->id()); });
}

void MainWindow::showTrace(qint64 call)
{
    m_traces->look(CallId(call));
    showPage(m_traces->id());
    askPage();
}

void MainWindow::goToTrace()
{
    if (!m_session.isOpen())
        return;
    bool isGiven = false;
    const QString text = QInputDialog::getText(this, tr("Go to a trace or a call"),
                                               tr("The id of a trace or a span, or the number of a call:"),
                                               QLineEdit::Normal, {}, &isGiven)
                             .trimmed();
    if (isGiven && !text.isEmpty())
        goTo(text);
}

void MainWindow::goTo(const QString& text)
{
    m_lookUpJob.start([queries = *m_session.queries(),
                       id = fromQt(text)](const StopToken& stop) { return queries.callNamed(id, stop); },
                      [this, text](const Result<CallId>& call) {
                          if (!m_session.isOpen() || (!call && call.error().kind == ErrorKind::Cancelled))
                              return;
                          if (call) {
                              showTrace(static_cast<qint64>(*call));
                              return;
                          }
                          // A trace of several calls is shown as a filter.
                          Scope scope;
                          scope.filter.conditions = {{.of = {Dimension::Trace, {}}, .values = {fromQt(text)}}};
                          showPage(m_traces->id());
                          setScope(scope);
                      });
}

} // namespace plumbline
