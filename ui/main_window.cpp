// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include <QCloseEvent>
#include <QDateTime>
#include <QEventLoop>
#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "ui/pages/calls_dialog.h"
#include "ui/pages/features_page.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/rules_card.h"
#include "ui/pages/sources_page.h"
#include "ui/pages/welcome_page.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/drop_zone.h"
#include "ui/widgets/filter_bar.h"
#include "ui/widgets/nav_list.h"
#include "ui/widgets/panel.h"
#include "ui/window_memory.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

std::int32_t localToday(const ReportingCalendar& calendar)
{
    return floorDivide(calendar.localHour(Timestamp(QDateTime::currentMSecsSinceEpoch() * 1000)), 24);
}

ThemeChoice themeOf(const QString& id)
{
    return id == u"light"_s ? ThemeChoice::Light : id == u"dark"_s ? ThemeChoice::Dark : ThemeChoice::System;
}

} // namespace

MainWindow::MainWindow(const Services& services, QWidget* parent)
    : QMainWindow(parent)
    , m_services(services)
    , m_session(services.imports, services.workspaces)
{
    setAcceptDrops(true);
    setWindowTitle(tr("Plumbline"));
    resize(1440, 900);
    m_theme.choose(themeOf(services.memory.theme()));
    buildLayout();
    buildPages();
    buildMenus();
    connectSession();
    restoreGeometry(services.memory.geometry());
    m_welcome->setRecent(services.memory.recentWorkspaces());
}

MainWindow::~MainWindow() = default;

void MainWindow::buildLayout()
{
    m_stack = new QStackedWidget(this);
    setCentralWidget(m_stack);
    m_welcome = new WelcomePage(this);
    m_stack->addWidget(m_welcome);

    auto* workspace = new QWidget(this);
    auto* across = new QHBoxLayout(workspace);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(0);
    auto* side = new Panel(Qt::RightEdge, workspace);
    side->setFixedWidth(184);
    auto* sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(10, 16, 10, 12);
    sideLayout->setSpacing(10);
    auto* name = new QLabel(tr("Plumbline"), side);
    name->setFont(fonts::title());
    name->setContentsMargins(10, 0, 0, 4);
    m_menuButton = new QPushButton(u"☰"_s, side);
    m_menuButton->setProperty("icon", true);
    m_menuButton->setAccessibleName(tr("Menu"));
    m_menuButton->setToolTip(tr("Menu (F10)"));
    auto* head = new QHBoxLayout;
    head->addWidget(name, 1);
    head->addWidget(m_menuButton);
    sideLayout->addLayout(head);
    m_nav = new NavList(side);
    sideLayout->addWidget(m_nav, 1);
    auto* foot = new Panel(Qt::TopEdge, side);
    auto* footLayout = new QVBoxLayout(foot);
    footLayout->setContentsMargins(10, 10, 4, 0);
    m_status = quietLabel({}, foot);
    m_status->setWordWrap(true);
    m_status->setAccessibleName(tr("Workspace status"));
    footLayout->addWidget(m_status);
    sideLayout->addWidget(foot);
    across->addWidget(side);

    auto* main = new QVBoxLayout;
    main->setSpacing(0);
    auto* top = new Panel(Qt::BottomEdge, workspace);
    top->setFixedHeight(52);
    auto* topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(0, 0, 0, 0);
    m_bar = new FilterBar(top);
    topLayout->addWidget(m_bar);
    main->addWidget(top);
    m_pages = new QStackedWidget(workspace);
    main->addWidget(m_pages, 1);
    across->addLayout(main, 1);
    m_stack->addWidget(workspace);
    m_palette = new CommandPalette(this);

    m_bar->action().setText(tr("Import…"));
    m_bar->action().setAccessibleName(tr("Import files"));
    connect(&m_bar->action(), &QPushButton::clicked, this, &MainWindow::askForFiles);
    connect(m_bar, &FilterBar::scopeChosen, this, &MainWindow::setScope);
    connect(m_bar, &FilterBar::paletteRequested, this, &MainWindow::openPalette);
    connect(m_palette, &CommandPalette::chosen, this, &MainWindow::take);
    connect(m_nav, &NavList::chosen, this, &MainWindow::showPage);
    connect(m_welcome, &WelcomePage::openRequested, this, &MainWindow::askForWorkspace);
    connect(m_welcome, &WelcomePage::newRequested, this, &MainWindow::askForNewWorkspace);
    connect(m_welcome, &WelcomePage::sampleRequested, this, &MainWindow::openSample);
    connect(m_welcome, &WelcomePage::recentChosen, this, [this](const QString& path) { openWorkspace(fromQt(path)); });
}

void MainWindow::buildPages()
{
    addPage(new OverviewPage(m_services.memory, this));
    addPage(new FeaturesPage(m_services.memory, this));
    m_sources = new SourcesPage(m_services.memory, this);
    addPage(m_sources);
    connect(m_sources, &SourcesPage::removeRequested, this, &MainWindow::confirmRemoval);
    connect(m_sources, &SourcesPage::reportingChosen, &m_session, &WorkspaceSession::setReporting);
    connect(&m_sources->rules(), &RulesCard::applyRequested, &m_session, &WorkspaceSession::applyRules);
    connect(&m_sources->dropZone(), &DropZone::filesRequested, this, &MainWindow::askForFiles);
    connect(&m_sources->dropZone(), &DropZone::folderRequested, this, &MainWindow::askForFolder);
    connect(&m_sources->dropZone(), &DropZone::cancelRequested, &m_session, &WorkspaceSession::cancelChange);
}

void MainWindow::addPage(Page* page)
{
    m_pages->addWidget(page);
    m_pageTitles.insert(page->id(), page->accessibleName());
    m_nav->addPage(page->id(), page->accessibleName());
    connect(page, &Page::conditionChosen, this, &MainWindow::narrow);
    connect(page, &Page::callsRequested, this, &MainWindow::openCalls);
    connect(page, &Page::importRequested, this, &MainWindow::askForFiles);
    connect(page, &Page::countChanged, this, [this, id = page->id()](const QString& count) { m_nav->setCount(id, count); });
    connect(page, &Page::periodChosen, this, [this](const Period& period) {
        Scope scope = m_history.current();
        scope.filter.period = period;
        if (scope.baseline)
            scope.baseline = comparablePeriod(period, m_session.queries()->extent()->end, m_session.queries()->calendar());
        setScope(scope);
    });
    connect(page, &Page::scopeResetRequested, this, [this] { setScope({}); });
    connect(page, &Page::settled, this, [this, page] {
        if (page == currentPage())
            emit settled();
    });
}

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
    m_bar->setScope(m_history.current());
    askPage();
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

void MainWindow::workspaceOpened()
{
    const Queries& queries = *m_session.queries();
    const std::int32_t today = localToday(queries.calendar());
    m_bar->setToday(today);
    Scope scope;
    scope.filter.period = openingPeriod(queries.extent(), today, queries.calendar());
    // A comparison with a month of which nothing is known would mark everything as new.
    if (scope.filter.period) {
        const Period before = comparablePeriod(*scope.filter.period, queries.extent()->end, queries.calendar());
        if (queries.extent()->first < before.end)
            scope.baseline = before;
    }
    m_history.restart(scope);
    m_bar->setQueries(queries);
    remember(queries.path());
    m_stack->setCurrentIndex(1);
    setWindowTitle(tr("%1 – Plumbline").arg(toQt(queries.path().filename().string())));
    m_welcome->setBusy({});
    m_welcome->setError({});
    m_sources->dropZone().end({});
    m_nav->choose(queries.extent() ? currentPage()->id() : m_sources->id());
    enterScope();
    showStatus();
}

void MainWindow::workspaceChanged()
{
    const bool wasEmpty = m_history.current() == Scope();
    m_bar->setQueries(*m_session.queries());
    // The first calls of a workspace bring the period it opens with.
    if (wasEmpty && !m_history.canGoBack() && m_session.queries()->extent()) {
        Scope scope;
        scope.filter.period = openingPeriod(m_session.queries()->extent(), localToday(m_session.queries()->calendar()), m_session.queries()->calendar());
        m_history.restart(scope);
    }
    enterScope();
    showStatus();
}

void MainWindow::showStatus()
{
    m_statusJob.start(
        [queries = *m_session.queries()](const StopToken& stop) { return queries.status(stop); },
        [this](Result<StatusAnswer> status) {
            if (!status)
                return;
            const std::filesystem::path path = status->path;
            QStringList lines = {tr("Collector off")};
            if (!status->recorder.empty())
                lines = {tr("%1 records here; this window follows").arg(toQt(status->recorder))};
            lines += tr("%1 calls · %2 traces").arg(format::shortCount(status->calls), format::shortCount(status->traces));
            lines += u"%1 · %2"_s.arg(toQt(path.filename().string()), format::bytes(static_cast<std::uint64_t>(status->fileBytes)));
            m_status->setText(lines.join(u'\n'));
            m_status->setToolTip(toQt(path.string()));
            m_nav->setCount(m_sources->id(), status->imports > 0 ? format::count(status->imports) : QString());
        });
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
    if (currentPage()->id() == id)
        askPage();
    else
        showPage(id);
    loop.exec();
    // Layouts and queued replots are done when the queue is.
    QTimer::singleShot(50, &loop, &QEventLoop::quit);
    loop.exec();
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
