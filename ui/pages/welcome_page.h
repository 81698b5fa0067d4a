// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace plumbline {

/// What stands in the window while no workspace is open: recent ones, and three ways to begin.
class WelcomePage : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget* parent = nullptr);

    void setRecent(const QStringList& paths);
    /// Why the last try did not work; empty clears it.
    void setError(const QString& text);
    /// What is being opened or made; empty: nothing.
    void setBusy(const QString& text);

signals:
    void openRequested();
    void newRequested();
    /// One without calls: for who collects before there is anything to import.
    void emptyRequested();
    void sampleRequested();
    void recentChosen(const QString& path);
    /// What is at work is to stop.
    void cancelRequested();

private:
    QVBoxLayout* m_recent;
    QLabel* m_recentTitle;
    QLabel* m_error;
    QLabel* m_busy;
    QPushButton* m_cancel;
    QList<QWidget*> m_buttons;
};

} // namespace plumbline
