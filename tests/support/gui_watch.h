// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTextLayout>
#include <QTimer>

#include <algorithm>
#include <utility>
#include <vector>

#include "support/thread_cpu.h"

namespace plumbline::test {

/// The longest task of the event loop since it was last asked for, in milliseconds of the thread's own CPU: on a
/// machine that is busy with other things a pause says nothing about the window.
class GuiWatch : public QObject
{
public:
    GuiWatch()
    {
        m_beat.setTimerType(Qt::PreciseTimer);
        connect(&m_beat, &QTimer::timeout, this, &GuiWatch::endTask);
        m_beat.start(1);
    }
    /// Where a test does in one go what the event loop would do in two.
    void endTask()
    {
        const std::int64_t now = threadCpu();
        m_longest = std::max(m_longest, now - m_before);
        m_before = now;
    }
    std::int64_t take()
    {
        m_before = threadCpu();
        return std::exchange(m_longest, 0);
    }

private:
    QTimer m_beat;
    std::int64_t m_before = threadCpu();
    std::int64_t m_longest = 0;
};

/// How many times longer than on the machine that fifty milliseconds were set for a known piece of the window's kind of
/// work takes here and now; 1 at least. Neighbours take caches and half a core from a thread, and its own CPU time
/// grows.
inline double slowdownOfThread()
{
    constexpr double nominal = 24; // milliseconds: alone
    const auto work = [] {
        const std::int64_t begun = threadCpu();
        for (int round = 0; round < 3; ++round) {
            QTextLayout layout(QString(20'000, u'x').replace(7, 1, QStringLiteral(" ")));
            layout.beginLayout();
            for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine())
                line.setLineWidth(400);
            layout.endLayout();
        }
        return threadCpu() - begun;
    };
    (void)work(); // fonts are loaded, memory is there
    std::vector<std::int64_t> took{work(), work(), work()};
    std::sort(took.begin(), took.end());
    return std::max(1.0, static_cast<double>(took[1]) / nominal);
}

/// The middle of what some rounds took: a task that is too long is so in each of them, and a neighbour is not.
inline std::int64_t middleOf(std::vector<std::int64_t> rounds)
{
    std::sort(rounds.begin(), rounds.end());
    return rounds.empty() ? 0 : rounds[rounds.size() / 2];
}

} // namespace plumbline::test
