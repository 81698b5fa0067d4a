// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/data_table.h"

namespace plumbline {

/// A table whose rows fold: by a click on their mark, or by the arrow keys, Right to open and Left to close.
class TreeTable : public DataTable
{
    Q_OBJECT

public:
    using DataTable::DataTable;

signals:
    /// A row is to be opened or closed. Closing one that is closed, or has nothing below it, means the row above it.
    void foldRequested(int row, bool isOpen);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
};

} // namespace plumbline
