// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/edit_table.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>

#include "ui/widgets/choice_box.h"
#include "ui/widgets/small_button.h"
#include "ui/widgets/table_header.h"

namespace plumbline {

QTableWidget* editableTable(const QString& title, const QList<EditColumn>& columns, QWidget* parent)
{
    auto* table = new QTableWidget(0, static_cast<int>(columns.size()), parent);
    table->setAccessibleName(title);
    table->setHorizontalHeader(new TableHeader(table));
    table->setShowGrid(false);
    for (int column = 0; column < columns.size(); ++column) {
        table->setHorizontalHeaderItem(column, new QTableWidgetItem(columns[column].title));
        if (columns[column].width > 0)
            table->setColumnWidth(column, columns[column].width);
        else
            table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    }
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(34);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setMinimumHeight(150);
    return table;
}

QString cellText(const QTableWidget& table, int row, int column)
{
    const QTableWidgetItem* const item = table.item(row, column);
    return item ? item->text().trimmed() : QString();
}

void setCell(QTableWidget& table, int row, int column, const QString& text)
{
    table.setItem(row, column, new QTableWidgetItem(text));
}

QString choiceOf(const QTableWidget& table, int row, int column)
{
    const auto* box = qobject_cast<const QComboBox*>(table.cellWidget(row, column));
    return box->currentData().toString();
}

void addChoice(QTableWidget& table, int row, int column, const QList<std::pair<QString, QString>>& choices,
               const QString& chosen, const QString& name)
{
    auto* box = new ChoiceBox(&table);
    box->setAccessibleName(name);
    for (const auto& [id, title] : choices)
        box->addItem(title, id);
    if (box->findData(chosen) < 0)
        box->addItem(chosen, chosen);
    box->setCurrentIndex(box->findData(chosen));
    table.setCellWidget(row, column, box);
}

namespace {

struct EditTableTexts
{
    Q_DECLARE_TR_FUNCTIONS(EditTable)
};

} // namespace

QHBoxLayout* editButtons(QTableWidget& table, const QString& addName, const QString& removeName, int column,
                         std::function<void()> add)
{
    auto* row = new QHBoxLayout;
    QObject::connect(smallButton(EditTableTexts::tr("Add"), addName, *row), &QPushButton::clicked, &table,
                     [&table, column, add = std::move(add)] {
                         add();
                         table.setCurrentCell(table.rowCount() - 1, column);
                         if (QTableWidgetItem* item = table.currentItem())
                             table.editItem(item);
                     });
    QObject::connect(smallButton(EditTableTexts::tr("Remove"), removeName, *row), &QPushButton::clicked, &table,
                     [&table] { table.removeRow(table.currentRow()); });
    row->addStretch(1);
    return row;
}

void commitEditor(QTableWidget& table)
{
    table.setCurrentItem(nullptr);
}

} // namespace plumbline
