// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <functional>
#include <utility>

class QHBoxLayout;
class QTableWidget;
class QWidget;

namespace plumbline {

/// Tables that are typed into: a few rows of what a user decides.
struct EditColumn
{
    QString title = {};
    int width = 0; ///< 0: what the others leave
};

QTableWidget* editableTable(const QString& title, const QList<EditColumn>& columns, QWidget* parent);
QString cellText(const QTableWidget& table, int row, int column);
void setCell(QTableWidget& table, int row, int column, const QString& text);
/// The id of what is chosen in a cell.
QString choiceOf(const QTableWidget& table, int row, int column);
/// A cell to choose in: ids with their titles. What is chosen but not among them stands there as well.
void addChoice(QTableWidget& table, int row, int column, const QList<std::pair<QString, QString>>& choices,
               const QString& chosen, const QString& name);
/// Buttons below a table: one adds a row, whose cell in `column` is typed into at once, one removes the row chosen.
/// `add` appends the row; the names say in full what the buttons do. Others can be put behind them.
QHBoxLayout* editButtons(QTableWidget& table, const QString& addName, const QString& removeName, int column,
                         std::function<void()> add);
/// What was being typed counts.
void commitEditor(QTableWidget& table);

} // namespace plumbline
