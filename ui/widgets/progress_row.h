// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <chrono>

#include "model/core/stop_token.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace plumbline {

/// How far something is that takes its time: what it is, a bar, rate and time left, Cancel; then how it ended.
class ProgressRow : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressRow(QWidget* parent = nullptr);

    void begin(const QString& what);
    void setProgress(const Progress& progress);
    /// It is over; `outcome` says how, in one line.
    void end(const QString& outcome);
    /// Since it began.
    std::chrono::duration<double> elapsed() const { return std::chrono::steady_clock::now() - m_begun; }

signals:
    void cancelRequested();

private:
    QLabel* m_what;
    QProgressBar* m_bar;
    QLabel* m_state;
    QPushButton* m_cancel;
    std::chrono::steady_clock::time_point m_begun;
};

/// `62% · 118 MB/s · 9 s left · 402,118 records`, from what is done after this long.
QString progressText(const Progress& progress, std::chrono::duration<double> elapsed);

} // namespace plumbline
