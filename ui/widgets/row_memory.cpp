// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/row_memory.h"

#include <QItemSelectionModel>
#include <QScrollBar>
#include <QTableView>

#include "model/items/fact_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

/// In more rows than this nobody's selection is looked for again.
constexpr int mostRows = 20'000;

/// What a row is about, not its figures.
QString nameOf(const FactTable& facts, int row)
{
    QString name = facts.rowKey(row);
    if (!name.isEmpty())
        return name;
    for (int column = 0; column < facts.columnCount(); ++column) {
        const auto kind = static_cast<ColumnKind>(facts.headerData(column, Qt::Horizontal, KindRole).toInt());
        if (kind == ColumnKind::Name || kind == ColumnKind::Text || kind == ColumnKind::Mono)
            name += facts.data(facts.index(row, column)).toString() + u'\x1f';
    }
    return name;
}

} // namespace

RowMemory::RowMemory(const QTableView& view, const FactTable& facts)
    : m_across(view.horizontalScrollBar()->value()), m_down(view.verticalScrollBar()->value())
{
    if (facts.rowCount() == 0 || facts.rowCount() > mostRows || facts.isPaged())
        return;
    for (const QModelIndex& index : view.selectionModel()->selectedRows())
        m_selected += nameOf(facts, index.row());
    if (const QModelIndex current = view.currentIndex(); current.isValid()) {
        m_current = nameOf(facts, current.row());
        m_currentColumn = current.column();
    }
}

void RowMemory::restore(QTableView& view, const FactTable& facts) const
{
    QItemSelection selection;
    QModelIndex current;
    const bool looks = facts.rowCount() <= mostRows && (!m_selected.isEmpty() || !m_current.isEmpty());
    for (int row = 0; looks && row < facts.rowCount(); ++row) {
        const QString name = nameOf(facts, row);
        if (m_selected.contains(name))
            selection.select(facts.index(row, 0), facts.index(row, facts.columnCount() - 1));
        if (name == m_current && !current.isValid())
            current = facts.index(row, qMin(m_currentColumn, facts.columnCount() - 1));
    }
    if (current.isValid())
        view.selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    view.selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    view.horizontalScrollBar()->setValue(m_across);
    view.verticalScrollBar()->setValue(m_down);
}

} // namespace plumbline
