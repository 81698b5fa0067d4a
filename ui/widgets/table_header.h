// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>

namespace plumbline {

/// Heads a table: quiet titles over a hairline, with an arrow beside the one it is sorted by. Fusion's own arrow would
/// lie over right-aligned titles.
class TableHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit TableHeader(QWidget* parent);

protected:
    void paintSection(QPainter* painter, const QRect& place, int section) const override;
};

} // namespace plumbline
