// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include <QActionGroup>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "model/analysis/drain.h"
#include "model/items/drain_tables.h"
#include "model/items/format.h"
#include "ui/pages/calls_dialog.h"
#include "ui/pages/drains_page.h"
#include "ui/pages/explain_cost_dialog.h"
#include "ui/pages/page.h"
#include "ui/pages/prices_dialog.h"
#include "ui/pages/sources_page.h"
#include "ui/pages/spend_page.h"
#include "ui/pages/traces_page.h"
#include "ui/pages/what_if_page.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/filter_bar.h"
#include "ui/window_memory.h"

namespace plumbline {

using namespace Qt::StringLiterals;

void MainWindow::buildMenus()
{
    // The menus hang on a button in the side bar; their keys work without it.
    auto* menus = new QMenu(this);
    m_menuButton->setMenu(menus);
    auto* openMenus = new QAction(this);
    openMenus->setShortcut(Qt::Key_F10);
    connect(openMenus, &QAction::triggered, m_menuButton, &QPushButton::showMenu);
    addAction(openMenus);
    const auto add = [this](QMenu* menu, const QString& text, const QKeySequence& keys, auto slot) {
        QAction* action = menu->addAction(text, this, slot);
        action->setShortcut(keys);
        addAction(action);
        m_commands += action;
        return action;
    };
    QMenu* file = menus->addMenu(tr("File"));
    add(file, tr("&Import files…"), QKeySequence(tr("Ctrl+O")), &MainWindow::askForFiles);
    add(file, tr("Import a &folder…"), {}, &MainWindow::askForFolder);
    file->addSeparator();
    add(file, tr("Open &workspace…"), QKeySequence(tr("Ctrl+Shift+O")), &MainWindow::askForWorkspace);
    add(file, tr("&New workspace…"), QKeySequence(tr("Ctrl+N")), &MainWindow::askForNewWorkspace);
    add(file, tr("Open &sample"), {}, &MainWindow::openSample);
    add(file, tr("&Export the page…"), QKeySequence(tr("Ctrl+E")), [this] { m_bar->openExports(); });
    add(file, tr("&Report of the month…"), QKeySequence(tr("Ctrl+P")), &MainWindow::makeReport);
    add(file, tr("&Close workspace"), {}, [this] { m_session.close(); });
    file->addSeparator();
    add(file, tr("&Quit"), QKeySequence(QKeySequence::Quit), &QWidget::close);

    QMenu* edit = menus->addMenu(tr("Edit"));
    add(edit, tr("&Undo the last change"), QKeySequence(QKeySequence::Undo), &MainWindow::undo);
    add(edit, tr("&Find in the page"), QKeySequence(QKeySequence::Find), [this] { currentPage()->beginSearch(); });
    add(edit, tr("&Price book…"), {}, [this] { openPrices(); });

    QMenu* view = menus->addMenu(tr("View"));
    int number = 0;
    for (const QString& id : pageIds()) {
        const QString title = m_pageTitles.value(id);
        add(view, title, QKeySequence(u"Ctrl+%1"_s.arg(++number)), [this, id] {
            showPage(id);
            currentPage()->takeFocus();
        });
    }
    view->addSeparator();
    add(view, tr("&Back in the filter's history"), QKeySequence(tr("Alt+Left")), &MainWindow::goBack);
    add(view, tr("&Forward in the filter's history"), QKeySequence(tr("Alt+Right")), &MainWindow::goForward);
    add(view, tr("&Refresh"), QKeySequence(tr("F5")), [this] {
        m_session.refresh();
        askPage();
    });
    add(view, tr("Go to &anything…"), QKeySequence(tr("Ctrl+K")), &MainWindow::openPalette);
    QMenu* themes = view->addMenu(tr("&Theme"));
    auto* group = new QActionGroup(this);
    for (const auto& [choice, title] :
         {std::pair{ThemeChoice::System, tr("As the &system")}, std::pair{ThemeChoice::Light, tr("&Light")},
          std::pair{ThemeChoice::Dark, tr("&Dark")}}) {
        QAction* action = add(themes, title, {}, [this, chosen = choice] { chooseTheme(chosen); });
        action->setCheckable(true);
        action->setChecked(m_theme.choice() == choice);
        group->addAction(action);
    }
    view->addSeparator();
    add(view, tr("Go to a &trace or a call by its id…"), QKeySequence(tr("Ctrl+G")), &MainWindow::goToTrace);
    add(view, tr("A&nnotations…"), {}, [this] { editAnnotations({}); });
    QMenu* help = menus->addMenu(tr("Help"));
    add(help, tr("User &guide"), QKeySequence(QKeySequence::HelpContents), &MainWindow::showGuide);
    add(help, tr("&Tour"), {}, &MainWindow::startTour);
    add(help, tr("&Keys"), QKeySequence(Qt::Key_Question), &MainWindow::showKeys);
}

int MainWindow::stepsOf(const Page* page) const
{
    return page == m_whatIf    ? m_whatIf->stepCount()
           : page == m_drains  ? m_drains->stepCount()
           : page == m_sources ? m_sources->stepCount()
                               : 0;
}

void MainWindow::undo()
{
    // The newest of what was changed on the page at hand; else what the other page can take back.
    const bool isNewest = m_stepOn == currentPage() && m_stepsThere == stepsOf(m_stepOn);
    if (isNewest && m_steps.canUndo()) {
        m_steps.undo();
        return;
    }
    if (currentPage() == m_whatIf) {
        m_whatIf->undo();
        return;
    }
    const bool isOfData = currentPage() == m_drains || currentPage() == m_sources;
    if (!isOfData && m_steps.canUndo()) {
        m_steps.undo();
        return;
    }
    const bool isOnDrains = currentPage() == m_drains;
    if (m_drains->canUndo() && (isOnDrains || currentPage() != m_sources))
        m_drains->undo();
    else if (!isOnDrains)
        m_sources->undo();
}

void MainWindow::explain(qint64 call)
{
    if (!m_session.isOpen())
        return;
    auto* dialog = new ExplainCostDialog(*m_session.queries(), CallId(call), m_services.memory, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ExplainCostDialog::priceRequested, this, &MainWindow::lookUpPrice);
    connect(dialog, &ExplainCostDialog::traceRequested, this, &MainWindow::showTrace);
    dialog->open();
}

void MainWindow::openCalls(const Filter& filter, const QString& title)
{
    if (!m_session.isOpen())
        return;
    auto* dialog = new CallsDialog(*m_session.queries(), filter, title, m_services.memory, this);
    connect(dialog, &CallsDialog::priceRequested, this, &MainWindow::lookUpPrice);
    connect(dialog, &CallsDialog::traceRequested, this, &MainWindow::showTrace);
    connect(dialog, &CallsDialog::requestsRequested, this, [this](const Filter& calls) {
        Scope narrowed = scope();
        narrowed.filter = calls;
        showPage(m_traces->id());
        setScope(narrowed);
    });
    dialog->show();
}

void MainWindow::lookUpPrice(const QString& model, const QString& time)
{
    if (PricesDialog* prices = openPrices())
        prices->lookUp(model, time);
}

PricesDialog* MainWindow::openPrices()
{
    if (!m_session.isOpen())
        return nullptr;
    // What the user made of the book is asked with its page.
    showPage(m_sources->id());
    return &m_sources->openPrices();
}

void MainWindow::openPalette()
{
    std::vector<PaletteEntry> entries;
    if (m_session.isOpen())
        for (const QString& id : pageIds())
            entries.push_back({PaletteEntry::Kind::Page, m_pageTitles.value(id), tr("Page"), id, {}});
    for (qsizetype i = 0; i < m_commands.size(); ++i) {
        QString title = m_commands[i]->text();
        title.remove(u'&');
        entries.push_back({PaletteEntry::Kind::Command,
                           title,
                           m_commands[i]->shortcut().toString(QKeySequence::NativeText),
                           QString::number(i),
                           {}});
    }
    m_palette->list().setOffersRequests(m_session.isOpen());
    m_palette->open(std::move(entries));
    if (!m_session.isOpen())
        return;
    m_paletteJob.start(
        [queries = *m_session.queries()](const StopToken& stop) -> Result<std::vector<PaletteEntry>> {
            constexpr std::size_t most = 2000;
            std::vector<PaletteEntry> found;
            for (const Drain& drain : allDrains())
                found.push_back({PaletteEntry::Kind::Drain, drainTitle(drain.id), tr("Drain"), toQt(drain.id), {}});
            for (const ScenarioRow& scenario : TRY(queries.scenarios(stop)))
                found.push_back({.kind = PaletteEntry::Kind::Scenario,
                                 .title = toQt(scenario.saved.scenario.name),
                                 .detail = tr("Scenario"),
                                 .id = toQt(scenario.saved.scenario.name)});
            for (const Dimension dimension :
                 {Dimension::Feature, Dimension::Step, Dimension::Model, Dimension::User, Dimension::Session}) {
                const DimensionChoice of{dimension, {}};
                for (const std::string& value : TRY(queries.values(of, most, stop)))
                    found.push_back({PaletteEntry::Kind::Value,
                                     toQt(value),
                                     dimensionTitle(of),
                                     {},
                                     {.of = of, .values = {value}}});
            }
            return found;
        },
        [this](Result<std::vector<PaletteEntry>> found) {
            if (found && m_palette->isVisible())
                m_palette->add(*std::move(found));
        });
}

void MainWindow::take(const PaletteEntry& entry)
{
    switch (entry.kind) {
    case PaletteEntry::Kind::Page:
        showPage(entry.id);
        break;
    case PaletteEntry::Kind::Value:
        narrow(entry.condition);
        break;
    case PaletteEntry::Kind::Drain:
        m_drains->choose(fromQt(entry.id));
        showPage(m_drains->id());
        break;
    case PaletteEntry::Kind::Scenario:
        m_whatIf->openSaved(fromQt(entry.id));
        showPage(m_whatIf->id());
        break;
    case PaletteEntry::Kind::Request:
        goTo(entry.id);
        break;
    case PaletteEntry::Kind::Command:
        m_commands[entry.id.toInt()]->trigger();
        break;
    }
}

void MainWindow::chooseTheme(ThemeChoice choice)
{
    m_theme.choose(choice);
    m_services.memory.keepTheme(choice == ThemeChoice::Light  ? u"light"_s
                                : choice == ThemeChoice::Dark ? u"dark"_s
                                                              : QString());
}

void MainWindow::showKeys()
{
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keys"));
    auto* layout = new QVBoxLayout(dialog);
    auto* list = new FactList(dialog);
    QList<FactList::Fact> keys;
    for (const QAction* command : m_commands)
        if (!command->shortcut().isEmpty()) {
            QString title = command->text();
            keys += FactList::Fact{.name = command->shortcut().toString(QKeySequence::NativeText),
                                   .text = title.remove(u'&'),
                                   .isCode = false};
        }
    keys += FactList::Fact{.name = tr("Esc"), .text = tr("Remove the last filter")};
    keys += FactList::Fact{.name = tr("Tab, ↑"),
                           .text = tr("In the filter field: take what is offered; what was asked before")};
    keys += FactList::Fact{.name = tr("←, →"), .text = tr("Fold and unfold a row; walk the flame graph")};
    keys += FactList::Fact{.name = tr("Ctrl+C"), .text = tr("Copy the chosen rows of a table with headers")};
    keys += FactList::Fact{.name = tr("F10"), .text = tr("Open the menu")};
    keys += FactList::Fact{.name = tr("Letters"), .text = tr("Search in the table that has the focus")};
    keys += FactList::Fact{.name = tr("Return"), .text = tr("Open the calls of a row; on a call, explain its cost")};
    list->setFacts(keys);
    auto* area = new QScrollArea(dialog);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(list);
    layout->addWidget(area);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    constexpr int beside = 80; // margins, and the button
    dialog->resize(480, std::min(list->sizeHint().height() + beside, height() - beside));
    dialog->open();
}

void MainWindow::showError(const Error& error)
{
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Plumbline"), toQt(error.text()), QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        m_bar->removeLastChip();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::makeReport()
{
    if (!m_session.isOpen())
        return;
    showPage(m_spend->id());
    m_spend->makeReport();
}

} // namespace plumbline
