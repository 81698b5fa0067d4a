// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <chrono>

#include "model/core/stop_token.h"

class QPushButton;

namespace plumbline {

class ProgressRow;

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
    std::chrono::duration<double> elapsed() const;

signals:
    void filesRequested();
    void folderRequested();
    void cancelRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ProgressRow* m_row;
    QPushButton* m_files;
    QPushButton* m_folder;
    bool m_isHovered = false;
};

} // namespace plumbline
