// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace plumbline {

/// A plain area in the card's colour with a hairline along one edge: the side, the top and the foot of the window.
class Panel : public QWidget
{
    Q_OBJECT

public:
    Panel(Qt::Edge line, QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Qt::Edge m_line;
};

} // namespace plumbline
