// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointer>

class QLabel;
class QPushButton;

namespace plumbline {

/// A first look round in a few steps: a bubble beside one part of the window after another. Next, Back, Esc.
class Tour : public QFrame
{
    Q_OBJECT

public:
    struct Step
    {
        QPointer<QWidget> beside; ///< what it is about
        QString title;
        QString text;
        QString page; ///< to be shown before
    };

    explicit Tour(QWidget* window);

    void start(QList<Step> steps);
    int step() const { return m_at; }

signals:
    void pageWanted(const QString& page);
    /// To its end, or left before.
    void ended();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void show(int step);
    void place();
    void end();

    QList<Step> m_steps;
    int m_at = -1;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_count;
    QPushButton* m_back;
    QPushButton* m_next;
};

} // namespace plumbline
