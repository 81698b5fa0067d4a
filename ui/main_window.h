// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <QSet>
#include <QTimer>
#include <QUndoStack>

#include <filesystem>
#include <functional>
#include <optional>

#include "model/items/palette_list.h"
#include "model/items/scope.h"
#include "model/jobs/job_runner.h"
#include "ui/collector_session.h"
#include "ui/theme/theme.h"
#include "ui/workspace_session.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace plumbline {

class CommandPalette;
class GuideDialog;
class DrainsPage;
class FilterBar;
class NavList;
class OverviewPage;
class Page;
class PricesDialog;
class SourcesPage;
class WelcomePage;
class SpendPage;
class Toast;
class Tour;
class TracesPage;
class WhatIfPage;
class WindowMemory;

/// What the window needs from outside. All of it outlives the window.
struct Services
{
    ImportService& imports;
    WorkspaceService& workspaces;
    WindowMemory& memory;
    std::filesystem::path sample;          ///< where *Open sample* makes its workspace
    CollectorControl* collector = nullptr; ///< null: this window collects nothing
};

/// The program's window: pages at the left, the filter above, one page at a time. It owns the scope and its history;
/// the pages only tell what was chosen on them.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const Services& services, QWidget* parent = nullptr);
    ~MainWindow() override;

    void openWorkspace(const std::filesystem::path& path);
    void openSample();
    /// Previews the files and asks before it imports them.
    void importFiles(const std::vector<std::filesystem::path>& paths);

    QStringList pageIds() const;
    void showPage(const QString& id);
    const Scope& scope() const { return m_history.current(); }
    void setScope(const Scope& scope);
    WorkspaceSession& session() { return m_session; }
    /// A first look round, where it was not seen before.
    void offerTour();
    void startTour();
    /// A page on the open workspace, at 1440 × 900, in light or dusk; waits until it has its answers.
    QImage pagePicture(const QString& id, ThemeChoice theme);

signals:
    /// Overview shows the first figures of a workspace that is being opened.
    void glanced();
    /// The page at hand shows the answer to the last question.
    void settled();

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void buildLayout();
    void buildPages();
    void buildMenus();
    void connectSession();
    void connectCollector();
    void showCollector();
    void addPage(Page* page);
    Page* currentPage() const;

    /// Shows what the daily roll-up of a workspace says, and that while its calls are read.
    void glanceAndOpen(const std::filesystem::path& path);
    void workspaceOpened();
    void workspaceChanged();
    void askPage();
    void showStatus();
    /// Percentiles of all calls need their order, which is made when it is first asked for: before anybody waits for
    /// it.
    void layOutOrders(const Queries& queries);
    void goBack();
    void goForward();
    void enterScope();
    void narrow(const Condition& condition);
    PricesDialog* openPrices();
    void openCalls(const Filter& filter, const QString& title);
    void explain(qint64 call);
    void lookUpPrice(const QString& model, const QString& time);
    /// Shows Spend, and makes a report of what it shows.
    void makeReport();
    void undo();
    /// Steps of the page itself up to now; 0 of one that has none of its own.
    int stepsOf(const Page* page) const;
    // Steps that can be taken back.
    void keepFilter(const std::optional<SavedFilter>& before, const std::optional<SavedFilter>& after);
    void billRecorded(const BilledTotal& bill);
    void askForFiles();
    void askForFolder();
    void askForWorkspace();
    void askForNewWorkspace();
    void confirmImport(const std::vector<FilePreview>& files);
    void confirmRemoval(qint64 import, const QString& name);
    void openPalette();
    void take(const PaletteEntry& entry);
    void chooseTheme(ThemeChoice choice);
    void showKeys();
    void showGuide();
    /// What happened when; begins a line for a day, if one is given.
    void editAnnotations(const std::optional<std::int32_t>& day);
    void setSpendPlan(const SpendPlan& before, const SpendPlan& after);
    /// Says which budgets are exceeded or nearly so, each once; looks again when data came, every ten seconds at most.
    void watchBudgets();
    /// A notification, with what a click on it does.
    void tell(const QString& text, const QString& action, std::function<void()> act);
    void tellImported(const QString& outcome);
    /// On the page Traces, with the call chosen in it.
    void showTrace(qint64 call);
    /// Asks for an id, and looks the trace or the call up.
    void goToTrace();
    void goTo(const QString& id);
    void showError(const Error& error);
    void remember(const std::filesystem::path& path);

    Services m_services;
    Theme m_theme;
    ScopeHistory m_history;
    NavList* m_nav = nullptr;
    QPushButton* m_menuButton = nullptr;
    QLabel* m_status = nullptr;
    QLabel* m_collectorStatus = nullptr;
    QLabel* m_analysisStatus = nullptr;
    FilterBar* m_bar = nullptr;
    QStackedWidget* m_stack = nullptr;
    QStackedWidget* m_pages = nullptr;
    WelcomePage* m_welcome = nullptr;
    OverviewPage* m_overview = nullptr;
    DrainsPage* m_drains = nullptr;
    WhatIfPage* m_whatIf = nullptr;
    TracesPage* m_traces = nullptr;
    SpendPage* m_spend = nullptr;
    SourcesPage* m_sources = nullptr;
    CommandPalette* m_palette = nullptr;
    GuideDialog* m_guide = nullptr;
    Tour* m_tour = nullptr;
    Toast* m_toast = nullptr;
    std::function<void()> m_toastAction;
    QUndoStack m_steps;             ///< annotations, the plan of spend, bills typed in, kept filters
    const Page* m_stepOn = nullptr; ///< where the newest of them was taken
    int m_stepsThere = 0;           ///< that the page itself had then
    int m_lastStep = 0;
    std::filesystem::path m_budgetsOf; ///< whose budgets were told of
    QSet<QString> m_toldOfBudgets;
    QTimer m_budgetsRest; ///< runs after they were looked at
    bool m_areBudgetsDue = false;
    QHash<QString, QString> m_pageTitles;
    QList<QAction*> m_commands;                    ///< what the palette can do, and the keys
    std::vector<std::filesystem::path> m_toImport; ///< while their preview is asked
    std::optional<Queries> m_statusOf;             ///< whose status is known
    StatusAnswer m_known;
    bool m_hasOrders = false; ///< or they are being made
    WorkspaceSession m_session;
    std::unique_ptr<CollectorSession> m_collector; ///< null where there is none
    JobRunner m_glanceJob;
    JobRunner m_statusJob;
    JobRunner m_orderJob;
    JobRunner m_paletteJob;
    JobRunner m_notesJob;
    JobRunner m_budgetsJob;
    JobRunner m_lookUpJob;
};

} // namespace plumbline
