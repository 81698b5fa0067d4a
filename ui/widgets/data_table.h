// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include <functional>

#include "model/core/filter.h"
#include "ui/widgets/row_memory.h"

class QLineEdit;
class QMenu;

namespace plumbline {

class FactTable;
class WindowMemory;

/// A table of the house: sorts by a click on a header, sizes and chooses its columns and remembers them, searches as
/// one types, copies with headers, exports CSV, and offers to filter to a cell's value or to exclude it.
class DataTable : public QTableView
{
    Q_OBJECT

public:
    /// `name` is what the layout is remembered by and what a screen reader says is `title`. Neither model nor memory is
    /// owned; both outlive the table.
    DataTable(QString name, const QString& title, FactTable& facts, WindowMemory& memory, QWidget* parent = nullptr);
    ~DataTable() override;

    FactTable& facts() const { return m_facts; }
    /// Shows the search field, ready to type.
    void beginSearch();
    /// Adds the page's own actions on a row to the context menu, above the table's.
    void setRowActions(std::function<void(QMenu& menu, int row)> add) { m_addRowActions = std::move(add); }
    /// The shown columns of all rows.
    QByteArray csv() const;
    /// Saves and copies all of it.
    void addExports(QMenu& menu);
    /// The height that shows all rows without scrolling.
    int contentHeight() const;

signals:
    /// *Filter to this value* or *exclude it*.
    void conditionChosen(const plumbline::Condition& condition);
    /// A double click or Return on a row.
    void rowActivated(int row);
    /// All rows of a table that fetches them as they are looked at.
    void exportRequested();
    /// A click on a cell of a link column.
    void linkActivated(int row);

public:
    /// Typing in the table searches it.
    void keyboardSearch(const QString& text) override;

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    /// What the user made of a column.
    struct Choice
    {
        int width = 0; ///< 0: as wide as its content
        int place = -1;
        bool isHidden = false;
    };

    /// Made as the column stands now where the user chose nothing yet.
    Choice& choiceOf(int column);
    void readLayout();
    void writeLayout();
    void applyLayout();
    int wantedWidth(int column) const;
    void fitColumns();
    void addColumnActions(QMenu& menu);
    void copyRows();
    void copyAll();
    void exportCsv();
    QString columnId(int column) const;
    QList<int> shownColumns() const;
    void placeSearch();

    QString m_name;
    FactTable& m_facts;
    WindowMemory& m_memory;
    QHash<QString, Choice> m_choices;
    QLineEdit* m_search;
    std::function<void(QMenu&, int)> m_addRowActions;
    RowMemory m_rows;           ///< while they are replaced
    bool m_isArranging = false; ///< sizes change by us, not by the user
};

} // namespace plumbline
