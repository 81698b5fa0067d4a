// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>

#include <functional>

#include "support/places.h"
#include "support/workspace.h"

namespace plumbline::test {

/// `plumbline collect` as its users have it: a process of its own.
class CollectorProcess
{
public:
    /// Port 0 takes one that is free. `prepare` runs in the child before the program.
    bool start(const std::filesystem::path& workspace, unsigned port = 0, const std::function<void()>& prepare = {},
               const QStringList& more = {})
    {
        if (prepare)
            m_process.setChildProcessModifier(prepare);
        m_process.start(program(), QStringList{QStringLiteral("collect"), QStringLiteral("--store"),
                                               QString::fromStdString(workspace.string()), QStringLiteral("--port"),
                                               QString::number(port)} +
                                       more);
        if (!m_process.waitForStarted())
            return false;
        while (!m_process.canReadLine())
            if (!m_process.waitForReadyRead(20'000))
                return false;
        const QString line = QString::fromUtf8(m_process.readLine());
        const qsizetype begin = line.indexOf(QStringLiteral("http://"));
        const qsizetype colon = line.indexOf(':', begin + 7);
        m_port = line.mid(colon + 1, line.indexOf(',', colon) - colon - 1).toUInt();
        return m_port != 0;
    }
    unsigned port() const { return m_port; }
    qint64 pid() const { return m_process.processId(); }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    /// As Ctrl+C does; its exit code.
    int stop()
    {
        m_process.terminate();
        return m_process.waitForFinished(20'000) && m_process.exitStatus() == QProcess::NormalExit
                   ? m_process.exitCode()
                   : -1;
    }
    /// Kilobytes, of a line of /proc/PID/status such as `VmHWM`.
    long memory(const char* line) const
    {
        QFile status(QStringLiteral("/proc/%1/status").arg(pid()));
        if (!status.open(QIODevice::ReadOnly))
            return -1;
        const QByteArray text = status.readAll();
        const qsizetype at = text.indexOf(QByteArray(line) + ':');
        return at < 0 ? -1 : text.mid(at).split('\n')[0].split(':')[1].simplified().split(' ')[0].toLong();
    }

private:
    QProcess m_process;
    unsigned m_port = 0;
};

} // namespace plumbline::test
