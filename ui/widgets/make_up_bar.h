// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "model/items/cell.h"

namespace plumbline {

/// Tokens by part, as one bar across.
class MakeUpBar : public QWidget
{
    Q_OBJECT

public:
    explicit MakeUpBar(const QString& title, QWidget* parent = nullptr);

    void show(const MakeUp& makeUp);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    MakeUp m_makeUp;
    QString m_title;
};

} // namespace plumbline
