// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

class QAbstractItemModel;

namespace plumbline {

/// A field as CSV wants it: quoted where it must be, and never taken for a formula.
QString csvField(const QString& text);
/// The columns in this order with a header line; figures as plain numbers with a point, so that a spreadsheet sums
/// them.
QString csvOf(const QAbstractItemModel& model, const QList<int>& columns);
/// The same rows as people read them, parted by tabs: what a paste into a spreadsheet or a mail expects.
QString tabbed(const QAbstractItemModel& model, const QList<int>& columns, const QList<int>& rows);

} // namespace plumbline
