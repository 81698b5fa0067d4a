// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace plumbline {

/// Paints the cells of every table: bold names, tabular figures, pills, make-up bars and trends, with a hairline below.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// Where a cell's text or picture stands.
    static QRectF contentOf(const QRect& cell);
    /// The width a cell would like, without margins cut off.
    static int wantedWidth(const QModelIndex& index);
};

} // namespace plumbline
