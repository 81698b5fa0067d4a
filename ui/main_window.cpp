// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include <QCloseEvent>
#include <QDateTime>
#include <QEventLoop>
#include <QLabel>
#include <QStackedWidget>
#include <QTimer>

#include "model/items/format.h"
#include "model/queries/daily_answers.h"
#include "ui/pages/overview_answers.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/sources_page.h"
#include "ui/pages/welcome_page.h"
#include "ui/widgets/drop_zone.h"
#include "ui/widgets/filter_bar.h"
#include "ui/widgets/nav_list.h"
#include "ui/widgets/toast.h"
#include "ui/window_memory.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

std::int32_t localToday(const ReportingCalendar& calendar)
{
    return calendar.dayOf(Timestamp(QDateTime::currentMSecsSinceEpoch() * 1000));
}

ThemeChoice themeOf(const QString& id)
{
    return id == u"light"_s ? ThemeChoice::Light : id == u"dark"_s ? ThemeChoice::Dark : ThemeChoice::System;
}

} // namespace

MainWindow::MainWindow(const Services& services, QWidget* parent)
    : QMainWindow(parent), m_services(services), m_session(services.imports, services.workspaces)
{
    setAcceptDrops(true);
    setWindowTitle(tr("Plumbline"));
    setWindowIcon(QIcon(u":/icons/io.github.plumbline.Plumbline.svg"_s));
    resize(1440, 900);
    m_theme.choose(themeOf(services.memory.theme()));
    buildLayout();
    buildPages();
    buildMenus();
    connectSession();
    connectCollector();
    connect(&m_steps, &QUndoStack::indexChanged, this, [this](int index) {
        if (std::exchange(m_lastStep, index) > index)
            return; // taken back
        m_stepOn = currentPage();
        m_stepsThere = stepsOf(m_stepOn);
    });
    constexpr int budgetsRest = 10'000; // milliseconds
    m_budgetsRest.setSingleShot(true);
    m_budgetsRest.setInterval(budgetsRest);
    connect(&m_session, &WorkspaceSession::edited, this, &MainWindow::watchBudgets);
    connect(&m_budgetsRest, &QTimer::timeout, this, [this] {
        if (m_areBudgetsDue)
            watchBudgets();
    });
    restoreGeometry(services.memory.geometry());
    m_welcome->setRecent(services.memory.recentWorkspaces());
}

MainWindow::~MainWindow() = default;

Page* MainWindow::currentPage() const
{
    return static_cast<Page*>(m_pages->currentWidget());
}

QStringList MainWindow::pageIds() const
{
    QStringList ids;
    for (int i = 0; i < m_pages->count(); ++i)
        ids += static_cast<Page*>(m_pages->widget(i))->id();
    return ids;
}

void MainWindow::showPage(const QString& id)
{
    for (int i = 0; i < m_pages->count(); ++i) {
        auto* page = static_cast<Page*>(m_pages->widget(i));
        if (page->id() != id)
            continue;
        m_nav->choose(id);
        if (page == currentPage())
            return;
        m_pages->setCurrentWidget(page);
        askPage();
    }
}

void MainWindow::setScope(const Scope& scope)
{
    m_history.visit(scope);
    enterScope();
}

void MainWindow::goBack()
{
    if (m_history.canGoBack())
        m_history.goBack();
    enterScope();
}

void MainWindow::goForward()
{
    if (m_history.canGoForward())
        m_history.goForward();
    enterScope();
}

void MainWindow::enterScope()
{
    if (!m_session.isOpen())
        return;
    m_bar->setScope(m_history.current());
    askPage();
    showStatus();
}

void MainWindow::narrow(const Condition& condition)
{
    setScope(narrowed(m_history.current(), condition));
}

void MainWindow::askPage()
{
    if (m_session.isOpen() && currentPage())
        currentPage()->ask(*m_session.queries(), m_history.current());
}

void MainWindow::glanceAndOpen(const std::filesystem::path& path)
{
    struct Glance
    {
        OverviewAnswers answers = {};
        QString period = {};
    };
    m_glanceJob.start(
        [path](const StopToken& stop) -> Result<Glance> {
            const DailyAnswers daily = TRY(DailyAnswers::open(path, stop));
            const Scope opening = openingScope(daily.extent(), localToday(daily.calendar()), daily.calendar());
            if (!opening.filter.period)
                return fail(ErrorKind::NotFound, "no calls");
            return Glance{TRY(glanceAnswers(daily, opening)), format::period(*opening.filter.period, daily.calendar())};
        },
        [this, path](const Result<Glance>& glance) {
            // What is wrong with a workspace is told by opening it.
            m_session.open(path);
            if (!glance)
                return;
            m_overview->glance(glance->answers, glance->period);
            m_status->setText(tr("Reading the calls…"));
            m_nav->choose(m_overview->id());
            m_stack->setCurrentIndex(1);
            emit glanced();
        });
}

void MainWindow::workspaceOpened()
{
    m_hasOrders = false;
    const Queries& queries = *m_session.queries();
    const std::int32_t today = localToday(queries.calendar());
    m_bar->setToday(today);
    m_steps.clear(); // what was changed in another workspace is no step of this one
    m_history.restart(openingScope(queries.extent(), today, queries.calendar()));
    m_bar->setQueries(queries);
    remember(queries.path());
    m_stack->setCurrentIndex(1);
    setWindowTitle(tr("%1 – Plumbline").arg(toQt(queries.path().filename().string())));
    m_welcome->setBusy({});
    m_welcome->setError({});
    m_sources->dropZone().end({});
    m_nav->choose(queries.extent() ? currentPage()->id() : m_sources->id());
    enterScope();
}

void MainWindow::workspaceChanged()
{
    const bool wasEmpty = m_history.current() == Scope();
    m_bar->setQueries(*m_session.queries());
    // The first calls of a workspace bring the period it opens with.
    if (wasEmpty && !m_history.canGoBack() && m_session.queries()->extent()) {
        Scope scope;
        scope.filter.period = openingPeriod(m_session.queries()->extent(), localToday(m_session.queries()->calendar()),
                                            m_session.queries()->calendar());
        m_history.restart(scope);
    }
    enterScope();
}

void MainWindow::showStatus()
{
    struct Glance
    {
        StatusAnswer status;
        std::size_t features = 0;
        LedgerSums ledger = {};
    };
    // Spans are counted for it, all of them: once for what the workspace holds, not for every filter.
    const Queries& now = *m_session.queries();
    if (m_statusOf && !m_statusOf->isSameSnapshot(now))
        m_statusOf.reset();
    m_statusJob.start(
        [queries = now, known = m_statusOf ? std::optional(m_known) : std::nullopt,
         filter = scope().filter](const StopToken& stop) -> Result<Glance> {
            Glance glance{.status = known ? *known : TRY(queries.status(stop))};
            const Breakdown byFeature = TRY(queries.breakdown({.filter = filter,
                                                               .by = {{Dimension::Feature, {}}},
                                                               .figures = Figures::TokensAndCost,
                                                               .wantsLedger = true},
                                                              stop));
            glance.features = byFeature.rows.size();
            glance.ledger = byFeature.totalLedger.value_or(LedgerSums());
            return glance;
        },
        [this, now](Result<Glance> glance) {
            if (!glance)
                return;
            m_statusOf = now;
            m_known = glance->status;
            layOutOrders(now);
            watchBudgets();
            const StatusAnswer& status = glance->status;
            const std::filesystem::path path = status.path;
            QStringList lines;
            const bool isOurs =
                (m_collector && m_collector->status().isRunning) || m_session.isAnalysing() || m_session.isChanging();
            if (!status.recorder.empty() && !isOurs)
                lines = {tr("%1 records here; this window follows").arg(toQt(status.recorder))};
            lines +=
                tr("%1 calls · %2 traces").arg(format::shortCount(status.calls), format::shortCount(status.traces));
            lines += u"%1 · %2"_s.arg(toQt(path.filename().string()),
                                      format::bytes(static_cast<std::uint64_t>(status.fileBytes)));
            m_status->setText(lines.join(u'\n'));
            m_status->setToolTip(toQt(path.string()));
            const auto countOf = [](std::int64_t number) { return number > 0 ? format::count(number) : QString(); };
            m_nav->setCount(u"features"_s, countOf(static_cast<std::int64_t>(glance->features)));
            m_nav->setCount(u"drains"_s,
                            glance->ledger.waste > MoneySum() ? format::shortMoney(glance->ledger.waste) : QString());
            m_nav->setCount(u"traces"_s, status.traces > 0 ? format::shortCount(status.traces) : QString());
            m_nav->setCount(u"sources"_s, countOf(status.imports));
        });
}

void MainWindow::layOutOrders(const Queries& queries)
{
    if (m_hasOrders)
        return;
    m_hasOrders = true;
    m_orderJob.start(
        [queries](const StopToken& stop) { return queries.breakdown({.wantsTotalPercentiles = true}, stop); },
        [](const Result<Breakdown>&) {});
}

QImage MainWindow::pagePicture(const QString& id, ThemeChoice theme)
{
    const ThemeChoice before = m_theme.choice();
    m_theme.choose(theme);
    resize(1440, 900);
    QEventLoop loop;
    QTimer late;
    late.setSingleShot(true);
    connect(this, &MainWindow::settled, &loop, &QEventLoop::quit);
    connect(&late, &QTimer::timeout, &loop, &QEventLoop::quit);
    constexpr int patience = 30'000; // milliseconds
    late.start(patience);
    // First figures may be there before the calls are.
    if (!m_session.isOpen()) {
        QEventLoop opening;
        connect(&m_session, &WorkspaceSession::opened, &opening, &QEventLoop::quit);
        connect(&m_session, &WorkspaceSession::openFailed, &opening, &QEventLoop::quit);
        connect(&late, &QTimer::timeout, &opening, &QEventLoop::quit);
        opening.exec();
    }
    // What drains is looked for behind an open workspace; its figures belong to the picture.
    while (m_session.isAnalysing() && late.isActive()) {
        QEventLoop analysing;
        connect(&m_session, &WorkspaceSession::analysisEnded, &analysing, &QEventLoop::quit);
        connect(&late, &QTimer::timeout, &analysing, &QEventLoop::quit);
        analysing.exec();
        // The new figures are read.
        QTimer::singleShot(300, &analysing, &QEventLoop::quit);
        analysing.exec();
    }
    if (currentPage()->id() == id)
        askPage();
    else
        showPage(id);
    loop.exec();
    if (m_statusJob.isRunning()) { // what stands in the margin belongs to the picture
        connect(&m_statusJob, &JobRunner::runningChanged, &loop, &QEventLoop::quit);
        loop.exec();
    }
    // Layouts and queued replots are done when the queue is.
    QTimer::singleShot(50, &loop, &QEventLoop::quit);
    loop.exec();
    if (m_toast)
        m_toast->hide(); // a note of this moment is not of the page
    QImage picture = grab().toImage();
    m_theme.choose(before);
    return picture;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_services.memory.keepGeometry(saveGeometry());
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::ThemeChange)
        m_theme.follow();
    QMainWindow::changeEvent(event);
}

} // namespace plumbline
