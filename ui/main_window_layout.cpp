// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "ui/pages/drains_page.h"
#include "ui/pages/features_page.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/page_export.h"
#include "ui/pages/prompts_page.h"
#include "ui/pages/rules_card.h"
#include "ui/pages/sources_page.h"
#include "ui/pages/spend_page.h"
#include "ui/pages/traces_page.h"
#include "ui/pages/welcome_page.h"
#include "ui/pages/what_if_page.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/drop_zone.h"
#include "ui/widgets/filter_bar.h"
#include "ui/widgets/nav_list.h"
#include "ui/widgets/panel.h"

namespace plumbline {

using namespace Qt::StringLiterals;

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
    m_menuButton->setProperty("glyph", true);
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
    m_collectorStatus = quietLabel({}, foot);
    m_collectorStatus->setWordWrap(true);
    m_collectorStatus->setTextFormat(Qt::RichText);
    m_collectorStatus->setAccessibleName(tr("Collector status"));
    footLayout->addWidget(m_collectorStatus);
    m_status = quietLabel({}, foot);
    m_status->setWordWrap(true);
    m_status->setAccessibleName(tr("Workspace status"));
    footLayout->addWidget(m_status);
    m_analysisStatus = quietLabel({}, foot);
    m_analysisStatus->setWordWrap(true);
    m_analysisStatus->setAccessibleName(tr("Analysis status"));
    m_analysisStatus->hide();
    footLayout->addWidget(m_analysisStatus);
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
    connect(&m_bar->exports(), &QMenu::aboutToShow, this, [this] {
        fillExportMenu(m_bar->exports(), *currentPage());
        m_bar->exports().addSeparator();
        m_bar->exports().addAction(tr("Report of the month…"), this, &MainWindow::makeReport);
    });
    connect(m_bar, &FilterBar::scopeChosen, this, &MainWindow::setScope);
    connect(m_bar, &FilterBar::paletteRequested, this, &MainWindow::openPalette);
    connect(m_palette, &CommandPalette::chosen, this, &MainWindow::take);
    connect(m_nav, &NavList::chosen, this, &MainWindow::showPage);
    connect(m_welcome, &WelcomePage::openRequested, this, &MainWindow::askForWorkspace);
    connect(m_welcome, &WelcomePage::newRequested, this, &MainWindow::askForFiles);
    connect(m_welcome, &WelcomePage::emptyRequested, this, &MainWindow::askForNewWorkspace);
    connect(m_welcome, &WelcomePage::cancelRequested, &m_session, &WorkspaceSession::cancelChange);
    connect(m_welcome, &WelcomePage::sampleRequested, this, &MainWindow::openSample);
    connect(m_welcome, &WelcomePage::recentChosen, this, [this](const QString& path) { openWorkspace(fromQt(path)); });
}

void MainWindow::buildPages()
{
    m_overview = new OverviewPage(m_services.memory, this);
    addPage(m_overview);
    addPage(new FeaturesPage(m_services.memory, this));
    m_drains = new DrainsPage(m_services.memory, this);
    addPage(m_drains);
    connect(m_drains, &DrainsPage::noteRequested, &m_session, &WorkspaceSession::setFindingNote);
    connect(m_drains, &DrainsPage::thresholdsRequested, &m_session, &WorkspaceSession::setDrainThresholds);
    connect(&m_session, &WorkspaceSession::changeBegan, m_drains, [this] { m_drains->setChanging(true); });
    connect(&m_session, &WorkspaceSession::changeEnded, m_drains, [this] { m_drains->setChanging(false); });
    connect(&m_session, &WorkspaceSession::edited, m_overview, [this] {
        if (currentPage() == m_overview)
            askPage();
    });
    connect(m_overview, &OverviewPage::drainChosen, this, [this](const std::string& drain) {
        m_drains->choose(drain);
        showPage(m_drains->id());
    });
    m_whatIf = new WhatIfPage(m_services.memory, this);
    addPage(m_whatIf);
    connect(m_whatIf, &WhatIfPage::saveRequested, &m_session, &WorkspaceSession::saveScenario);
    connect(m_whatIf, &WhatIfPage::removeRequested, &m_session, &WorkspaceSession::removeScenario);
    connect(m_whatIf, &WhatIfPage::savedCounted, this,
            [this](int count) { m_nav->setCount(m_whatIf->id(), count > 0 ? format::count(count) : QString()); });
    connect(&m_session, &WorkspaceSession::edited, m_whatIf, &WhatIfPage::readSaved);
    connect(m_drains, &DrainsPage::whatIfRequested, this, [this](const std::string& lever, const std::string& feature) {
        LeverUse use{.lever = lever};
        if (!feature.empty())
            use.scope = {{.of = {Dimension::Feature, {}}, .values = {feature}}};
        m_whatIf->tryLever(std::move(use));
        showPage(m_whatIf->id());
    });
    m_traces = new TracesPage(m_services.memory, this);
    addPage(m_traces);
    connect(m_traces, &TracesPage::conditionsChosen, this, [this](const std::vector<Condition>& conditions) {
        Scope scope = m_history.current();
        scope.filter.conditions = conditions;
        setScope(scope);
    });
    connect(m_traces, &TracesPage::filterKept, this, &MainWindow::keepFilter);
    connect(&m_session, &WorkspaceSession::edited, m_traces, &TracesPage::readAgain);
    connect(m_traces, &TracesPage::drainRequested, this, [this](const QString& drain) {
        m_drains->choose(fromQt(drain));
        showPage(m_drains->id());
    });
    auto* prompts = new PromptsPage(m_services.memory, this);
    addPage(prompts);
    connect(prompts, &PromptsPage::counted, this, [this, prompts](int count) {
        m_nav->setCount(prompts->id(), count > 0 ? format::count(count) : QString());
    });
    connect(prompts, &PromptsPage::whatIfRequested, this, [this](const PromptRow& prompt, double tokens) {
        LeverUse use{.lever = "trim-system-prompt",
                     .scope = {{.of = {Dimension::Feature, {}}, .values = {prompt.feature}}},
                     .parameters = {{"to_tokens", tokens}}};
        if (!prompt.step.empty())
            use.scope.push_back({.of = {Dimension::Step, {}}, .values = {prompt.step}});
        m_whatIf->tryLever(std::move(use));
        showPage(m_whatIf->id());
    });
    m_spend = new SpendPage(m_services.memory, this);
    addPage(m_spend);
    connect(m_spend, &SpendPage::planChosen, this, &MainWindow::setSpendPlan);
    connect(m_spend, &SpendPage::billAdded, &m_session, &WorkspaceSession::addBill);
    connect(&m_session, &WorkspaceSession::billRecorded, this, &MainWindow::billRecorded);
    connect(m_spend, &SpendPage::closeRequested, &m_session, &WorkspaceSession::closeMonth);
    connect(m_spend, &SpendPage::reopenRequested, &m_session, &WorkspaceSession::reopenMonth);
    connect(m_spend, &SpendPage::reportKept, &m_session, &WorkspaceSession::saveReport);
    connect(m_spend, &SpendPage::reportRemoved, &m_session, &WorkspaceSession::removeReport);
    connect(&m_session, &WorkspaceSession::edited, m_spend, &SpendPage::readAgain);
    connect(&m_session, &WorkspaceSession::edited, m_spend, &SpendPage::reportsChanged);
    m_sources = new SourcesPage(m_services.memory, this);
    addPage(m_sources);
    connect(m_sources, &SourcesPage::removeRequested, this, &MainWindow::confirmRemoval);
    connect(m_sources, &SourcesPage::sourceChosen, this, [this](const std::string& source, const std::string& against) {
        const DimensionChoice of{Dimension::Source, {}};
        const Scope scope{.filter = {.conditions = {{.of = of, .values = {source}}}}};
        setScope(against.empty() ? scope : comparedWith(scope, of, {against}));
        showPage(m_overview->id());
    });
    connect(m_sources, &SourcesPage::reportingChosen, &m_session, &WorkspaceSession::setReporting);
    connect(&m_sources->rules(), &RulesCard::applyRequested, &m_session, &WorkspaceSession::applyRules);
    PriceDraft* prices = &m_sources->prices();
    connect(prices, &PriceDraft::applyRequested, &m_session, &WorkspaceSession::applyPrices);
    connect(prices, &PriceDraft::listRequested, &m_session, &WorkspaceSession::readPrices);
    connect(prices, &PriceDraft::cancelRequested, &m_session, &WorkspaceSession::cancelChange);
    connect(&m_session, &WorkspaceSession::pricesRead, prices, &PriceDraft::take);
    connect(&m_session, &WorkspaceSession::changeBegan, prices, &PriceDraft::workBegan);
    connect(&m_session, &WorkspaceSession::changeProgressed, prices, &PriceDraft::workProgressed);
    connect(&m_session, &WorkspaceSession::changeEnded, prices, &PriceDraft::workEnded);
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
    connect(page, &Page::callRequested, this, &MainWindow::explain);
    connect(page, &Page::importRequested, this, &MainWindow::askForFiles);
    connect(page, &Page::annotationWanted, this, [this](std::int32_t day) { editAnnotations(day); });
    connect(page, &Page::periodChosen, this, [this](const Period& period) {
        setScope(withPeriod(m_history.current(), period, m_session.queries()->extent()->end,
                            m_session.queries()->calendar()));
    });
    connect(page, &Page::scopeResetRequested, this, [this] { setScope({}); });
    connect(page, &Page::settled, this, [this, page] {
        if (page == currentPage())
            emit settled();
    });
}

} // namespace plumbline
