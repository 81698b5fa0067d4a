// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tree_table.h"

#include <QKeyEvent>
#include <QMouseEvent>

#include "model/items/cell.h"
#include "ui/charts/trace_pictures.h"
#include "ui/widgets/cell_delegate.h"

namespace plumbline {

void TreeTable::keyPressEvent(QKeyEvent* event)
{
    const bool isFold = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (isFold && event->modifiers() == Qt::NoModifier && currentIndex().isValid()) {
        emit foldRequested(currentIndex().row(), event->key() == Qt::Key_Right);
        return;
    }
    DataTable::keyPressEvent(event);
}

void TreeTable::mousePressEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    const QVariant picture = index.data(PictureRole);
    const QRectF row = CellDelegate::contentOf(visualRect(index));
    QRectF mark;
    bool isOpen = false;
    if (picture.canConvert<StepMark>()) {
        mark = pictures::foldMark(row, picture.value<StepMark>());
        isOpen = picture.value<StepMark>().isOpen;
    } else if (picture.canConvert<BlockMark>()) {
        mark = pictures::foldMark(row, picture.value<BlockMark>());
        isOpen = picture.value<BlockMark>().isOpen;
    }
    if (event->button() == Qt::LeftButton && mark.contains(event->position())) {
        emit foldRequested(index.row(), !isOpen);
        return;
    }
    DataTable::mousePressEvent(event);
}

} // namespace plumbline
