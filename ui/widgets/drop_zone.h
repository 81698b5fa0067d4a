// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <chrono>

#include "model/core/stop_token.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace plumbline {

/// Invites to drop exports, and shows how far an import is: bar, rate, time left, Cancel. The window itself takes the
/// drops, wherever they fall.
class DropZone : public QWidget
{
    Q_OBJECT

public:
    explicit DropZone(QWidget* parent = nullptr);

    void begin(const QString& what);
    void setProgress(const Progress& progress);
    /// The import is over; `outcome` says how, in one line.
    void end(const QString& outcome);
    /// Something is held over the window.
    void setHovered(bool isHovered);
    /// Since the import began.
    std::chrono::duration<double> elapsed() const { return std::chrono::steady_clock::now() - m_begun; }

signals:
    void filesRequested();
    void folderRequested();
    void cancelRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel* m_what;
    QProgressBar* m_bar;
    QLabel* m_state;
    QPushButton* m_cancel;
    QPushButton* m_files;
    QPushButton* m_folder;
    bool m_isHovered = false;
    std::chrono::steady_clock::time_point m_begun;
};

/// `62% · 118 MB/s · 9 s left · 402,118 records`, from what is done after this long.
QString progressText(const Progress& progress, std::chrono::duration<double> elapsed);

} // namespace plumbline
