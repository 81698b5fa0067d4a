// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <filesystem>

#include "model/core/collector_control.h"
#include "model/jobs/job_runner.h"

namespace plumbline {

class WindowMemory;

/// What the user chose about the collector; kept in the window's memory.
struct CollectorChoice
{
    CollectorSettings settings = {};
    bool startsByItself = false; ///< whenever a workspace is opened

    static CollectorChoice readFrom(const WindowMemory& memory);
    void keepIn(WindowMemory& memory) const;
};

/// The collector of the window: records into the open workspace while it is on. Starting and stopping are jobs; what
/// it does is looked at twice a second and told by signals.
class CollectorSession : public QObject
{
    Q_OBJECT

public:
    CollectorSession(CollectorControl& control, WindowMemory& memory, QObject* parent = nullptr);

    const CollectorChoice& choice() const { return m_choice; }
    const CollectorStatus& status() const { return m_status; }
    bool isStarting() const { return m_job.isRunning(); }

    /// The workspace the window shows; empty: none. Another one stops the collector, or starts it there by itself.
    void follow(const std::filesystem::path& workspace);
    void start();
    void stop();
    /// Starts anew with it if the collector is on.
    void choose(const CollectorChoice& choice);

signals:
    /// Something about the status or the choice is another.
    void changed();
    /// There is more in the workspace than before.
    void recorded();
    void failed(const plumbline::Error& error);

private:
    void look();
    void run(bool on);

    CollectorControl& m_control;
    WindowMemory& m_memory;
    CollectorChoice m_choice;
    CollectorStatus m_status;
    std::filesystem::path m_workspace;
    bool m_isWanted = false;
    QTimer m_look;
    JobRunner m_job;
};

} // namespace plumbline
