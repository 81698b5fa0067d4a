// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

namespace plumbline {

/// A note at the foot of the window that something is over, or needs a look; it goes by itself, or by a click. A screen
/// reader is told.
class Toast : public QFrame
{
    Q_OBJECT

public:
    explicit Toast(QWidget* window);

    /// `action`: what a click on its button does; empty for none.
    void tell(const QString& text, const QString& action = {});
    QString text() const;

signals:
    void actionChosen();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QLabel* m_text;
    QPushButton* m_action;
    QTimer m_time;
};

} // namespace plumbline
