// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <filesystem>
#include <memory>

#include "model/core/stop_token.h"
#include "model/store/workspace.h"

namespace plumbline::queries {

/// Connections for one question each, kept for the next: SQLite's are not shared between threads, and opening one
/// takes longer than most questions.
class Connections
{
public:
    explicit Connections(std::filesystem::path path) : m_path(std::move(path)) {}
    Connections(const Connections&) = delete;
    Connections& operator=(const Connections&) = delete;
    ~Connections()
    {
        for (auto& idle : m_idle)
            delete idle.load();
    }

    /// Gives its connection back when it goes out of scope.
    class Connection
    {
    public:
        Connection(Connections& home, std::unique_ptr<store::Workspace> workspace)
            : m_home(&home), m_workspace(std::move(workspace))
        {
        }
        Connection(Connection&&) noexcept = default;
        Connection& operator=(Connection&&) = delete;
        ~Connection()
        {
            if (m_workspace)
                m_home->giveBack(std::move(m_workspace));
        }
        const store::Workspace& workspace() const { return *m_workspace; }

    private:
        Connections* m_home;
        std::unique_ptr<store::Workspace> m_workspace;
    };
    Result<Connection> take(const StopToken& stop)
    {
        std::unique_ptr<store::Workspace> workspace;
        for (auto& idle : m_idle)
            if (!workspace)
                workspace.reset(idle.exchange(nullptr));
        if (!workspace)
            workspace =
                std::make_unique<store::Workspace>(TRY(store::Workspace::open(m_path, store::OpenMode::ReadOnly)));
        workspace->database().interruptOn(stop);
        return Connection(*this, std::move(workspace));
    }

private:
    void giveBack(std::unique_ptr<store::Workspace> workspace)
    {
        workspace->database().interruptOn({});
        for (auto& idle : m_idle) {
            store::Workspace* none = nullptr;
            if (idle.compare_exchange_strong(none, workspace.get())) {
                (void)workspace.release();
                return;
            }
        }
    }

    std::filesystem::path m_path;
    std::array<std::atomic<store::Workspace*>, 4> m_idle = {}; ///< owned
};

} // namespace plumbline::queries
