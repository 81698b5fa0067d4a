// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/csv.h"

#include <QAbstractItemModel>
#include <QLocale>

#include "model/core/csv.h"
#include "model/items/cell.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

QString csvField(const QString& text)
{
    return toQt(csvField(std::string_view(fromQt(text))));
}

namespace {

/// Figures plainly; times and names as they are told; what is unknown stays empty.
QString plain(const QModelIndex& cell)
{
    const QVariant value = cell.data(ValueRole);
    const bool isFigure = cell.data(KindRole).toInt() == static_cast<int>(ColumnKind::Figure);
    if (value.isNull())
        return cell.data(TotalRole).toBool() && !isFigure ? csvField(cell.data().toString()) : QString();
    if (value.typeId() == QMetaType::Double)
        return QLocale::c().toString(value.toDouble(), 'g', 15);
    return isFigure ? value.toString() : csvField(cell.data().toString());
}

} // namespace

QString csvOf(const QAbstractItemModel& model, const QList<int>& columns)
{
    QStringList line;
    for (const int column : columns)
        line += csvField(model.headerData(column, Qt::Horizontal).toString());
    QString csv = line.join(u',') + u'\n';
    for (int row = 0; row < model.rowCount(); ++row) {
        line.clear();
        for (const int column : columns)
            line += plain(model.index(row, column));
        csv += line.join(u',') + u'\n';
    }
    return csv;
}

QString tabbed(const QAbstractItemModel& model, const QList<int>& columns, const QList<int>& rows)
{
    QStringList line;
    for (const int column : columns)
        line += model.headerData(column, Qt::Horizontal).toString();
    QString text = line.join(u'\t') + u'\n';
    for (const int row : rows) {
        line.clear();
        for (const int column : columns)
            line += model.index(row, column).data().toString();
        text += line.join(u'\t') + u'\n';
    }
    return text;
}

} // namespace plumbline
