// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/data_table.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>

#include <algorithm>
#include <numeric>

#include "model/items/csv.h"
#include "model/items/fact_table.h"
#include "ui/widgets/save_file.h"

namespace plumbline {

using namespace Qt::StringLiterals;

void DataTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyRows();
        return;
    }
    if (event->key() == Qt::Key_Escape && !m_facts.searchedText().isEmpty()) {
        m_search->clear();
        m_search->hide();
        return;
    }
    // Return opens a row also where the platform does not call that "activate".
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        emit rowActivated(currentIndex().row());
        return;
    }
    if (event->key() == Qt::Key_Question) { // asks for the keys, of the window
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

bool DataTable::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape) {
            m_search->clear();
            m_search->hide();
            setFocus();
            return true;
        }
        if (key == Qt::Key_Down || key == Qt::Key_Return) {
            setFocus();
            selectRow(0);
            return true;
        }
    }
    return QTableView::eventFilter(watched, event);
}

void DataTable::contextMenuEvent(QContextMenuEvent* event)
{
    const QModelIndex index = event->reason() == QContextMenuEvent::Keyboard
                                  ? currentIndex()
                                  : indexAt(viewport()->mapFromGlobal(event->globalPos()));
    QMenu menu(this);
    if (index.isValid()) {
        if (m_addRowActions && !index.data(TotalRole).toBool()) {
            m_addRowActions(menu, index.row());
            menu.addSeparator();
        }
        if (const QVariant value = index.data(ConditionRole); value.canConvert<Condition>()) {
            const auto only = value.value<Condition>();
            auto others = only;
            others.isExcluded = true;
            menu.addAction(tr("Filter to “%1”").arg(index.data().toString()), this,
                           [this, only] { emit conditionChosen(only); });
            menu.addAction(tr("Exclude “%1”").arg(index.data().toString()), this,
                           [this, others] { emit conditionChosen(others); });
            menu.addSeparator();
        }
        menu.addAction(tr("Copy cell"), this,
                       [index] { QGuiApplication::clipboard()->setText(index.data().toString()); });
        menu.addAction(tr("Copy rows with headers"), this, &DataTable::copyRows)->setShortcut(QKeySequence::Copy);
    }
    if (index.isValid() && isSortingEnabled()) {
        const QString title = m_facts.headerData(index.column(), Qt::Horizontal).toString();
        for (const auto& [text, order] : {std::pair(tr("Sort by %1, largest first").arg(title), Qt::DescendingOrder),
                                          {tr("Sort by %1, smallest first").arg(title), Qt::AscendingOrder}})
            menu.addAction(text, this, [this, column = index.column(), order = order] { sortByColumn(column, order); });
    }
    menu.addAction(tr("Search…"), this, &DataTable::beginSearch);
    addExports(menu);
    addColumnActions(*menu.addMenu(tr("Columns")));
    menu.exec(event->globalPos());
}

void DataTable::addColumnActions(QMenu& menu)
{
    for (int column = 0; column < m_facts.columnCount(); ++column) {
        QAction* action = menu.addAction(m_facts.headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        // The last column stays, or there would be no header to bring the others back.
        action->setEnabled(isColumnHidden(column) || shownColumns().size() > 1);
        connect(action, &QAction::toggled, this, [this, column](bool isShown) {
            m_choices[columnId(column)].isHidden = !isShown;
            writeLayout();
            applyLayout();
        });
    }
    menu.addSeparator();
    menu.addAction(tr("Reset columns"), this, [this] {
        m_choices.clear();
        writeLayout();
        for (int column = 0; column < m_facts.columnCount(); ++column)
            horizontalHeader()->moveSection(horizontalHeader()->visualIndex(column), column);
        applyLayout();
    });
}

void DataTable::copyRows()
{
    // Rows that nobody looked at are not here to be copied.
    if (m_facts.isPaged()) {
        constexpr int most = 1000;
        int count = 0;
        bool areLoaded = true;
        for (const QItemSelectionRange& range : selectionModel()->selection()) {
            count += range.height();
            for (int row = range.top(); areLoaded && count <= most && row <= range.bottom(); ++row)
                areLoaded = m_facts.isLoaded(row);
        }
        if (count > most || !areLoaded) {
            emit exportRequested();
            return;
        }
    }
    QList<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows += index.row();
    std::sort(rows.begin(), rows.end());
    QGuiApplication::clipboard()->setText(tabbed(m_facts, shownColumns(), rows));
}

void DataTable::copyAll()
{
    QList<int> rows(m_facts.rowCount());
    std::iota(rows.begin(), rows.end(), 0);
    QGuiApplication::clipboard()->setText(tabbed(m_facts, shownColumns(), rows));
}

QByteArray DataTable::csv() const
{
    return csvOf(m_facts, shownColumns()).toUtf8();
}

void DataTable::addExports(QMenu& menu)
{
    if (m_facts.isPaged()) {
        menu.addAction(tr("Export CSV…"), this, &DataTable::exportRequested);
        return;
    }
    menu.addAction(tr("Copy the whole table"), this, &DataTable::copyAll);
    menu.addAction(tr("Export CSV…"), this, &DataTable::exportCsv);
}

void DataTable::exportCsv()
{
    askAndSave(this, tr("Export CSV"), m_name + u".csv"_s, csv());
}

} // namespace plumbline
