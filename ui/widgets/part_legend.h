// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace plumbline {

/// What the colours of a make-up bar mean.
class PartLegend : public QWidget
{
    Q_OBJECT

public:
    explicit PartLegend(QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace plumbline
