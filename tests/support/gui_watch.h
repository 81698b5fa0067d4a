// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <algorithm>
#include <utility>

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
        connect(&m_beat, &QTimer::timeout, this, [this] {
            const std::int64_t now = threadCpu();
            m_longest = std::max(m_longest, now - m_before);
            m_before = now;
        });
        m_beat.start(1);
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

} // namespace plumbline::test
