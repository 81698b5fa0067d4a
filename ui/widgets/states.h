// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace plumbline {

/// What stands where content is missing: what will be here, or what went wrong, and the action that mends it.
class Placeholder : public QWidget
{
    Q_OBJECT

public:
    explicit Placeholder(QWidget* parent = nullptr);

    void tell(const QString& title, const QString& text, const QString& action = {});

signals:
    void actionChosen();

private:
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_action;
};

/// Dims what it covers while that is computed anew. What is quick is not dimmed at all.
class Veil : public QWidget
{
    Q_OBJECT

public:
    explicit Veil(QWidget* covered);

    void setComputing(bool isComputing);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QTimer m_delay;
};

} // namespace plumbline
