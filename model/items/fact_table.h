// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <vector>

#include "model/items/cell.h"

namespace plumbline {

/// A table of facts that sorts and searches itself, since a proxy over a hundred thousand sessions would ask every cell
/// again and again. Cells are made when they are looked at. The total, where there is one, stays the last row however
/// the others are sorted or searched. GUI thread.
class FactTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    /// By what cells are worth, unknown last whatever the order. Column −1 is the order the rows came in.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    /// Shows only rows whose names and texts contain this, whatever its case. The total stays.
    virtual void search(const QString& text);
    /// −1 while the rows stand as they came in.
    int sortColumn() const { return m_sortColumn; }
    Qt::SortOrder sortOrder() const { return m_sortOrder; }
    QString searchedText() const { return m_search; }
    /// The place of a shown row among all rows; the total's is `allRows()`.
    virtual std::size_t sourceRow(int row) const;
    virtual int shownRow(std::size_t sourceRow) const;
    /// Whether rows are fetched as they are looked at: nobody walks over all of them then.
    virtual bool isPaged() const { return false; }
    /// Whether a row's cells are there already.
    virtual bool isLoaded(int) const { return true; }
    /// What a shown row is about, where its texts do not tell it apart from others.
    virtual QString rowKey(int) const { return {}; }

    virtual std::size_t allRows() const = 0;

signals:
    void searchChanged(const QString& text);

protected:
    /// How a column is headed, drawn and remembered.
    struct Heading
    {
        QString id;
        QString title;
        ColumnKind kind = ColumnKind::Text;
        QString toolTip = {};
        bool isHiddenFirst = false;
    };

    virtual const std::vector<Heading>& headings() const = 0;
    /// Row `allRows()` is the total.
    virtual Cell cell(std::size_t row, std::size_t column) const = 0;
    virtual bool hasTotal() const { return false; }
    /// For those that sort by themselves.
    void noteSort(int column, Qt::SortOrder order)
    {
        m_sortColumn = column;
        m_sortOrder = order;
    }

    /// Wraps a change of the rows: the order and the search in force apply to the new ones.
    template <class Change>
    void reset(Change change)
    {
        beginResetModel();
        const QString sortedBy = m_sortColumn < 0 ? QString() : headings()[static_cast<std::size_t>(m_sortColumn)].id;
        change();
        m_sortColumn = columnWithId(sortedBy);
        arrange();
        endResetModel();
    }

private:
    void arrange();
    int columnWithId(const QString& id) const;

    std::vector<std::size_t> m_order; ///< shown row → row
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    QString m_search;
};

/// A FactTable over rows of one type, with columns given as functions of a row.
template <class Row>
class RowTable : public FactTable
{
public:
    struct Column
    {
        QString id;
        QString title;
        ColumnKind kind = ColumnKind::Text;
        Cell (*cell)(const Row& row, const RowTable& table) = nullptr;
        QString toolTip = {};
        bool isHiddenFirst = false;
    };

    using FactTable::FactTable;

    std::size_t allRows() const override { return m_rows.size(); }
    const std::vector<Row>& rows() const { return m_rows; }
    const std::optional<Row>& total() const { return m_total; }
    /// The row a view's index shows: the total for the last one.
    const Row& rowAt(int shown) const { return at(sourceRow(shown)); }

protected:
    void setRows(std::vector<Column> columns, std::vector<Row> rows, std::optional<Row> total = {})
    {
        reset([&] {
            m_columns = std::move(columns);
            m_headings.clear();
            for (const Column& column : m_columns)
                m_headings.push_back({column.id, column.title, column.kind, column.toolTip, column.isHiddenFirst});
            m_rows = std::move(rows);
            m_total = std::move(total);
        });
    }
    const std::vector<Column>& columns() const { return m_columns; }

    const std::vector<Heading>& headings() const override { return m_headings; }
    Cell cell(std::size_t row, std::size_t column) const override { return m_columns[column].cell(at(row), *this); }
    bool hasTotal() const override { return m_total.has_value(); }

private:
    const Row& at(std::size_t row) const { return row < m_rows.size() ? m_rows[row] : *m_total; }

    std::vector<Column> m_columns;
    std::vector<Heading> m_headings;
    std::vector<Row> m_rows;
    std::optional<Row> m_total;
};

} // namespace plumbline
